"""The slots of an outcome: its year, what it is compared with, its direction, unit and scope.

Here: from a clause and its quantity to the slots. Not here: whether there is a result (rules, model), the tags of scope
and direction as goals know them too (metrics).
"""

from dataclasses import dataclass

from orchestration.extraction.clauses import metrics
from orchestration.extraction.clauses.clause import Clause
from orchestration.extraction.clauses.own import Own
from orchestration.extraction.clauses.reading import Reading
from orchestration.extraction.clauses.units import Quantity
from orchestration.extraction.clauses.years import Year
from orchestration.extraction.language.words import bit
from orchestration.extraction.outcomes.rules import GOAL, LATEST, PEOPLE

_LEANING = frozenset({"vi", "ligger", "låg", "stannade", "landade", "utfallet", "kommit"})
_FAR = 6
"""Tokens behind a count within which a year dates it."""
_BESIDE = 4
"""Tokens behind a figure in which its comparative stands: "9 procent mindre el än"."""
_NOW, _THIS_YEAR = bit("present_state"), bit("this_year")
_MOVES = bit("decrease", "increase", "delivered")
_LOWER, _HIGHER, _AGAINST = bit("lower"), bit("higher"), frozenset({"mot", "från", "jämfört", "jämförelse"})
_EMISSION, _EMITS = bit("emission"), bit("emits")

_PARTNERS, _STAFF = bit("partner_group"), bit("own_staff")
_PARTS = bit("branch", "transport", "energy_use", "modal", "building", "food")
_SHARE, _HOUSEHOLDS = bit("share_of"), frozenset({"hushållen", "hushållens", "industrin", "industrins", "industrier"})


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a figure is measured against: a year and the direction in which it has moved since."""

    baseline: int | None = None
    direction: str | None = None


def baseline_of(clause: Clause) -> int | None:
    """The year that the clause compares with; the first year of a range where no cue names one."""
    for year in clause.years:
        if year.role in ("baseline", "from"):
            return year.value
    for year in clause.years:
        if year.role == "range" and year.end is not None:
            return year.value
    return None


def comparison_of(clause: Clause, quantity: Quantity, latest: int) -> Comparison:
    """ "31 % under 2005", "9 procent mindre el än samma månad 2021", "58 procent (2024) mot 63 (2018)"."""
    low, tags = clause.tagged.low, clause.tagged.tags
    behind = range(quantity.j, min(clause.j, quantity.j + _BESIDE))
    is_apart = quantity.kind == "percent" and not any(tags[at] & _MOVES for at in range(clause.i, quantity.i))
    if is_apart and quantity.j + 1 < clause.j and low[quantity.j] in ("under", "över"):
        basis = next((year for year in clause.years if quantity.j < year.i <= quantity.j + 2), None)
        if basis is not None:
            return Comparison(basis.value, "decrease" if low[quantity.j] == "under" else "increase")
    moved = next((k for k in behind if tags[k] & (_LOWER | _HIGHER)), None)
    than = moved is not None and "än" in low[moved : min(clause.j, moved + _FAR)]
    if moved is not None and quantity.kind != "bare":
        direction = "decrease" if tags[moved] & _LOWER else "increase"
        if not than:
            return Comparison(None, direction)
        at = low.index("än", moved)
        named = next((year.value for year in clause.years if year.i > at), None)
        if named is None and low[at + 1 : at + 3] in (["året", "innan"], ["året", "före"], ["året", "dessförinnan"]):
            told = [year.value for year in clause.years if year.i < at]
            named = (told[-1] if told else latest) - 1
        return Comparison(named, direction)
    other = next((one for one in clause.quantities if one.i >= quantity.j), None)
    is_against = other is not None and bool(_AGAINST & set(low[quantity.j : other.i]))
    if other is None or not is_against or other.i - quantity.j > _FAR + 2 or other.value == quantity.value:
        return Comparison()
    if other.kind in (quantity.kind, "bare", "count"):
        year = next((year.value for year in clause.years if year.i >= other.j), None)
        return Comparison(year, "decrease" if quantity.value < other.value else "increase")
    return Comparison()


def year_of(
    clause: Clause, quantity: Quantity | None, speaking: int | None, outcome_type: str, compared: int | None
) -> int | None:
    """The year of the result: named behind the quantity and before the next one, else before it, never after the
    contract's own year (`speaking`, None where it is not known). "I somras", "under året" are the contract's own year;
    without any such word the year stays open."""
    latest = speaking or LATEST
    told = [year.end or year.value for year in _in_order(clause, quantity) if _dates(clause, quantity, year, compared)]
    named = next((year for year in told if year <= latest), None)
    if outcome_type == "milestone" and named is None:
        named = next((year.value for year in clause.years if year.role == "baseline"), None)
    is_measured = outcome_type == "measurement"
    if clause.mask & _NOW and not clause.mask & _THIS_YEAR and not any(year.role == "aside" for year in clause.years):
        return None if is_measured else speaking
    if named is not None:
        return named
    return speaking if clause.mask & _THIS_YEAR else None


def _in_order(clause: Clause, quantity: Quantity | None) -> list[Year]:
    return sorted(clause.years, key=lambda year: quantity is not None and year.i < quantity.i)


def _dates(clause: Clause, quantity: Quantity | None, year: Year, compared: int | None) -> bool:
    """Whether the year can date the quantity: no other quantity stands between, and none leans on the year."""
    if year.role not in ("range", "plain", "dated", "target", "aside") or year.value == compared:
        return False
    if quantity is None or year.i < quantity.i:
        return True
    is_far = quantity.kind in (*PEOPLE, "money", "count", "bare")
    following = next((one.i for one in clause.quantities if one.i >= quantity.j), None)
    if following is not None and (year.i > following or following - year.j <= 1):
        return False
    return not (is_far and year.i - quantity.j > _FAR)


def only_year(reading: Reading, latest: int) -> int | None:
    """The only past year that the sentence dates something by."""
    others = {
        year.value
        for other in reading.clauses
        for year in other.years
        if year.role in ("plain", "dated") and year.value <= latest and not other.mask & GOAL
    }
    return others.pop() if len(others) == 1 else None


def told_of_this_year(reading: Reading, clause: Clause, speaking: int | None) -> int | None:
    """The contract's own year where the sentence or the heading above it says so ("Klart under året") and nothing in
    the sentence names another."""
    is_named = any(year.role != "name" for other in reading.clauses for year in other.years) or bool(clause.years)
    return speaking if (reading.tagged.mask | reading.lead) & _THIS_YEAR and not is_named else None


def is_of_today(clause: Clause) -> bool:
    """Whether the clause speaks of the time of writing, so that a year told before does not date it."""
    return bool(clause.mask & (_NOW | _THIS_YEAR))


def unit_of(reading: Reading, clause: Clause, quantity: Quantity, measures: int, carried: str | None) -> str | None:
    """The unit: tonnes are of greenhouse gases where emissions are spoken of, a bare level has the unit of the level
    told before (`carried`)."""
    unit = quantity.unit
    if quantity.kind == "mass":
        is_gas = (measures | reading.tagged.mask) & _EMISSION or reading.tagged.mask & _EMITS
        if unit is None and is_gas:
            unit = "tCO2e"
        others_are = any(one.per == "capita" for one in clause.quantities if one.i != quantity.i)
        is_divided = quantity.per == "capita" or (metrics.is_per_head(clause) and not others_are)
        return "tCO2e_per_capita" if unit and is_divided else unit
    leans = clause.mask & bit("anaphor") or clause.is_elliptic or bool(_LEANING & set(clause.low))
    if quantity.kind == "bare" and carried is not None and leans:
        return carried
    if quantity.kind == "scaled" and unit is None and not measures & _EMISSION:
        return "count"
    return unit


def scope_of(clause: Clause, quantity: Quantity, own: Own, extra: int, measures: int) -> str:
    """The scope of a measured result: cues of its own first, then those that results have beside goals."""
    tagged = clause.tagged
    if clause.mask & _PARTNERS:
        return "partners"
    before = range(clause.i, quantity.i)
    subject = any(tagged.tags[at] & _PARTS or tagged.low[at] in _HOUSEHOLDS for at in before)
    if clause.mask & _SHARE and subject and not clause.mask & bit("municipal_organisation", "consumption_based"):
        return "sector"
    if clause.mask & _STAFF and not clause.mask & bit("consumption_based", "territorial"):
        return "municipal_organisation"
    found = metrics.scope(clause, own, extra, measures)
    if found not in ("not_specified", "sector"):
        return found
    is_total = quantity.kind == "mass" and not clause.mask & _PARTS
    if is_total and (any(own.owns(low) for low in clause.low) or quantity.per == "capita"):
        return "territorial"
    return found
