"""Labels and rows: "Villaägarnas olja: borta 2028", "max 300 kg", "från 2028 240 kg", "alla 2030".

Here: what a verbless line promises. Not here: clauses with a verb (promises), aim nouns (aims).
"""

from orchestration.extraction.clauses.clause import Clause
from orchestration.extraction.clauses.units import Quantity
from orchestration.extraction.goals.context import LEVEL_KINDS, GoalContext
from orchestration.extraction.goals.tags import ALL, MEASURES, WAS
from orchestration.extraction.language.words import bit


def is_next_level(clause: Clause, context: GoalContext, quantity: Quantity | None) -> bool:
    """ "…, från 2028 240 kg", "och därefter 900 ton per år": a further step of the goal just found in the sentence."""
    if not clause.is_elliptic or quantity is None or clause.left is None:
        return False
    is_dated = (
        any(year.role in ("from", "effective", "target") for year in clause.years) or "därefter" in clause.low[:2]
    )
    return is_dated and clause.left is context.last_clause


def is_label_line(clause: Clause, quantity: Quantity | None) -> bool:
    """ "Villaägarnas olja: borta 2028", "Eldrivna maskiner: hälften 2027": a label, what is to be, and a year."""
    low = clause.low
    if (
        ":" not in low
        or clause.j - clause.i > LONGEST_LABEL
        or not (clause.mask & (MEASURES | LABELLED) or FUELS & set(low))
    ):
        return False
    at = clause.i + low.index(":")
    is_share = quantity is not None and quantity.kind == "percent" and quantity.i > at
    behind = clause.tagged.low[at + 1 : clause.j]
    is_rate = quantity is not None and quantity.per == "year" and quantity.i > at and quantity.kind in LEVEL_KINDS
    return bool(behind) and (is_rate or is_share or bool(ENDING & set(behind[:4])))


FUELS = frozenset({"olja", "oljan", "diesel", "dieseln", "bensin", "bensinen", "torv", "kol", "gasol", "gas"})


def reports_behind_colon(clause: Clause) -> bool:
    """Whether what stands behind the colon tells of a result."""
    at = clause.i + clause.low.index(":")
    return any(tags & WAS for tags in clause.tagged.tags[at + 1 : clause.j])


SHORTEST_STEP = 5


LONGEST_LABEL = 16


LABELLED = bit("own_things", "possessive", "branch")


ENDING = frozenset({"borta", "noll", "alla", "samtliga", "inga", "inget", "ingen", "slut", "stopp", "ut"})


def is_last_step(clause: Clause, context: GoalContext) -> bool:
    """ "hälften 2026, alla 2030": the whole of what was just promised in part."""
    is_short = clause.j - clause.i <= SHORTEST_STEP
    return clause.is_elliptic and is_short and bool(clause.mask & ALL) and clause.left is context.last_clause


def is_labelled(clause: Clause, quantity: Quantity) -> bool:
    """ "Köpt el i byggnaderna: max 38 GWh", "i stadsdelen: högst 0,4 platser": a bound behind a colon is a rule."""
    low = clause.tagged.low
    at = next((k for k in range(quantity.i - 1, max(-1, quantity.i - 4), -1) if low[k] == ":"), -1)
    is_rate = quantity.per == "year" and bool(quantity.change) and any(year.role == "baseline" for year in clause.years)
    return at >= 0 and (is_rate or any(low[k] in RULING for k in range(at + 1, quantity.i)))


RULING = frozenset({"≤", "≥", "<", ">", "max", "högst", "minst", "maximalt", "lägst", "under"})
