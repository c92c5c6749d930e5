"""Links between goals and initiatives: a goal stems from a governing document, an initiative serves a goal.

Here: matching names within one document, and the words that say "to reach the goal". Not here: goals, initiatives.
"""

import re

from orchestration.extraction.facts import Goal, Initiative

_SERVES = re.compile(
    r"\b(?:för att (?:nå|klara|uppnå|uppfylla)|i syfte att (?:nå|uppnå)|(?:bidrar?|leder?) till (?:målet|att nå)"
    r"|ett led i(?: arbetet)? att (?:nå|bli)|(?:steg|åtgärd) mot (?:målet|att))\b"
)
_FARTHEST = 160
"""Characters between an initiative and the goal that it serves."""
_ENDINGS = ("ens", "ets", "en", "et", "n", "t", "s")
_YEARS = re.compile(r"[\s(]*(?:19|20)\d\d(?:\s*[–-]\s*(?:19|20)?\d\d)?\)?\s*$")
_SHORTEST_STEM = 6


def link(raw: str, goals: tuple[Goal, ...], initiatives: tuple[Initiative, ...]) -> tuple[tuple[int, int, str], ...]:
    """(goal, initiative, relation) by index, in the order of the goals; nothing that the text does not say."""
    documents: dict[str, int] = {}
    for number, initiative in enumerate(initiatives):
        if initiative.is_governing_document:
            documents.setdefault(_stem(initiative.name), number)
    found = [
        (number, documents[stem], "stems_from")
        for number, goal in enumerate(goals)
        if goal.governing_document is not None and (stem := _stem(goal.governing_document)) in documents
    ]
    starts = sorted((goal.evidence.spans[0].start, number) for number, goal in enumerate(goals))
    for number, initiative in enumerate(initiatives):
        end = initiative.evidence.spans[0].end
        ahead = next(((start, goal) for start, goal in starts if 0 <= start - end <= _FARTHEST), None)
        if ahead is not None and _says_serves(raw[end : ahead[0]]):
            found.append((ahead[1], number, "serves"))
    return tuple(sorted(set(found)))


def _says_serves(between: str) -> bool:
    return ". " not in between and _SERVES.search(between.casefold()) is not None


def _stem(name: str) -> str:
    """A document's name without years, article and case: "Klimatprogrammet" and "klimatprogram 2022–2030" are one."""
    stem = _YEARS.sub("", name.casefold()).strip()
    ending = next((ending for ending in _ENDINGS if stem.endswith(ending)), "")
    bare = stem.removesuffix(ending)
    bare = bare[:-1] if bare.endswith("mm") else bare
    return bare if len(bare) >= _SHORTEST_STEM else stem
