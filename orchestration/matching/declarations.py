"""What the new text itself says of a change: cues beside a fact, far from it, or in place of one that is gone.

Here: finding cues and what they speak of. Not here: which change a cue declares (dbt seed change_cues), and words of
Swedish (lexicon/cues.toml).
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from orchestration.matching.model import (
    Declaration,
    FactKey,
    GoalFact,
    InitiativeFact,
    Kind,
    TextSentence,
    Version,
)
from orchestration.matching.words import Words, lexicon, same_word, tokens, weight

OTHERS_SECTIONS = frozenset({
    "viable_cities_commitments", "authority_commitments", "updates_viable_cities", "updates_authorities", "contract",
})  # fmt: skip
"""Sections in which other parties speak of their own doings."""

_BEFORE, _AFTER = 12, 8
"""Words before and after a cue in which stands what it speaks of."""
_GONE_LIKENESS, _GONE_WEIGHT = 0.5, 1.2
"""How alike a goal that is gone and the words before the cue are, and how much they must share."""
_RENAMED_SHARE = 0.3
"""How much of the old name a sentence that renames must hold: texts shorten it (Klimatpakten for Klimatpakt Söder)."""
_STEM_OF_GOAL = re.compile(r"^(.{4,})mål(?:et|en|ets|ens|s)?$")


class Cue(NamedTuple):
    """A cue found in a sentence, with raw offsets."""

    name: str
    sentence: TextSentence
    char_start: int
    char_end: int

    @property
    def window(self) -> tuple[str, ...]:
        """The words around it, endings as in the text."""
        start = self.char_start - self.sentence.char_start
        end = self.char_end - self.sentence.char_start
        return tokens(self.sentence.quote[:start])[-_BEFORE:] + tokens(self.sentence.quote[end:])[:_AFTER]

    @property
    def before(self) -> str:
        """The sentence up to the cue, from the last semicolon on."""
        return self.sentence.quote[: self.char_start - self.sentence.char_start].rpartition(";")[2].lstrip()


class Renaming(NamedTuple):
    """An initiative that the new text gives another name."""

    older: FactKey
    newer: FactKey


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    def compiled(pattern: str) -> str:
        return pattern.replace(" ", r"\s+")

    return {
        name: re.compile(r"\b(?:" + "|".join(map(compiled, entry["patterns"])) + ")", re.IGNORECASE)
        for name, entry in lexicon("cues").items()
    }


@cache
def _whole() -> re.Pattern[str]:
    patterns = lexicon("cues")["unchanged"]["whole"]
    return re.compile(r"\b(?:" + "|".join(pattern.replace(" ", r"\s+") for pattern in patterns) + r")\b", re.IGNORECASE)


def cues(version: Version) -> list[Cue]:
    """Every cue in the municipality's own sentences, in the order of the text."""
    return list(_cues(version.sentences))


@cache
def _cues(sentences: tuple[TextSentence, ...]) -> tuple[Cue, ...]:
    return tuple(
        Cue(name, sentence, sentence.char_start + match.start(), sentence.char_start + match.end())
        for sentence in own_sentences(sentences)
        for name, pattern in _patterns().items()
        for match in pattern.finditer(sentence.quote)
    )


def own_sentences(sentences: Sequence[TextSentence]) -> Iterator[TextSentence]:
    """Sentences in which the municipality speaks of its own doings; headings say nothing."""
    for sentence in sentences:
        if sentence.kind != "heading" and sentence.section not in OTHERS_SECTIONS:
            yield sentence


def renamings(
    version: Version, older: Sequence[InitiativeFact], newer: Sequence[InitiativeFact]
) -> list[Renaming]:
    """Pairs of an initiative and its new name that a sentence of the new text puts together, one-to-one."""
    found: list[tuple[float, InitiativeFact, InitiativeFact]] = []
    for cue in cues(version):
        if cue.name != "renamed":
            continue
        spoken = tokens(cue.sentence.quote)
        for new in newer:
            if not _stands_in(new.name, cue.sentence.quote):
                continue
            own = tokens(new.name)
            rest = [word for word in spoken if word not in own] + [word for word in own if spoken.count(word) > 1]
            for old in older:
                share = _share(tokens(old.name), rest) + (0.1 if old.initiative_type == new.initiative_type else 0)
                if share >= _RENAMED_SHARE:
                    found.append((share, old, new))
    found.sort(key=lambda pair: (-pair[0], pair[1].key, pair[2].key))
    taken: set[tuple[str, FactKey]] = set()
    pairs = []
    for _, old, new in found:
        if ("old", old.key) not in taken and ("new", new.key) not in taken:
            taken |= {("old", old.key), ("new", new.key)}
            pairs.append(Renaming(old.key, new.key))
    return pairs


def declared_changes(
    older: Version, newer: Version, kind: Kind, entity_of: dict[FactKey, str]
) -> list[Declaration]:
    """What the newer version says of entities of either version, and of the whole contract."""
    facts: tuple[GoalFact | InitiativeFact, ...] = newer.goals if kind == "goal" else newer.initiatives
    before: tuple[GoalFact | InitiativeFact, ...] = older.goals if kind == "goal" else older.initiatives
    standing = {entity_of[fact.key] for fact in facts}
    found: dict[tuple[str | None, str], Declaration] = {}

    def declare(entity_id: str | None, cue: Cue, start: int, end: int) -> None:
        raw = cue.sentence.quote[start - cue.sentence.char_start : end - cue.sentence.char_start]
        key = (entity_id, cue.name)
        if key not in found:
            found[key] = Declaration(
                older.document_id, newer.document_id, kind, entity_id, cue.name, raw, start, end
            )  # fmt: skip

    for cue in cues(newer):
        sentence = cue.sentence
        if cue.name == "unchanged" and _whole().search(sentence.quote):
            declare(None, cue, sentence.char_start, sentence.char_end)
        for fact in facts:
            if sentence.char_start < fact.char_start + len(fact.quote) and fact.char_start < sentence.char_end:
                declare(entity_of[fact.key], cue, sentence.char_start, sentence.char_end)
    for cue in cues(newer):
        for fact in facts:
            if _speaks_of(cue, fact):
                declare(entity_of[fact.key], cue, cue.sentence.char_start, cue.sentence.char_end)
        if cue.name in ("removed", "replaced"):
            for fact in before:
                if entity_of[fact.key] not in standing and _is_said_gone(cue, fact):
                    declare(entity_of[fact.key], cue, cue.char_start - len(cue.before), cue.char_end)
    return sorted(found.values(), key=lambda one: (one.entity_id or "", one.cue))


def _speaks_of(cue: Cue, fact: GoalFact | InitiativeFact) -> bool:
    """Whether a cue elsewhere in the text has a telling word of the fact beside it."""
    text = fact.name if isinstance(fact, InitiativeFact) else fact.quote
    telling = [word for word in tokens(text) if weight(word) >= 1.0 and len(word) > 4]
    return any(
        same_word(word, near) or ((head := _STEM_OF_GOAL.match(near)) is not None and word.startswith(head[1]))
        for word in telling for near in cue.window if len(near) > 4
    )  # fmt: skip


def _is_said_gone(cue: Cue, fact: GoalFact | InitiativeFact) -> bool:
    text = fact.name if isinstance(fact, InitiativeFact) else fact.quote
    said, meant = Words.of(cue.before), Words.of(text)
    return said.shared(meant) >= _GONE_WEIGHT and said.likeness(meant) >= _GONE_LIKENESS


def _stands_in(name: str, text: str) -> bool:
    words = [word for word in tokens(name) if weight(word) > 0]
    spoken = tokens(text)
    return bool(words) and all(any(same_word(word, other) for other in spoken) for word in words)


def _share(words: Sequence[str], spoken: Sequence[str]) -> float:
    """How much of a name's weight stands among the words of a sentence."""
    total = sum(weight(word) for word in words)
    told = sum(weight(word) for word in words if any(same_word(word, other) for other in spoken))
    return told / total if total and any(weight(word) >= 1.0 for word in words) else 0.0
