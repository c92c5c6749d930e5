"""Start and end years of an initiative from the words around it.

Here: "2021–2030" in a name, "startar 2023", "blir klar 2024". Not here: years of goals and outcomes.
"""

import re
from collections.abc import Sequence
from functools import cache

from orchestration.extraction.initiatives.statuses import Cue
from orchestration.extraction.language.event_verbs import readings
from orchestration.extraction.language.tokens import Token
from orchestration.extraction.lexicons import lexicon

_YEAR = re.compile(r"(?:19|20)\d\d$")
_RANGE = re.compile(r"((?:19|20)\d\d)\s*[–—−-]\s*((?:19|20)\d\d)")
_STARTS = frozenset({"start", "found"})
_DASHES = frozenset("–—−-")
_LASTING = frozenset({"project", "programme", "agreement", "network", "communication", "organisation", "procurement"})
"""Types that end in the year they last to; "till 2030" in a plan's sentence is a goal's."""
_REACH = 12
_FAR = 30
_BEFORE = 8


def is_year(token: Token) -> bool:
    """Whether a token is a year of this or the last century."""
    return token.kind == "number" and bool(_YEAR.match(token.text))


def years_of(
    name: str, tokens: Sequence[Token], first: int, last: int, cue: Cue | None, initiative_type: str
) -> tuple[int | None, int | None]:
    """(start year, end year) of the phrase first..last: a range in its name or near it, else what verbs tell."""
    named = _RANGE.search(name)
    if named:
        return int(named.group(1)), int(named.group(2))
    found = _range_near(tokens, first, last)
    if found:
        return found
    stop = next((at for at in range(last + 1, len(tokens)) if tokens[at].text == ";"), len(tokens))
    start = end = None
    for index in (*range(last + 1, min(last + _FAR, stop)), *range(max(1, first - _REACH), first)):
        if not is_year(tokens[index]) or _is_range(tokens, index):
            continue
        role = _role(tokens, index, initiative_type)
        if role == "start" and start is None and (index < last + _REACH or tokens[last + 1].low in _words("which")):
            start = int(tokens[index].text)
        elif role == "end" and end is None:
            end = int(tokens[index].text)
    if cue is not None and not cue.denied and (start is None or end is None):
        year = _year_near(tokens, cue)
        if year is not None and cue.group in _STARTS and start is None and year != end:
            start = year
        elif year is not None and (cue.group == "finish" or (cue.status == "completed" and cue.group == "phrase")):
            end = end or year
    return start, end


def _range_near(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int] | None:
    """The range of years that the phrase lies in: "(2021–2024)", "löper 2022–2024"."""
    for index in range(first, min(last + _FAR, len(tokens) - 2)):
        if tokens[index].text == ";":
            break
        if _is_range(tokens, index):
            before = tokens[index - 1].low
            if (before in ("mellan", "perioden") and index > last + 4) or (
                index >= last + _REACH and before not in _words("lasts")
            ):
                continue
            return int(tokens[index].text), int(tokens[index + 2].text)
    for index in range(max(0, first - _REACH), first - 2):
        if _is_range(tokens, index):
            return int(tokens[index].text), int(tokens[index + 2].text)
    return None


def _is_range(tokens: Sequence[Token], at: int) -> bool:
    return at + 2 < len(tokens) and is_year(tokens[at]) and tokens[at + 1].text in _DASHES and is_year(tokens[at + 2])


def _role(tokens: Sequence[Token], at: int, initiative_type: str) -> str:
    """What the words before a year make of it: start ("sedan hösten 2023"), end ("fram till 2026") or nothing."""
    low = [token.low for token in tokens[max(0, at - _BEFORE) : at]]
    while low and (low[-1] in _words("times") or low[-1].isdigit() or low[-1] in ("sista", "den", "av")):
        if low[-1] == "från" or low[-2:] == ["och", "med"]:
            break
        low.pop()
    if not low:
        return ""
    if low[-1] == "sedan" or low[-1] in _words("starting"):
        return "start"
    if (
        low[-1] in _words("ready_by")
        or low[-5:] == ["t", ".", "o", ".", "m"]
        or " ".join(low[-2:]) in _words("ready_by")
    ):
        return "end"
    if low[-6:] == ["t", ".", "o", ".", "m", "."]:
        return "end"
    if low[-3:] == ["från", "och", "med"] or low[-1] == "från":
        return "start" if initiative_type == "regulation" else ""
    if (low[-1] == "till" or low[-3:] == ["till", "och", "med"]) and initiative_type in _LASTING:
        return "end"
    if any(reading.group in _STARTS for reading in readings(low[-1])):
        return "start"
    return ""


def _year_near(tokens: Sequence[Token], cue: Cue) -> int | None:
    near = (*range(cue.last + 1, min(cue.last + 6, len(tokens))), *range(cue.first - 1, max(cue.first - 6, -1), -1))
    return next((int(tokens[index].text) for index in near if is_year(tokens[index])), None)


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(lexicon("initiative_statuses")[key])


def is_ahead(tokens: Sequence[Token], cue: Cue, spoken: int) -> bool:
    """Whether the cue's clause puts it into a year after the one the text speaks in: "Under 2026 handlas X upp"."""
    around = range(max(0, cue.first - _REACH), min(cue.last + _REACH, len(tokens) - 1))
    if any(
        f"{tokens[index].low} {tokens[index + 1].low}" in _words("times_ahead") and not _is_apart(tokens, index, cue)
        for index in around
    ):
        return True
    for index in range(max(1, cue.first - _REACH), min(cue.last + _REACH, len(tokens))):
        token, before = tokens[index], tokens[index - 1].low
        is_time = before in _words("times") or before == tokens[cue.last].low
        if is_time and is_year(token) and int(token.text) > spoken:
            is_range = index + 1 < len(tokens) and tokens[index + 1].text in _DASHES
            return not is_range and not _is_apart(tokens, index, cue)
    return False


def _is_apart(tokens: Sequence[Token], at: int, cue: Cue) -> bool:
    between = tokens[min(at, cue.last) : max(at, cue.first)]
    return any(other.text in ".,;:" or other.low in ("men", "och", "som") for other in between)
