"""Cells: the parts of a clause that hold today's figure beside a goal or beside an older figure.

"Solel: 2 GWh 2028 (0,6 GWh 2023)", "21 % (2019) → 30 % (2030)", "187 (2015) | 151 (2022) | målvärde 130 (2027)",
"1,2 kg senast 2025, nu 1,6". Here: which stretch of the clause such a figure fills. Not here: whether a clause as a whole
reports something (rules, model).
"""

from dataclasses import replace
from functools import reduce
from itertools import pairwise
from operator import or_

from orchestration.extraction.clauses.clause import Clause
from orchestration.extraction.clauses.units import Quantity
from orchestration.extraction.clauses.years import is_year
from orchestration.extraction.language.words import bit

_SEPARATORS = frozenset({"|", "→", "➔", "⇒"})
_OPENS, _CLOSES = "(", ")"
_PROMISES = bit("must", "cap", "aim_noun", "aim_verb", "aim_is", "need", "proposal")
_STATUS = bit("present_state")
_CLOSE = 4
"""Tokens between a figure and the word ("nu", "i dag") or the year that makes it a status."""
_LEVELS = frozenset({"percent", "mass", "energy", "other", "scaled", "count", "bare"})


def cells_of(clause: Clause, year: int) -> list[Clause]:
    """The cells of a clause that state how things are, left to right; empty where the clause is no row of cells.

    `year`: the contract's own year. Of several past figures in a row the latest alone is kept.
    """
    low = clause.low
    is_row = any(word in _SEPARATORS for word in low)
    if not is_row and not ({_OPENS} & set(low) or clause.mask & _STATUS):
        return []
    if is_row:
        cells = [cell for cell in _split(clause, _SEPARATORS) if _is_past(cell, year)]
        latest = max((_latest(cell) for cell in cells), default=0)
        return [cell for cell in cells if _latest(cell) == latest]
    if not _promises(clause, year):
        return []
    inside = [cell for cell in _parenthesised(clause) if _is_past(cell, year)]
    return inside or [cell for cell in _split(clause, frozenset({","})) if _is_status(cell, year)]


def is_outdated(clause: Clause, year: int) -> bool:
    """ "187 (2015) | 151 (2022)": whether the next cell of the row has a later figure that is no promise."""
    tagged = clause.tagged
    if tagged.low[clause.j : clause.j + 1] not in (["|"], [")"]) or not clause.years:
        return False
    start = clause.j + (tagged.low[clause.j] == ")")
    if tagged.low[start : start + 1] != ["|"]:
        return False
    end = next((at for at in range(start + 1, len(tagged.low)) if tagged.low[at] == "|"), len(tagged.low))
    later = [
        int(tagged.low[at])
        for at in range(start + 1, end)
        if tagged.tokens[at].kind == "number" and is_year(tagged, at)
    ]
    return (
        any(_latest(clause) < value <= year for value in later)
        and not reduce(or_, tagged.tags[start:end], 0) & _PROMISES
    )


def _promises(clause: Clause, year: int) -> bool:
    """Whether the clause as a whole speaks of what is to be, so that its figures are no results."""
    return bool(clause.mask & _PROMISES) or any(_ends(known.value, known.end) > year for known in clause.years)


def _ends(value: int, end: int | None) -> int:
    return max(end or 0, value)


def _latest(cell: Clause) -> int:
    return max((_ends(known.value, known.end) for known in cell.years), default=0)


def _is_past(cell: Clause, year: int) -> bool:
    """A figure with a past year beside it, and no promise."""
    if len(cell.quantities) != 1 or cell.quantities[0].kind not in _LEVELS or cell.mask & _PROMISES:
        return False
    years = [known for known in cell.years if known.role != "name"]
    return bool(years) and _latest(cell) <= year and not any(known.role == "baseline" for known in years)


def _is_status(cell: Clause, year: int) -> bool:
    """ "nu 1,6", "24 procent i dag": a figure beside a word of the present."""
    if len(cell.quantities) != 1 or cell.mask & _PROMISES or cell.j - cell.i > _CLOSE + 3:
        return False
    return bool(cell.mask & _STATUS) and _latest(cell) <= year


def _split(clause: Clause, marks: frozenset[str]) -> list[Clause]:
    inside = {at for quantity in clause.quantities for at in range(quantity.i, quantity.j)}
    cuts = [at for at in range(clause.i, clause.j) if clause.tagged.low[at] in marks and at not in inside]
    bounds = [clause.i - 1, *cuts, clause.j]
    return [_cell(clause, i + 1, j) for i, j in pairwise(bounds) if j > i + 1]


def _parenthesised(clause: Clause) -> list[Clause]:
    low = clause.tagged.low
    opened = [at for at in range(clause.i, clause.j) if low[at] == _OPENS]
    found = []
    for at in opened:
        end = next((k for k in range(at, clause.j) if low[k] == _CLOSES), clause.j)
        if end > at + 1:
            found.append(_cell(clause, at + 1, end))
    return found


def _cell(clause: Clause, i: int, j: int) -> Clause:
    mask = reduce(or_, clause.tagged.tags[i:j], 0)
    return replace(
        clause,
        i=i,
        j=j,
        mask=mask,
        quantities=[quantity for quantity in clause.quantities if i <= quantity.i < j],
        years=[known for known in clause.years if i <= known.i < j],
        left=clause,
        is_elliptic=True,
        low=clause.tagged.low[i:j],
    )


def whole_of(clause: Clause, quantity: Quantity) -> bool:
    """ "Av kommunens 212 personbilar är 147 laddbara": whether the quantity is the whole of which another is a part."""
    low = clause.tagged.low
    at = quantity.i - 1
    if quantity.kind not in ("count", "bare", "actors", "people"):
        return False
    while at > clause.i and quantity.i - at < _CLOSE and low[at] != "av":
        at -= 1
    if at < 0 or low[at] != "av" or at - clause.i > 1:
        return False
    return any(other.i > quantity.i for other in clause.quantities)
