"""The sentences of a document read for initiatives: actors, cues of status, and candidates with their scores.

Here: reading sentence by sentence. Not here: joining mentions of one initiative, attributes (initiatives,
initiative_facts).
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from orchestration.contracts.model import Document, Municipality, Sentence
from orchestration.extraction.actors.named import Named, find_actors
from orchestration.extraction.initiatives.candidates import candidates
from orchestration.extraction.initiatives.features import features
from orchestration.extraction.initiatives.model import Model, committed
from orchestration.extraction.initiatives.noun_phrases import Phrase
from orchestration.extraction.initiatives.phrase_words import words
from orchestration.extraction.initiatives.rubrics import rubric_of
from orchestration.extraction.initiatives.statuses import Cue, choose_cue, find_cues, got_cue
from orchestration.extraction.initiatives.surroundings import neighbour_of
from orchestration.extraction.language.head_nouns import head_of
from orchestration.extraction.language.tokens import Token, tokenize

SILENT_SECTIONS = frozenset(
    (
        "purpose", "parties", "viable_cities_commitments", "authority_commitments", "updates_viable_cities",
        "updates_authorities", "contract", "appendix",
    )
)  # fmt: skip
"""Sections that speak of others' work or of the contract itself."""
_LONGEST_SENTENCE = 300
"""Tokens read at once: a text without any stop is read in stretches of this length, which keeps the work linear."""


_LONGEST_RUBRIC = 12
_THINGS = frozenset({"infrastructure", "process"})
"""Groups of what a place may get; a project that "fick 3 miljoner" got money."""


@dataclass(slots=True)
class Mention:
    """A candidate in its sentence, with what the sentence says of it."""

    sentence: Sentence
    tokens: Sequence[Token]
    phrase: Phrase
    cue: Cue | None
    distance: int
    actors: Sequence[Named]
    order: int
    key: tuple[str, ...]
    lows: frozenset[str] = frozenset()
    repeats: int = 1
    is_first: bool = True
    neighbour: str = ""
    rubric: str = ""
    score: float = 0.0


def name_key(name: str) -> tuple[str, ...]:
    """The words of a name, without small ones and years: what makes two mentions the same initiative."""
    parts = name.casefold().replace("-", " ").replace("–", " ").split()
    told = (part.strip('.,"”') for part in parts if part not in words("small") and not part[0].isdigit())
    told = (head.name if (head := head_of(part)) else part for part in told)
    return tuple(dict.fromkeys(told))


@dataclass(frozen=True)
class Reading:
    """A sentence read: its tokens, the actors and cues in it, the candidates with their scores."""

    sentence: Sentence
    tokens: Sequence[Token]
    actors: Sequence[Named]
    cues: Sequence[Cue]
    mentions: tuple[Mention, ...]


def read(
    document: Document, municipality: Municipality, model: Model, tokens_of: Mapping[int, Sequence[Token]] | None = None
) -> list[Reading]:
    """The sentences of the sections that speak of the municipality's own work.

    `tokens_of` holds the tokens of sentences that were cut before, by the sentence's start.
    """
    known = tokens_of or {}
    readings: list[Reading] = []
    order, rubric, section = 0, "", ""
    for sentence in document.sentences:
        if sentence.section in SILENT_SECTIONS or sentence.kind in ("cover", "footnote"):
            continue
        whole = known.get(sentence.span.start) or tokenize(sentence.text, sentence.span.start)
        says = rubric_of(whole[:_LONGEST_RUBRIC], is_item=sentence.kind == "bullet")
        if says is not None or sentence.section != section:
            rubric, section = says or "", sentence.section
        if sentence.kind == "heading":
            continue
        for start in range(0, len(whole), _LONGEST_SENTENCE):
            tokens = whole[start : start + _LONGEST_SENTENCE]
            if len(tokens) >= 2:
                readings.append(_read(sentence, tokens, municipality, order, rubric))
                order += len(readings[-1].mentions)
    _score(readings, municipality, model)
    return readings


def _score(readings: Sequence[Reading], municipality: Municipality, model: Model) -> None:
    """Give every mention its score; how often a document names a thing is part of it."""
    repeats = Counter(mention.key for reading in readings for mention in reading.mentions)
    seen: set[tuple[str, ...]] = set()
    for reading in readings:
        for mention in reading.mentions:
            mention.repeats, mention.is_first = repeats[mention.key], mention.key not in seen
            seen.add(mention.key)
            mention.score = model.score(features(mention, municipality))


def _read(sentence: Sentence, tokens: Sequence[Token], municipality: Municipality, order: int, rubric: str) -> Reading:
    actors = find_actors(tokens, municipality)
    cues = find_cues(tokens)
    phrases = candidates(tokens, cues, actors, municipality.name)
    mentions: list[Mention] = []
    lows = frozenset(token.low for token in tokens) if phrases else frozenset()
    for number, phrase in enumerate(phrases):
        others = [other.head for other in phrases if other is not phrase]
        cue, distance = choose_cue(tokens, cues, phrase.first, phrase.last, phrase.head, others)
        if cue is None and phrase.group in _THINGS and (got := got_cue(tokens, phrase.first)):
            cue, distance = got, phrase.first - got.last
        key = name_key(phrase.name)
        mention = Mention(sentence, tokens, phrase, cue, distance, actors, order + number, key, lows)
        mention.rubric = rubric
        mention.neighbour = neighbour_of(mention, mentions[-1] if mentions else None)
        mentions.append(mention)
    return Reading(sentence, tokens, actors, cues, tuple(mentions))


def find_mentions(document: Document, municipality: Municipality) -> Iterator[Mention]:
    """All candidates of a document with their scores, in the order of the text."""
    for reading in read(document, municipality, committed()):
        yield from reading.mentions
