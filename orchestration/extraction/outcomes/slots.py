"""The slots of an outcome: the year of the result, and the year it is compared with.

Here: years. Not here: whether there is a result (outcome_rules), scope, direction and unit (metrics).
"""

from orchestration.extraction.clauses.clause import Clause
from orchestration.extraction.clauses.reading import Reading
from orchestration.extraction.clauses.units import Quantity
from orchestration.extraction.outcomes.rules import GOAL, LATEST, PEOPLE

_FAR = 6
"""Tokens behind a count within which a year dates it."""


def baseline_of(clause: Clause) -> int | None:
    """The year that the clause compares with; the first year of a range where no cue names one."""
    for year in clause.years:
        if year.role in ("baseline", "from"):
            return year.value
    for year in clause.years:
        if year.role == "range" and year.end is not None:
            return year.value
    return None


def year_of(clause: Clause, quantity: Quantity | None, latest: int) -> int | None:
    """The year of the result: named behind the quantity, else before it, never after the contract's own year."""
    if {"dag", "numera", "nu"} & set(clause.low):
        return None
    is_far = quantity is not None and quantity.kind in (*PEOPLE, "money", "count", "bare")
    years = [
        year.end or year.value
        for year in sorted(clause.years, key=lambda year: quantity is not None and year.i < quantity.i)
        if year.role in ("range", "plain", "dated", "target", "aside")
        and not (is_far and quantity is not None and year.i - quantity.j > _FAR)
    ]
    return next((year for year in years if year <= max(latest, LATEST)), None)


def only_year(reading: Reading, latest: int) -> int | None:
    """The only past year that the sentence dates something by."""
    others = {
        year.value
        for other in reading.clauses
        for year in other.years
        if year.role in ("plain", "dated") and year.value <= latest and not other.mask & GOAL
    }
    return others.pop() if len(others) == 1 else None
