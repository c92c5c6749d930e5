"""What earlier sentences said that a goal leans on, and which quantity and year of a clause lead.

Here: the running context and the choice of slots. Not here: whether a clause states a goal (goal_modes, goal_rules).
"""

from dataclasses import dataclass, field

from orchestration.extraction.clauses import metrics
from orchestration.extraction.clauses.clause import Clause
from orchestration.extraction.clauses.own import Own
from orchestration.extraction.clauses.units import Quantity
from orchestration.extraction.clauses.years import Year
from orchestration.extraction.facts import Goal
from orchestration.extraction.language.words import bit

_MEASURES = metrics.MEASURES
_FORMER = bit("former")
_CHANGE = bit("decrease", "increase")
LEVEL_KINDS = frozenset({"percent", "mass", "energy", "other", "scaled"})
COUNT_KINDS = frozenset({"actors", "people", "count", "bare"})
_LEVEL_WORDS = frozenset({"med", "till", "genomsnitt", "snitt"})
PAST_GOAL = bit("former", "achieved", "superseded")


@dataclass(slots=True)
class GoalContext:
    """What earlier sentences of the text said that later ones lean on."""

    own: Own
    document_name: str | None = None
    document_mask: int = 0
    decision: tuple[str | None, str | None] = (None, None)
    document_at: int = -10
    others_until: int = -1
    section: str = ""
    measure_mask: int = 0
    measure_at: int = -10
    last: "Goal | None" = None
    last_at: int = -10
    year: int = 2025
    last_clause: Clause | None = None
    counts_actors: bool = False
    is_per_head: bool = False
    goals: list[Goal] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)


def arrow_at(clause: Clause) -> int:
    """The position of "→" in "21 % (2019) → 30 % (2030)": what is aimed at stands behind it; -1 without one."""
    return clause.i + clause.low.index("→") if "→" in clause.low else -1


def leading_quantity(clause: Clause) -> Quantity | None:
    """The quantity that a goal is about: a measured one before a counted one."""
    measured = [q for q in clause.quantities if q.kind in LEVEL_KINDS and q.i > arrow_at(clause)]
    if measured:
        changed = next((q for q in measured if q.kind == "percent"), None) if measured[0].kind == "other" else None
        if changed and (clause.tagged.low[changed.i - 1] in _LEVEL_WORDS or measured[0].bound is None):
            return changed
        absolute = [q for q in measured if q.kind in ("mass", "energy")]
        return (
            absolute[0]
            if (absolute and measured[0].kind != "percent") or (absolute and measured[0].change)
            else measured[0]
        )
    counted = [q for q in clause.quantities if q.kind in COUNT_KINDS and q.kind != "bare"]
    bare = [q for q in clause.quantities if q.kind == "bare"]
    return counted[0] if counted else bare[0] if bare else None


def target_of(clause: Clause, earliest: int = 0) -> Year | None:
    """The year by which: a target cue first, then a range, a plain year, a year from which. A plain year before
    `earliest` dates a decision, not a goal."""
    for role in ("target", "range", "plain", "effective", "from", "dated", "aside"):
        for year in clause.years:
            if year.i < arrow_at(clause):
                continue
            if year.role != role or (role == "from" and clause.quantities and year.value <= earliest):
                continue
            if (
                role in ("plain", "dated", "range", "aside")
                and (year.end or year.value) < earliest + (role == "aside")
                and not clause.mask & PAST_GOAL
                and "skulle" not in clause.low
            ):
                continue
            return year
    return None


def inherited_mask(clause: Clause, context: GoalContext, number: int) -> int:
    """Measure tags that an elliptic or anaphoric clause leans on: its left neighbours', then the sentence before."""
    left = clause.left
    while left is not None:
        if left.mask & _MEASURES:
            return left.mask & (_MEASURES | _CHANGE)
        left = left.left
    return context.measure_mask if number - context.measure_at <= 2 or clause.mask & _FORMER else 0


def lies_ahead(target: Year | None, context: GoalContext) -> bool:
    """Whether the target year lies ahead of the contract (or the contract's own year is not known)."""
    if target is None or target.role == "name":
        return False
    year = target.end or target.value
    return year > context.year or (year == context.year and target.role in ("target", "effective", "range"))


def left_is_ahead(clause: Clause, context: GoalContext) -> bool:
    """Whether an elliptic clause shares a target year ahead with its left neighbours ("40 % cykel 2030, 20 % buss")."""
    left = clause.left
    while clause.is_elliptic and left is not None:
        if lies_ahead(target_of(left), context):
            return True
        left = left.left
    return False
