"""Goals: from clauses to what the municipality has promised to reach.

Here: which clause states a goal, and the goal's slots put together. Not here: the slots themselves (quantities, years,
metrics, status, ownership) and results (outcomes).
"""

from dataclasses import dataclass, field, replace

from orchestration.contracts.model import Document, Municipality, Span
from orchestration.extraction import metrics
from orchestration.extraction.clauses import Clause
from orchestration.extraction.documents import find_document, says_again
from orchestration.extraction.facts import Evidence, Goal
from orchestration.extraction.ownership import Own, is_others
from orchestration.extraction.quantities import Quantity
from orchestration.extraction.reading import Reading, evidence_span
from orchestration.extraction.status import goal_status
from orchestration.extraction.words import bit
from orchestration.extraction.years import Year

_MUST, _CAP, _WAS = bit("must"), bit("cap"), bit("was")
_AIM_NOUN, _AIM_VERB, _AIM_IS = bit("aim_noun"), bit("aim_verb"), bit("aim_is")
_MEASURES, _STATES = metrics.MEASURES, metrics.STATES
_GATE = _MUST | _CAP | _AIM_NOUN | _AIM_VERB | _AIM_IS | _STATES | bit("carbon_budget", "decrease", "increase", "zero")
_UNDECIDED, _ACTIVITY, _ALL, _ZERO = bit("undecided"), bit("activity"), bit("all"), bit("zero")
_FORMER, _SAYS, _BUDGET, _DECREASE, _INCREASE = (
    bit("former"), bit("says"), bit("carbon_budget"), bit("decrease"), bit("increase"))  # fmt: skip
_JOINING, _ACHIEVED, _SUPERSEDED = bit("joining", "joined"), bit("achieved"), bit("superseded")
_NEGATION, _PROPOSAL, _AIR, _RESILIENCE = bit("negation"), bit("proposal"), bit("air"), bit("resilience")
_CHANGE = _DECREASE | _INCREASE
_LEVEL_KINDS = frozenset({"percent", "mass", "energy", "other", "scaled"})
_COUNT_KINDS = frozenset({"actors", "people", "count", "bare"})
_SKIPPED_SECTIONS = frozenset({"strategic_projects", "lessons"})


@dataclass(slots=True)
class _Context:
    """What earlier sentences of the text said that later ones lean on."""

    own: Own
    document_name: str | None = None
    document_mask: int = 0
    document_at: int = -10
    measure_mask: int = 0
    measure_at: int = -10
    last: "Goal | None" = None
    goals: list[Goal] = field(default_factory=list)


def find_goals(document: Document, municipality: Municipality, readings: list[Reading]) -> tuple[Goal, ...]:
    """The goals of a document in the order of the text; one goal stated twice is one goal with two evidence spans."""
    context = _Context(Own(municipality))
    for number, reading in enumerate(readings):
        _note_document(reading, context, number)
        if reading.sentence.section not in _SKIPPED_SECTIONS and _may_hold(reading):
            for clause in reading.clauses:
                goal = _goal(document, reading, clause, context, number)
                if goal is not None:
                    context.goals.append(goal)
                    if goal.ownership != "external":
                        context.last = goal
        measured = reading.tagged.mask & _MEASURES
        if measured:
            context.measure_mask, context.measure_at = measured, number
    return tuple(_merged(context.goals))


def _may_hold(reading: Reading) -> bool:
    return bool(reading.tagged.mask & _GATE)


def _note_document(reading: Reading, context: _Context, number: int) -> None:
    if not reading.tagged.mask & bit("document", "document_again"):
        return
    name = find_document(reading.tagged)
    if name is not None:
        context.document_name, context.document_mask = name, reading.tagged.mask
        context.document_at = number
    elif says_again(reading.tagged):
        context.document_at = number
        if reading.tagged.mask & bit("referral", "proposal", "adopted"):
            context.document_mask = reading.tagged.mask


def _mode(clause: Clause, reading: Reading) -> str:
    """goal, nominal (an aim noun names it), result or none."""
    mask = clause.mask
    if mask & _UNDECIDED:
        return "none"
    if mask & (_MUST | _CAP):
        return "goal"
    if mask & _AIM_NOUN:
        return "nominal"
    if mask & (_AIM_IS | _AIM_VERB):
        return "goal"
    if mask & _WAS:
        return "result"
    left = clause.left
    while left is not None:
        if left.mask & (_MUST | _CAP | _AIM_IS | _AIM_NOUN | _AIM_VERB):
            return "goal"
        if left.mask & _WAS and not left.mask & _SAYS:
            return "result"
        left = left.left
    return "elliptic"


def _leading(clause: Clause) -> Quantity | None:
    """The quantity that a goal is about: a measured one before a counted one."""
    measured = [q for q in clause.quantities if q.kind in _LEVEL_KINDS]
    if measured:
        absolute = [q for q in measured if q.kind in ("mass", "energy")]
        return absolute[0] if absolute and not measured[0].kind == "percent" or (absolute and measured[0].change) else measured[0]
    counted = [q for q in clause.quantities if q.kind in _COUNT_KINDS and not q.kind == "bare"]
    bare = [q for q in clause.quantities if q.kind == "bare"]
    return counted[0] if counted else bare[0] if bare else None


def _target(clause: Clause) -> Year | None:
    """The year by which: a target cue first, then a range, a year from which, a plain year."""
    for role in ("target", "range", "plain", "effective"):
        for year in clause.years:
            if year.role == role:
                return year
    return None


def _goal(document: Document, reading: Reading, clause: Clause, context: _Context, number: int) -> Goal | None:
    mode = _mode(clause, reading)
    if mode in ("none", "result"):
        return None
    mask, quantity, target = clause.mask, _leading(clause), _target(clause)
    inherited = _inherited_mask(clause, context, number)
    rule = _rule(clause, reading, mode, quantity, target, inherited)
    if rule is None:
        return None
    own_measures = mask & _MEASURES
    return _assemble(document, reading, clause, context, number, rule, quantity, target,
                     own_measures or inherited & _MEASURES)  # fmt: skip


def _inherited_mask(clause: Clause, context: _Context, number: int) -> int:
    """Measure tags that an elliptic or anaphoric clause leans on: its left neighbours', then the sentence before."""
    left = clause.left
    while left is not None:
        if left.mask & _MEASURES:
            return left.mask & (_MEASURES | _CHANGE)
        left = left.left
    return context.measure_mask if number - context.measure_at <= 2 else 0


def _rule(
    clause: Clause, reading: Reading, mode: str, quantity: Quantity | None, target: Year | None, inherited: int
) -> tuple[str, float] | None:
    """The rule by which the clause states a goal, with its confidence; None where it states none."""
    mask = clause.mask
    measured = mask & _MEASURES
    has_year = target is not None and target.role != "name"
    is_modal = bool(mask & (_MUST | _CAP))
    if quantity is not None and quantity.kind in _LEVEL_KINDS and (measured or inherited & _MEASURES):
        if mode == "elliptic" and not (has_year or quantity.bound):
            return None
        if mode == "nominal" and not (has_year or quantity.bound or mask & _CHANGE or mask & _AIM_IS):
            return None
        return f"goal.quantity.{mode}", 0.9 if measured else 0.75
    if mask & _STATES or (mask & bit("net_emissions") and mask & _DECREASE):
        if mode == "goal" and (has_year or is_modal):
            return "goal.state.modal", 0.95
        if mode == "nominal" and not mask & _NEGATION:
            return "goal.state.nominal", 0.85
        if mode == "elliptic" and has_year and target is not None and target.role != "plain":
            return "goal.state.elliptic", 0.7
        if mode == "elliptic" and has_year and clause.left is not None:
            return "goal.state.elliptic", 0.7
        if mode == "goal":
            return "goal.state.aim", 0.7
        return None
    if quantity is not None and quantity.kind in _COUNT_KINDS:
        joins = quantity.kind in ("actors", "people") and mask & _JOINING
        if is_modal and mask & _ACTIVITY and not mask & bit("joining"):
            return None
        if mode in ("goal", "nominal", "elliptic") and has_year and (joins or measured or quantity.bound):
            return "goal.count", 0.8
        if mode == "goal" and is_modal and quantity.bound and (measured or joins):
            return "goal.count.bound", 0.7
    if is_modal and not mask & _ACTIVITY and mask & (_ALL | _ZERO) and (has_year or measured):
        return "goal.all", 0.75
    if is_modal and mask & (_AIR | _RESILIENCE) and has_year and not mask & _ACTIVITY:
        return "goal.threshold", 0.7
    if mode == "nominal" and measured and mask & bit("decrease", "increase", "resilience", "air", "modal"):
        return "goal.named", 0.6
    if mode == "goal" and mask & _AIM_VERB and measured:
        return "goal.aim", 0.6
    if mode == "goal" and is_modal and measured and has_year and not mask & _ACTIVITY:
        return "goal.qualitative", 0.5
    return None


def _assemble(
    document: Document, reading: Reading, clause: Clause, context: _Context, number: int, rule: tuple[str, float],
    quantity: Quantity | None, target: Year | None, measure_mask: int,
) -> Goal:  # fmt: skip
    mask = clause.mask
    near = number - context.document_at <= 3
    name = context.document_name if near else None
    is_state = bool(mask & _STATES) and (quantity is None or quantity.kind not in _LEVEL_KINDS)
    if is_state:
        quantity = quantity if quantity is not None and quantity.bound else None
    goal_type = metrics.goal_type(measure_mask | mask & bit("net_emissions"), quantity)
    change_mask = mask | (_inherited_mask(clause, context, number) & _CHANGE if clause.is_elliptic else 0)
    baseline = _baseline(clause, target)
    form, unit = _form(clause, quantity, goal_type, change_mask)
    span = evidence_span(document, clause)
    others = is_others(clause, context.own) or (clause.is_elliptic and clause.left is not None and is_others(clause.left, context.own))
    target_year = (target.end or target.value) if target is not None else _lent_year(clause, reading)
    effective = next((y.value for y in clause.years if y.role == "effective"), None)
    return Goal(
        goal_type=goal_type,
        target_form=form,
        scope="partners" if goal_type == "participation" else metrics.scope(clause, context.own, _subject_scope(clause)),
        sector=metrics.sector(measure_mask),
        statement=document.clean.text[clause.start : clause.end],
        value=None if quantity is None else round(quantity.value, 2),
        value_max=None if quantity is None or quantity.value_max is None else round(quantity.value_max, 2),
        unit=unit,
        direction=metrics.direction(change_mask, quantity, is_state=form == "end_state"),
        bound=None if quantity is None else quantity.bound or "exact",
        baseline_year=baseline,
        target_year=target_year,
        effective_year=effective,
        gas=None,
        status=goal_status(clause, reading.tagged.mask, context.document_mask if near else 0, has_document=name is not None),
        governing_document=name,
        ownership="external" if others else "own",
        evidence=Evidence(spans=(span,), section=reading.sentence.section, rule_id=rule[0], confidence=rule[1]),
    )


def _subject_scope(clause: Clause) -> int:
    """Scope cues of the clause to the left, for an elliptic clause or one that opens with its verb."""
    if clause.left is not None and (clause.is_elliptic or not clause.mask & _MEASURES):
        return clause.left.mask & bit("consumption_based", "urban_area", "district", "territorial", "municipal_group",
                                      "municipal_organisation")  # fmt: skip
    return 0


def _baseline(clause: Clause, target: Year | None) -> int | None:
    for year in clause.years:
        if year.role == "baseline":
            return year.value
    for year in clause.years:
        if year.role == "from" and year is not target:
            return year.value
    if target is not None and target.role == "range":
        return target.value
    return None


def _lent_year(clause: Clause, reading: Reading) -> int | None:
    """The target year that a clause without one shares with its neighbours in the sentence."""
    if clause.is_elliptic or {"tidpunkt", "samma"} & set(clause.low):
        left = clause.left
        while left is not None:
            year = _target(left)
            if year is not None and year.role != "name":
                return year.end or year.value
            left = left.left
        for other in reading.clauses:
            if other.left is clause and other.is_elliptic and (year := _target(other)) is not None:
                return year.end or year.value
    return None


def _form(clause: Clause, quantity: Quantity | None, goal_type: str, mask: int) -> tuple[str, str | None]:
    """Target form and unit."""
    if quantity is None:
        if clause.mask & (_STATES | _ALL | _ZERO | bit("net_emissions")) or goal_type in ("air_quality", "fossil_free"):
            return "end_state", None
        return "qualitative", None
    if goal_type == "carbon_budget" and quantity.kind in ("mass", "scaled"):
        return "budget", quantity.unit or "tCO2e"
    yearly = quantity.per == "year" or (clause.mask & bit("yearly") and quantity.kind == "percent")
    if quantity.kind == "percent":
        if yearly and mask & _CHANGE:
            return "annual_rate", "percent_per_year"
        if yearly:
            return "annual_rate", "percent_per_year"
        if quantity.change or (mask & _CHANGE and not clause.mask & bit("share_of") and "andelen" not in clause.low):
            return "base_year_reduction", "percent"
        return "share", "percent"
    if quantity.per in ("capita", "other"):
        return "intensity", quantity.unit
    if quantity.kind == "mass":
        return "fixed_level", quantity.unit or ("tCO2e" if goal_type == "emission_reduction" else None)
    if quantity.kind in ("energy", "other", "scaled"):
        return "fixed_level", quantity.unit
    return "count", "actors" if goal_type == "participation" else quantity.unit


def _merged(goals: list[Goal]) -> list[Goal]:
    """One goal for statements that agree; a bare mention of an end state joins the goal that states it fully."""
    found: list[Goal] = []
    for goal in goals:
        same = next((n for n, known in enumerate(found) if _agree(known, goal)), None)
        if same is None:
            found.append(goal)
        else:
            known = found[same]
            spans = (*known.evidence.spans, *goal.evidence.spans)
            found[same] = replace(known, evidence=replace(known.evidence, spans=spans))
    return [goal for goal in found if not _is_mention(goal, found)]


def _agree(one: Goal, other: Goal) -> bool:
    same = (one.goal_type, one.target_form, one.value, one.value_max, one.target_year, one.ownership) == (
        other.goal_type, other.target_form, other.value, other.value_max, other.target_year, other.ownership)  # fmt: skip
    if not same:
        return False
    if one.goal_type in ("other",):
        return one.statement == other.statement
    scopes = {one.scope, other.scope}
    return len(scopes) == 1 or "not_specified" in scopes


def _is_mention(goal: Goal, goals: list[Goal]) -> bool:
    """A goal without year and value ("målet om klimatneutralitet") beside one that says the same with a year."""
    if goal.target_year is not None or goal.value is not None or goal.effective_year is not None:
        return False
    return any(
        other is not goal and other.goal_type == goal.goal_type and (other.target_year or other.value is not None)
        and other.ownership == goal.ownership
        for other in goals
    )  # fmt: skip


__all__ = ["Span", "find_goals"]
