"""By which rule a clause states a goal. Every goal carries the id of the rule that made it.

Here: the ordered rules with their confidence. Not here: the constructions they ask for (aims, labels, promises), the
goal's slots (slots).
"""

from orchestration.extraction.clauses.clause import Clause
from orchestration.extraction.clauses.tense import has_past
from orchestration.extraction.clauses.units import Quantity
from orchestration.extraction.clauses.years import Year
from orchestration.extraction.goals.aims import (
    aims_at,
    hands_over,
    is_equated,
    is_named,
    is_proper_name,
    is_purpose,
    is_recalled,
    left_aims,
    says_so,
)
from orchestration.extraction.goals.context import (
    COUNT_KINDS,
    LEVEL_KINDS,
    PAST_GOAL,
    GoalContext,
    left_is_ahead,
    lies_ahead,
)
from orchestration.extraction.goals.labels import (
    RULING,
    is_label_line,
    is_labelled,
    is_last_step,
    is_next_level,
    reports_behind_colon,
)
from orchestration.extraction.goals.modes import REVISED
from orchestration.extraction.goals.promises import (
    LEVELLING,
    STATIVE,
    UNDERTAKINGS,
    budget_before,
    caps,
    changes_itself,
    describes_state,
    is_free_of,
    is_idle,
    is_one_of,
    is_projected,
    is_spoken_of,
    reports_first,
    sets_to_work,
)
from orchestration.extraction.goals.tags import (
    ACTIVITY,
    AIM_IS,
    AIM_NOUN,
    AIM_VERB,
    AIR,
    ALL,
    BUDGET,
    BUILDING,
    CAP,
    CHANGE,
    COMPLETION,
    DECREASE,
    FORMER,
    JOINING,
    MAY,
    MEASURES,
    MUST,
    NEED,
    NEGATION,
    NET,
    PURPOSE,
    RESILIENCE,
    STATES,
    WAS,
    WORKS,
    ZERO,
)
from orchestration.extraction.language.words import bit

PRONOUNS = frozenset({"den", "det", "de", "dessa", "denna", "detta"})


def rule_of(
    clause: Clause,
    context: GoalContext,
    mode: str,
    quantity: Quantity | None,
    target: Year | None,
    inherited: int,
) -> tuple[str, float] | None:
    """The rule by which the clause states a goal, with its confidence; None where it states none."""
    mask = clause.mask
    measured = mask & MEASURES
    has_year = target is not None
    ahead = lies_ahead(target, context) or (target is None and left_is_ahead(clause, context))
    is_modal = bool(mask & (MUST | CAP | MAY))
    is_level = quantity is not None and quantity.kind in LEVEL_KINDS
    if (
        mask & BUDGET
        and is_level
        and quantity is not None
        and quantity.kind in ("mass", "scaled")
        and quantity.per is None
    ):
        if mask & (bit("spent") | NEED) or not budget_before(clause, quantity):
            return None
        return "goal.budget", 0.8
    if (
        mask & FORMER
        and quantity is not None
        and not measured
        and inherited & MEASURES
        and (is_recalled(clause) or (is_level and mode == "elliptic" and ":" in clause.low))
    ):
        return "goal.former.level", 0.6
    if is_idle(clause, quantity, target):
        return None
    if reports_first(clause, quantity) and mask & ZERO and is_modal and ahead:
        return "goal.none", 0.6
    if reports_first(clause, quantity) or (
        clause.low[0] == "vilket" and not measured and mask & WAS and "motsvarar" not in clause.low
    ):
        return None
    if mode == "result" and ahead and is_label_line(clause, quantity) and not reports_behind_colon(clause):
        return "goal.label.line", 0.6
    if mode in ("none", "result"):
        if mode == "result" and is_purpose(clause):
            return "goal.purpose", 0.5
        if mode == "result" and mask & STATES and mask & bit("superseded") and has_year:
            return "goal.state.superseded", 0.6
        return None
    if (is_modal and mask & COMPLETION and not mask & STATES) or (mode == "elliptic" and is_projected(clause)):
        return None
    has_matter = measured or inherited & MEASURES or mask & (AIM_NOUN | AIM_IS) or left_aims(clause)
    if mode == "elliptic" or (clause.is_elliptic and mode == "goal"):
        left = clause.left
        is_bare = not measured and quantity is None and ahead and clause.j - clause.i <= 6
        if is_bare and target is not None and left is not None and left.mask & STATES and clause.i + 1 < clause.j:
            return "goal.state.shared", 0.6
    if mode == "laid_down" and is_level and "gäller" in clause.low and target is not None and ahead:
        return "goal.in_force", 0.6
    if mode in ("elliptic", "goal", "laid_down") and (
        (ahead and is_last_step(clause, context)) or (is_level and is_next_level(clause, context, quantity))
    ):
        return "goal.next_level", 0.6
    if mode == "elliptic" and ahead and is_label_line(clause, quantity):
        return "goal.label.line", 0.6
    if is_level and quantity is not None and (has_matter or (is_modal and ahead and not mask & ACTIVITY)):
        opens_with_bound = clause.left is None and measured and clause.low[0] in RULING
        if mode == "elliptic" and (is_labelled(clause, quantity) or opens_with_bound) and not has_past(clause):
            return "goal.label", 0.6
        if mode == "elliptic" and not (ahead or (quantity.bound in ("at_most", "at_least") and mask & CHANGE)):
            return None
        if mode == "laid_down" and not (ahead or quantity.bound or mask & CHANGE):
            return None
        if (
            mode == "laid_down"
            and quantity.kind != "mass"
            and not (mask & CHANGE or mask & bit("share_of") or quantity.bound or measured)
        ):
            return None
        if mode == "nominal" and not (has_year or quantity.bound or mask & (CHANGE | AIM_IS | PAST_GOAL | REVISED)):
            return None
        return f"goal.quantity.{mode}", 0.9 if measured else 0.75
    if mask & STATES and is_proper_name(clause) and mode != "nominal":
        return None
    if (
        mode in ("nominal", "goal", "laid_down")
        and quantity is not None
        and quantity.kind in COUNT_KINDS
        and (
            aims_at(clause, quantity) if mode != "laid_down" else quantity.kind == "bare" and says_so(clause, quantity)
        )
        and (ahead or inherited & MEASURES or context.counts_actors)
        and (has_year or quantity.kind == "bare")
    ):
        return "goal.bare", 0.6
    if (
        mode == "goal"
        and not is_modal
        and mask & DECREASE
        and measured
        and ahead
        and quantity is None
        and target is not None
        and target.role == "target"
    ):
        return "goal.phased_out", 0.6
    if mask & STATES or (mask & NET and mask & DECREASE):
        if is_modal and mask & ACTIVITY and is_spoken_of(clause):
            return None
        if mode == "goal" and (has_year or is_modal):
            return ("goal.state.modal", 0.95) if has_year or set(clause.low) & STATIVE else None
        if mode == "nominal":
            return "goal.state.nominal", 0.85
        if mode in ("elliptic", "laid_down") and ahead and not clause.mask & bit("granted", "adopted"):
            is_short = clause.j - clause.i <= (14 if ":" in clause.low else 9)
            return ("goal.state.elliptic", 0.7) if clause.left is not None or is_short else None
        if mode == "goal":
            return "goal.state.aim", 0.7
        return None
    if quantity is not None and quantity.kind in COUNT_KINDS:
        joins = quantity.kind in ("actors", "people") or mask & JOINING
        if is_modal and mask & (ACTIVITY | bit("gathering")) and not (mask & JOINING and not mask & bit("gathering")):
            return None
        if is_one_of(clause, quantity) or (is_modal and clause.low[0] in UNDERTAKINGS):
            return None
        if quantity.bound in ("at_most", "at_least") and mask & AIM_NOUN and (measured or inherited & MEASURES):
            return "goal.bound", 0.7
        if mode == "nominal" and joins and mask & PAST_GOAL and (quantity.noun >= 0 or context.counts_actors):
            return "goal.count.past", 0.6
        if mode == "nominal" and has_year and quantity.kind == "bare" and context.counts_actors:
            return "goal.count.joined", 0.6
        if is_modal and quantity.bound and (measured or inherited & MEASURES) and caps(clause, quantity):
            return "goal.count.cap", 0.6
        if (
            mode == "elliptic"
            and quantity.bound in ("at_most", "at_least")
            and measured
            and is_labelled(clause, quantity)
        ):
            return "goal.label", 0.6
        if mode in ("goal", "nominal") and has_year and (joins or measured or quantity.bound or is_modal):
            return "goal.count", 0.8
        if (
            mode in ("elliptic", "laid_down")
            and ahead
            and target is not None
            and target.role == "target"
            and (mask & JOINING or measured)
            and not mask & ACTIVITY
            and clause.j - clause.i <= 12
        ):
            return "goal.count.elliptic", 0.6
        if mode == "goal" and is_modal and quantity.bound and (measured or joins):
            return "goal.count.bound", 0.7
    if (
        is_modal
        and not mask & ACTIVITY
        and mask & (ALL | ZERO)
        and (measured or (target is not None and target.role != "from"))
    ):
        return "goal.all", 0.75
    if (
        mode in ("goal", "elliptic")
        and ahead
        and mask & (ALL | ZERO)
        and measured
        and not mask & (ACTIVITY | WORKS)
        and (mode == "goal" or (target is not None and target.role == "target"))
        and clause.j - clause.i <= 14
    ):
        return "goal.all.present", 0.6
    if is_modal and mask & ZERO and clause.tagged.tags[clause.i] & ZERO:
        return "goal.none", 0.7
    if mode in ("elliptic", "laid_down", "goal") and ahead and "sista" in clause.low and mask & STATES:
        return "goal.last", 0.6
    if mode == "elliptic" and ahead and measured and mask & ZERO and clause.j - clause.i <= 14:
        return "goal.none.elliptic", 0.6
    if is_modal and mask & (AIR | RESILIENCE) and has_year and not mask & ACTIVITY:
        return "goal.threshold", 0.7
    if is_modal and is_free_of(clause):
        return "goal.free_of", 0.6
    if mask & CAP and mask & NEGATION and quantity is None and clause.years and set(clause.low) & LEVELLING:
        return "goal.kept_level", 0.6
    if mask & CAP and mask & CHANGE and mask & NEGATION and measured and quantity is None:
        return "goal.no_change", 0.6
    if is_modal and mask & CHANGE and mask & NEGATION and set(clause.low[:2]) & PRONOUNS and inherited & MEASURES:
        return "goal.no_change", 0.6
    is_yearly = quantity is not None and (quantity.per == "year" or bool(mask & bit("yearly")))
    if mode != "nominal" and mask & AIM_NOUN and mask & CHANGE and is_yearly:
        return "goal.tightened", 0.6
    if mode == "nominal" and is_named(clause):
        return "goal.named", 0.6
    if mode == "nominal" and measured and quantity is None and is_equated(clause):
        return "goal.equated", 0.5
    if mode == "goal" and mask & AIM_VERB and measured and not hands_over(clause) and "hoppas" not in clause.low:
        return "goal.aim", 0.6
    if is_purpose(clause):
        return "goal.purpose", 0.5
    if mode == "goal" and is_modal and measured and ahead and not mask & ACTIVITY and not sets_to_work(clause):
        return "goal.qualitative", 0.5
    if (
        mode == "goal"
        and is_modal
        and quantity is None
        and (ahead or measured & ~BUILDING)
        and not mask & ACTIVITY
        and describes_state(clause)
    ):
        return "goal.described", 0.5
    if is_modal and measured and quantity is None and not mask & (ACTIVITY | PURPOSE) and changes_itself(clause):
        return "goal.change", 0.5
    return None
