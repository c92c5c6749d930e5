"""A document as tagged sentences with their clauses, read once for goals and outcomes.

Here: what the finders share. Not here: any decision.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from orchestration.contracts.model import Document, Sentence, Span
from orchestration.extraction.clauses.clause import Clause, split_clauses
from orchestration.extraction.clauses.own import sections_of_others
from orchestration.extraction.language.words import Tagged


@dataclass(slots=True)
class Reading:
    """A sentence, tagged; `clauses` are cut on first use."""

    tagged: Tagged
    lead: int = 0
    """Tags of the line that opens the list or the part in which the sentence stands ("Våra mål", "Vi ska:")."""
    opener: Tagged | None = None
    """The sentence that opens the list in which this bullet stands ("Till 2030 ska vi:")."""
    speaking: int = 0
    """The contract's own year; 0 where it is not known."""
    _clauses: list[Clause] | None = None

    @property
    def sentence(self) -> Sentence:
        """The sentence itself."""
        return self.tagged.sentence

    @property
    def clauses(self) -> list[Clause]:
        """The clauses of the sentence, left to right."""
        if self._clauses is None:
            self._clauses = split_clauses(self.tagged, self.speaking)
        return self._clauses


_LONGEST = 4000
"""Characters of a sentence that is read as one. No prose reaches it; what does is cut, so that time stays linear."""


def _in_pieces(sentences: tuple[Sentence, ...]) -> Iterator[Sentence]:
    for sentence in sentences:
        text, start = sentence.text, sentence.span.start
        while len(text) > _LONGEST:
            cut = text.rfind(" ", 1, _LONGEST) + 1 or _LONGEST
            yield replace(sentence, span=Span(start, start + cut), text=text[:cut])
            text, start = text[cut:], start + cut
        yield (
            sentence
            if start == sentence.span.start
            else replace(sentence, span=Span(start, start + len(text)), text=text)
        )


def read(document: Document, speaking: int = 0) -> list[Reading]:
    """All sentences that may hold the municipality's own facts: headings and other parties' sections left out.

    Footnotes too: they hang on a text and say where it is from, not what is promised.
    """
    readings: list[Reading] = []
    skipped = sections_of_others(document.kind)
    heading = 0
    opener: Tagged | None = None
    for sentence in _in_pieces(document.sentences):
        if sentence.section in skipped or sentence.kind == "footnote":
            continue
        tagged = Tagged(sentence)
        if sentence.kind == "heading":
            heading, opener = tagged.mask, None
            continue
        is_bullet = sentence.kind == "bullet"
        lead = heading | (opener.mask if opener is not None and is_bullet else 0)
        readings.append(Reading(tagged, lead, opener if is_bullet else None, speaking))
        if sentence.text.endswith(":"):
            opener = tagged
        elif not is_bullet:
            opener = None
    return readings


def evidence_span(document: Document, clause: Clause) -> Span:
    """The raw span of a clause."""
    return document.clean.raw_span(clause.start, clause.end)
