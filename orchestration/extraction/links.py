"""Links between goals and initiatives: a goal stems from a governing document, an initiative serves a goal.

Here: matching names within one document, and the words that say "to reach the goal" (lexicon/links.toml). Not here:
goals, initiatives.
"""

import re
from collections.abc import Sequence
from functools import cache

from orchestration.extraction.facts import Goal, Initiative
from orchestration.extraction.language.head_nouns import head_of
from orchestration.extraction.lexicons import lexicon

_FARTHEST = 160
"""Characters between an initiative and the goal that it serves."""
_IN_FRONT = 60
"""Characters in front of a goal in which the words stand that an initiative behind it serves it."""
_SHORTEST_STEM = 6
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r"[.!?]\s")


def link(raw: str, goals: tuple[Goal, ...], initiatives: tuple[Initiative, ...]) -> tuple[tuple[int, int, str], ...]:
    """(goal, initiative, relation) by index, in the order of the goals; nothing that the text does not say."""
    documents = [
        (frozenset(_stems(initiative.name)), number)
        for number, initiative in enumerate(initiatives)
        if initiative.is_governing_document
    ]
    known: dict[str, int | None] = {}
    found = []
    for number, goal in enumerate(goals):
        name = goal.governing_document
        if name is None:
            continue
        if name not in known:
            known[name] = _document(name, documents)
        if (document := known[name]) is not None:
            found.append((number, document, "stems_from"))
    found += _serving(raw, goals, initiatives)
    return tuple(sorted(set(found)))


def _document(name: str, documents: Sequence[tuple[frozenset[str], int]]) -> int | None:
    """The document of that name: the same words, else the only one whose name holds all of them ("strategin")."""
    stems = frozenset(_stems(name))
    if not stems:
        return None
    same = [number for words, number in documents if words == stems]
    holding = [number for words, number in documents if stems < words]
    return same[0] if same else holding[0] if len(holding) == 1 else None


def _serving(raw: str, goals: Sequence[Goal], initiatives: Sequence[Initiative]) -> list[tuple[int, int, str]]:
    """Initiatives right before or behind a goal (whose quote may run over them), in one sentence whose words say that
    they serve it."""
    starts = sorted(
        (goal.evidence.spans[0].start, goal.evidence.spans[0].end, number) for number, goal in enumerate(goals)
    )
    found = []
    for number, initiative in enumerate(initiatives):
        span = initiative.evidence.spans[0]
        ahead = next(((start, goal) for start, _, goal in starts if 0 <= start - span.end <= _FARTHEST), None)
        if ahead is not None and _says(raw[span.end : ahead[0]], _serves()):
            found.append((ahead[1], number, "serves"))
            continue
        before = next(
            ((s, e, goal) for s, e, goal in reversed(starts) if s < span.start and span.start - e <= _FARTHEST), None
        )
        if before is None or _SENTENCE_END.search(raw[before[0] : span.start]):
            continue
        lead = _SENTENCE_END.split(raw[max(0, before[0] - _IN_FRONT) : before[0]])[-1]
        if _served_by().search(lead.casefold()) or _opens(raw, before[0], before[1]):
            found.append((before[2], number, "serves"))
    return found


def _says(between: str, expression: re.Pattern[str]) -> bool:
    return not _SENTENCE_END.search(between) and expression.search(between.casefold()) is not None


def _opens(raw: str, start: int, end: int) -> bool:
    """Whether the goal's own words open with the purpose: "För att nå nettonoll 2030 …"."""
    return _served_by().match(raw[start:end].casefold()) is not None


@cache
def _serves() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, lexicon('links')['serves']))})\b")


@cache
def _served_by() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, lexicon('links')['served_by']))})\b")


def _stems(name: str) -> list[str]:
    """The telling words of a document's name without years, articles and case: "Klimatprogrammet", "klimatprogram
    2022–2030" and "Nytt klimatprogram" are one."""
    return [_stem(word) for word in _WORD.findall(name.casefold()) if word not in _passing()]


@cache
def _passing() -> frozenset[str]:
    return frozenset(lexicon("links")["passing"])


def _stem(word: str) -> str:
    """The base form of a head noun, else the word without its article."""
    if (head := head_of(word)) is not None:
        return head.name
    ending = next((ending for ending in lexicon("links")["articles"] if word.endswith(ending)), "")
    bare = word.removesuffix(ending)
    bare = bare[:-1] if bare.endswith("mm") else bare
    return bare if len(bare) >= _SHORTEST_STEM else word
