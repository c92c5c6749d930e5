"""Start and end years of an initiative from the words around it.

Here: "2021–2030" in a name, "startar 2023", "blir klar 2024". Not here: years of goals and outcomes.
"""

import re
from collections.abc import Sequence
from functools import cache

from orchestration.extraction.lexicons import lexicon
from orchestration.extraction.statuses import Cue
from orchestration.extraction.tokens import Token

_YEAR = re.compile(r"(?:19|20)\d\d$")
_RANGE = re.compile(r"((?:19|20)\d\d)\s*[–—−-]\s*((?:19|20)\d\d)")
_STARTS = frozenset({"start", "found"})
_DASHES = frozenset("–—−-")
_REACH = 12


def is_year(token: Token) -> bool:
    """Whether a token is a year of this or the last century."""
    return token.kind == "number" and bool(_YEAR.match(token.text))


def years_of(
    name: str, tokens: Sequence[Token], first: int, last: int, cue: Cue | None, limit: tuple[int, int]
) -> tuple[int | None, int | None]:
    """(start year, end year); `limit` are the first and last token of the clause that may be read."""
    named = _RANGE.search(name)
    if named:
        return int(named.group(1)), int(named.group(2))
    for index in range(max(first, limit[0]), min(last + _REACH, limit[1] + 1, len(tokens) - 2)):
        if is_year(tokens[index]) and tokens[index + 1].text in _DASHES and is_year(tokens[index + 2]):
            if index and tokens[index - 1].low in ("mellan", "perioden") and index > last + 4:
                continue
            return int(tokens[index].text), int(tokens[index + 2].text)
    for index in range(max(limit[0], first - _REACH), first - 2):
        if is_year(tokens[index]) and tokens[index + 1].text in _DASHES and is_year(tokens[index + 2]):
            return int(tokens[index].text), int(tokens[index + 2].text)
    return _by_cue(tokens, last, cue, limit)


def _by_cue(
    tokens: Sequence[Token], last: int, cue: Cue | None, limit: tuple[int, int]
) -> tuple[int | None, int | None]:
    start = end = None
    for index in range(last + 1, min(last + _REACH, limit[1] + 1)):
        if is_year(tokens[index]) and tokens[index - 1].low == "sedan":
            start = int(tokens[index].text)
    if cue is None:
        return start, end
    year = _year_near(tokens, cue, limit)
    if year is not None and not cue.denied:
        if cue.group in _STARTS and start is None:
            start = year
        elif cue.group == "finish" or (cue.status == "completed" and cue.group == "phrase"):
            end = year
    return start, end


def _year_near(tokens: Sequence[Token], cue: Cue, limit: tuple[int, int]) -> int | None:
    for index in [
        *range(cue.last + 1, min(cue.last + 6, limit[1] + 1)),
        *range(cue.first - 1, max(cue.first - 6, limit[0] - 1), -1),
    ]:
        if is_year(tokens[index]):
            return int(tokens[index].text)
    return None


def is_ahead(tokens: Sequence[Token], cue: Cue, spoken: int) -> bool:
    """Whether the cue's clause puts it into a year after the one the text speaks in: "Under 2026 handlas X upp"."""
    for index in range(max(1, cue.first - _REACH), min(cue.last + _REACH, len(tokens))):
        token = tokens[index]
        if is_year(token) and int(token.text) > spoken and tokens[index - 1].low in _times() | {tokens[cue.last].low}:
            between = tokens[min(index, cue.last) : max(index, cue.first)]
            is_range = index + 1 < len(tokens) and tokens[index + 1].text in _DASHES
            return not is_range and not any(other.text in ".,;:" or other.low in ("men", "och", "som") for other in between)
    return False


@cache
def _times() -> frozenset[str]:
    return frozenset(lexicon("initiative_statuses")["times"])
