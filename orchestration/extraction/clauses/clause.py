"""Clauses: a sentence cut where a new statement begins, so that each goal or result stands by itself.

Here: where to cut, and what a clause holds (quantities, years, tags). Not here: what the clause states.
"""

from bisect import bisect_left
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TypeVar

from orchestration.extraction.clauses.quantities import find_quantities
from orchestration.extraction.clauses.units import Quantity
from orchestration.extraction.clauses.years import Year, find_years, is_year
from orchestration.extraction.language.number_words import may_open
from orchestration.extraction.language.words import Tagged, bit

_COLON = 40
"""Tokens behind a colon in which a predicate makes a clause of what follows."""
_LONGEST_CHAIN = 16
"""Clauses that lean on each other at most; keeps a sentence of thousands of clauses linear."""
_HARD = frozenset({";", "•", "|"})
_SOFT_WORDS = frozenset({"och", "samt", "men", "medan", "varvid", "innebärande", "dels", "eller", "varav", "så", "då",
                         "vilket", "vilken", "vilka", "vars", "varigenom", "dock"})  # fmt: skip
_RELATIVES = frozenset({"som", "vilken", "vilket", "vilka", "vars"})
_PREDICATE = bit("must", "cap", "may", "need", "was", "aim_verb", "aim_is", "says")
_FINITE = _PREDICATE | bit("says_something")
_OBLIGES = bit("must")
_COORDINATES = frozenset({"och", "samt", "eller", "respektive"})
_STATE = bit("climate_neutral", "climate_positive", "net_zero", "fossil_free")
_SOFT_PREDICATE = bit("decrease", "increase")


@dataclass(slots=True)
class Clause:
    """Tokens i..j (j excluded) of a tagged sentence. `left` is the clause before it in the same sentence."""

    tagged: Tagged
    i: int
    j: int
    quantities: list[Quantity]
    years: list[Year]
    mask: int
    left: "Clause | None" = None
    is_elliptic: bool = False
    opened_by: str = ""
    low: list[str] = field(default_factory=list)

    @property
    def start(self) -> int:
        """Clean offset of the first character."""
        return self.tagged.tokens[self.i].start

    @property
    def end(self) -> int:
        """Clean offset behind the last character."""
        return self.tagged.tokens[self.j - 1].end


def split_clauses(tagged: Tagged, speaking: int = 0) -> list[Clause]:
    """The clauses of a sentence, left to right; separators at their edges belong to none.

    `speaking`: the contract's own year.
    """
    quantities, years = _progress(tagged, find_quantities(tagged), find_years(tagged, speaking))
    counted = {at for year in years for at in range(year.i, year.j)}
    quantities = [quantity for quantity in quantities if quantity.i not in counted]
    inside = {at for quantity in quantities for at in range(quantity.i + 1, quantity.j)}
    inside.update(at for year in years for at in range(year.i + 1, year.j))
    cuts = _cuts(tagged, inside)
    bounds = [0, *cuts, len(tagged.tokens)]
    chunks = _one_subject(tagged, [(i, j) for i, j in pairwise(bounds) if j > i], quantities, years)
    stops = _stops(tagged)
    clauses: list[Clause] = []
    start: int | None = None
    for number, (i, j) in enumerate(chunks):
        start = i if start is None else start
        following = chunks[number + 1] if number + 1 < len(chunks) else None
        if following is None or _splits(tagged, (start, j), following, stops[following[0]], quantities, years):
            _append(clauses, tagged, start, j, quantities, years)
            start = None
    return clauses


def _one_subject(
    tagged: Tagged, chunks: list[tuple[int, int]], quantities: list[Quantity], years: list[Year]
) -> list[tuple[int, int]]:
    """Chunks with coordinated subjects joined: "att maten till gamla | och barn ska komma" is one clause."""
    joined: list[tuple[int, int]] = []
    for chunk in chunks:
        if joined and tagged.low[chunk[0]] in _COORDINATES and _is_bare(tagged, joined[-1], quantities, years):
            verb = next((at for at in range(*chunk) if tagged.tags[at] & _FINITE), chunk[0])
            if chunk[0] + 1 < verb <= chunk[0] + 4 and tagged.tokens[chunk[0] + 1].kind == "word":
                joined[-1] = (joined[-1][0], chunk[1])
                continue
        joined.append(chunk)
    return joined


def _is_bare(tagged: Tagged, chunk: tuple[int, int], quantities: list[Quantity], years: list[Year]) -> bool:
    if tagged.tokens[chunk[0]].kind == "word" and tagged.low[chunk[0]] != "att":
        return False
    i, j = chunk
    is_empty = not _within(quantities, i, j) and not _within(years, i, j)
    return is_empty and not _has(tagged, chunk, _FINITE | _STATE)


def _stops(tagged: Tagged) -> list[int]:
    """For each token the next semicolon, or the end: what a colon opens goes on until there."""
    stops = [len(tagged.low)] * (len(tagged.low) + 1)
    for at in range(len(tagged.low) - 1, -1, -1):
        stops[at] = at if tagged.low[at] in _HARD else stops[at + 1]
    return stops


def _progress(tagged: Tagged, quantities: list[Quantity], years: list[Year]) -> tuple[list[Quantity], list[Year]]:
    """ "från 62 procent 2020 till 85 procent 2030" is one quantity (85, from 62) with a baseline year."""
    joined: list[Quantity] = []
    starts: set[int] = set()
    for quantity in quantities:
        first = joined[-1] if joined else None
        if (
            first is not None
            and first.kind in (quantity.kind, "bare", "count", "scaled")
            and quantity.start_value is None
            and 0 < quantity.i - first.j <= 8
            and _led_by(tagged, first.i, "från")
            and _led_by(tagged, quantity.i, "till")
        ):
            starts.update(range(first.j, quantity.i))
            joined[-1] = replace(quantity, start_value=first.value)
        else:
            joined.append(quantity)
    return joined, [replace(year, role="baseline") if year.i in starts and year.end is None else year for year in years]


def _led_by(tagged: Tagged, at: int, word: str) -> bool:
    return any(tagged.low[k] == word for k in range(max(0, at - 3), at))


_Slot = TypeVar("_Slot", Quantity, Year)


def _within(slots: list[_Slot], i: int, j: int) -> list[_Slot]:
    """The slots (in the order of the text) that begin at tokens i..j."""
    return slots[bisect_left(slots, i, key=lambda slot: slot.i) : bisect_left(slots, j, key=lambda slot: slot.i)]


def _append(
    clauses: list[Clause], tagged: Tagged, i: int, j: int, quantities: list[Quantity], years: list[Year]
) -> None:
    opened = ""
    while i < j and (tagged.tokens[i].kind == "mark" or tagged.low[i] in ("och", "samt", "att", "men", "dels")):
        if tagged.tokens[i].text in ("-", "−", "–") and i + 1 < j and tagged.tokens[i + 1].kind == "number":
            break
        opened = tagged.low[i]
        i += 1
    while j > i and tagged.tokens[j - 1].kind == "mark" and tagged.tokens[j - 1].text not in ("%", "”", '"', ")"):
        j -= 1
    while j > i and tagged.low[j - 1] in ("och", "samt", "att", "men"):
        j -= 1
    if i >= j:
        return
    mask = _mask(tagged, i, j)
    left = clauses[-1] if len(clauses) % _LONGEST_CHAIN else None
    clause = Clause(tagged, i, j, _within(quantities, i, j), _within(years, i, j), mask, left, low=tagged.low[i:j])
    clause.opened_by = opened
    if opened == "att" and not mask & _PREDICATE and _is_obliged(left):
        mask |= _OBLIGES
        clause.mask = mask
    clause.is_elliptic = not mask & _PREDICATE
    clauses.append(clause)


def _mask(tagged: Tagged, i: int, j: int) -> int:
    """The tags of the tokens; a comparative that bounds a number is no change ("inte mer än var fjärde resa")."""
    mask = 0
    for at in range(i, j):
        tags = tagged.tags[at]
        if (
            tags & _SOFT_PREDICATE
            and tagged.low[at + 1 : at + 2] == ["än"]
            and at + 2 < j
            and _opens_number(tagged, at + 2)
        ):
            tags &= ~_SOFT_PREDICATE
        mask |= tags
    return mask


def _opens_number(tagged: Tagged, at: int) -> bool:
    return (tagged.tokens[at].kind == "number" and not is_year(tagged, at)) or (
        tagged.tokens[at].kind == "word" and may_open(tagged.low[at])
    )


def _is_obliged(left: Clause | None) -> bool:
    """Whether a clause to the left obliges ("åläggs koncernen, vars bilar …, att ha ställt om"); relatives between."""
    while left is not None:
        if left.mask & _OBLIGES:
            return True
        if left.low[0] not in _RELATIVES:
            return False
        left = left.left
    return False


def _cuts(tagged: Tagged, inside: set[int]) -> list[int]:
    """Positions before which a cut may fall."""
    cuts: list[int] = []
    depth = 0
    for at in [k for k, low in enumerate(tagged.low) if low in _MAY_CUT]:
        token = tagged.tokens[at]
        low = token.low
        if low == "(":
            depth += 1
        elif low == ")":
            depth = max(0, depth - 1)
        if not at or at in inside or depth or (low == "och" and tagged.low[at - 1] in ("från", "till")):
            continue
        if low == "att" and tagged.low[at - 1] in ("samt", "och") and cuts and cuts[-1] >= at - 2:
            continue
        if token.kind == "mark":
            if low in ",;:•|" or (low in "–—" and not _joined(tagged, at)):
                cuts.append(at)
        elif _opens_second_half(tagged, at) or (
            (low in _SOFT_WORDS or low == "att") and tagged.tokens[at - 1].text not in _MARKS
        ):
            cuts.append(at)
    return cuts


def _opens_second_half(tagged: Tagged, at: int) -> bool:
    """ "har ersatts | av målet om", "åtgärderna för att nå målet | har inneburit en minskning"."""
    low = tagged.low
    if low[at] in ("med", "av"):
        return any(word in _REPLACED for word in low[max(0, at - 10) : at])
    return low[at] in _CAUSED_BEFORE and at > 3 and low[at + 1 : at + 2] != [] and low[at + 1] in _CAUSED


_MAY_CUT = _SOFT_WORDS | frozenset({"att", "(", ")", ",", ";", ":", "•", "|", "–", "—", "med", "av", "har", "hade"})


def _joined(tagged: Tagged, at: int) -> bool:
    return tagged.tokens[at - 1].end == tagged.tokens[at].start


def _first_words(tagged: Tagged, span: tuple[int, int]) -> list[str]:
    return [tagged.low[at] for at in range(*span) if tagged.tokens[at].kind == "word"][:3]


def _finite(tagged: Tagged, span: tuple[int, int], *, skip_relative: bool) -> bool:
    """Whether the stretch has a predicate of its own (a relative clause's does not count on the left side)."""
    words = _first_words(tagged, span)
    if skip_relative and words and words[0] in _RELATIVES:
        return False
    for at in range(*span):
        if tagged.tags[at] & _FINITE:
            if (skip_relative and at and tagged.low[at - 1] == "som") or _is_deadline(tagged, at):
                continue
            return True
    return False


def _is_deadline(tagged: Tagged, at: int) -> bool:
    """ "innan årtiondet är slut", "när 2027 är till ända": the verb belongs to a date."""
    low = tagged.low
    return (
        low[at] in ("är", "löper", "går")
        and bool(_OVER & set(low[at + 1 : at + 3]))
        and bool(_DEADLINE & set(low[max(0, at - 4) : at]))
    )


_OVER, _DEADLINE = frozenset({"slut", "ända", "ut", "över", "till"}), frozenset({"innan", "när", "före", "förrän"})


def _splits(
    tagged: Tagged,
    left: tuple[int, int],
    right: tuple[int, int],
    stop: int,
    quantities: list[Quantity],
    years: list[Year],
) -> bool:
    """Whether the sentence is cut between the stretch read so far and the next chunk. `stop`: where a colon's ends."""
    opener = tagged.low[right[0]]
    if opener in _HARD or opener in _CAUSED_BEFORE:
        return True
    if opener in ("med", "av"):
        return _has(tagged, left, _STATE | _REPORT) and _has(tagged, right, _STATE | _REPORT)
    words = _first_words(tagged, right)
    left_q = _within(quantities, *left)
    left_finite = _finite(tagged, left, skip_relative=True)
    right_finite = _finite(tagged, right, skip_relative=False)
    if "att" in words[:2] and _is_serial(tagged, left, right):
        return True
    if "att" in words[:2]:
        return right_finite and (left_finite or opener in (":",) or _has(tagged, left, _REPORT))
    if opener == ":":
        behind = (right[0], min(stop, right[0] + _COLON))
        is_level = not left_q and bool(_within(quantities, *behind)) and _has(tagged, behind, _SOFT_PREDICATE)
        return left_finite and (
            right_finite
            or is_level
            or _finite(tagged, behind, skip_relative=False)
            or _has(tagged, behind, _STATE | _NONE_OF)
        )
    if opener in ("–", "—"):
        return left_finite and right_finite
    if opener == "," and (
        words[:3] == ["det", "vill", "säga"] or (words[:1] == ["ha"] and _has(tagged, left, _OBLIGES))
    ):
        return False
    starts_with_verb = bool(words) and any(
        tagged.tags[right[0] + k] & _PREDICATE for k in range(min(2, right[1] - right[0]))
    )
    if left_finite and right_finite:
        return not (starts_with_verb and opener == "," and _ends_relative(tagged, left))
    right_q = _within(quantities, *right)
    left_y = [y for y in _within(years, *left) if y.role not in ("name", "baseline")]
    right_y = [y for y in _within(years, *right) if y.role not in ("name", "baseline")]
    if left_q and right_finite and words and words[0] in ("vilken", "vilket", "vilka"):
        return True
    continues = tagged.low[min(right[0] + 1, right[1] - 1)] in _CONTINUING
    if (
        not right_finite
        and continues
        and not (left_q and right_q and _is_next_level(tagged, right, right_q[0], right_y))
    ):
        return False
    left_content = bool(left_q) or _has(tagged, left, _STATE)
    right_content = bool(right_q) or _has(tagged, right, _STATE)
    if left_content and right_content and ((left_q and right_q) or right_y or _has(tagged, right, _SOFT_PREDICATE)):
        return not (right_q and left_q and right_q[0].kind != left_q[-1].kind and not right_y and opener == ",")
    if (
        opener in ("och", "samt")
        and words[1:2] == ["därefter"]
        and _has(tagged, left, _STATE)
        and _has(tagged, right, _STATE)
    ):
        return True
    adds = opener in ("och", "samt") or (opener == "," and words[:1] in (["och"], ["samt"]))
    if left_content and right_finite and adds and (left_y or _opens_with_year(right, right_y)):
        return True
    if left_content and left_y and right_y and opener in ("och", "samt", ","):
        return not any(y.role == "baseline" for y in right_y)
    return False


def _is_next_level(tagged: Tagged, right: tuple[int, int], quantity: Quantity, years: list[Year]) -> bool:
    """ "högst 300 kg, från 2028 240 kg": a further level with a year of its own in front of it."""
    return any(year.i < quantity.i <= year.j + 1 and tagged.low[right[0] + 1] == "från" for year in years)


def _opens_with_year(right: tuple[int, int], years: list[Year]) -> bool:
    """ "… och senast 2045 får det inte": the second half opens with its own year."""
    return bool(years) and years[0].i - right[0] <= _YEAR_REACH


_YEAR_REACH = 3


def _is_serial(tagged: Tagged, left: tuple[int, int], right: tuple[int, int]) -> bool:
    """ "att …, att … samt att …": each further limb of a list stands by itself; so does the first behind a colon."""
    opener = tagged.low[right[0]]
    if opener == ":":
        return True
    at = left[0] if tagged.low[left[0]] == "att" else left[0] + 1
    is_limb = tagged.low[at : at + 1] == ["att"]
    return opener in (",", "och", "samt") and is_limb and right[1] - right[0] > _SHORTEST_LIMB


_SHORTEST_LIMB = 4
_NONE_OF = bit("zero")
_MARKS = frozenset({",", ";", ":", "•"})
_CAUSED_BEFORE = frozenset({"har", "hade"})
_CONTINUING = frozenset(
    {"till", "mätt", "dvs", "motsvarande", "alltså", "från", "jämfört", "räknat", "med", "i", "det", "mot", "sedan"}
)
_REPLACED = frozenset({"ersatt", "ersatts", "ersätts", "ersätter", "ersättas", "ersattes", "ersatte"})
_CAUSED = frozenset({"inneburit", "medfört", "resulterat", "lett", "bidragit", "gett", "givit"})
_REPORT = bit("aim_noun", "says", "proposal", "aim_is")


def _ends_relative(tagged: Tagged, span: tuple[int, int]) -> bool:
    return any(tagged.low[at] in _RELATIVES for at in range(*span))


def _has(tagged: Tagged, span: tuple[int, int], mask: int) -> bool:
    return any(tagged.tags[at] & mask for at in range(*span))
