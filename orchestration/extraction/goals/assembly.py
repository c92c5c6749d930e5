"""A goal put together from a clause, its rule, its leading quantity and year.

Here: from slots to the fact. Not here: whether there is a goal (modes, rules), the slots themselves (slots).
"""

from orchestration.contracts.model import Document
from orchestration.extraction.clauses import metrics
from orchestration.extraction.clauses.clause import Clause
from orchestration.extraction.clauses.decisions import decision_in
from orchestration.extraction.clauses.documents import find_document
from orchestration.extraction.clauses.foreign_subjects import has_foreign_subject
from orchestration.extraction.clauses.metrics import is_per_head
from orchestration.extraction.clauses.ownership import is_others
from orchestration.extraction.clauses.reading import Reading, evidence_span
from orchestration.extraction.clauses.units import Quantity
from orchestration.extraction.clauses.years import Year
from orchestration.extraction.facts import Evidence, Goal
from orchestration.extraction.goals.aims import left_aims
from orchestration.extraction.goals.context import (
    COUNT_KINDS,
    LEVEL_KINDS,
    GoalContext,
    inherited_mask,
)
from orchestration.extraction.goals.modes import aim_at
from orchestration.extraction.goals.slots import (
    baseline_of,
    form_and_unit,
    goal_bound,
    goal_direction,
    goal_scope,
    is_budget,
    left_is_others,
    lent_baseline,
    lent_year,
)
from orchestration.extraction.goals.status import goal_status
from orchestration.extraction.goals.tags import AIM_NOUN, BUDGET, CHANGE, JOINING, MEASURES, NET, STATES
from orchestration.extraction.language.words import bit

_DISCLAIMED, _OTHERS_HEADING = bit("disclaimed"), bit("others_heading")
_ENDORSED = bit("endorsed")


def assemble(
    document: Document, reading: Reading, clause: Clause, context: GoalContext, number: int, rule: tuple[str, float],
    quantity: Quantity | None, target: Year | None, measure_mask: int,
) -> Goal:  # fmt: skip
    """The goal that the clause states by the rule, with the slots of the clause and of what it leans on."""
    mask = clause.mask
    near = number - context.document_at <= 3
    name = context.document_name if near else None
    if reading.tagged.mask & bit("document"):
        name = find_document(reading.tagged, clause.j) or name
    is_state = bool(mask & STATES) and (quantity is None or quantity.kind not in LEVEL_KINDS)
    if is_state or rule[0] in ("goal.none", "goal.named", "goal.state.elliptic", "goal.all"):
        quantity = quantity if quantity is not None and quantity.bound else None
    if (
        (
            quantity is not None
            and ("antalet" in clause.low or (quantity.kind == "bare" and _counts_them(clause, rule[0])))
            and context.counts_actors
            and not mask & MEASURES
        )
        or (
            quantity is not None
            and quantity.kind in COUNT_KINDS
            and "antalet" in clause.low
            and mask & bit("organisations")
        )
        or (
            mask & JOINING
            and quantity is not None
            and not mask & metrics.STATES
            and (
                quantity.kind in ("actors", "people") or (quantity.kind in COUNT_KINDS and "antalet" not in clause.low)
            )
        )
    ):
        goal_type = "participation"
    elif is_budget(clause, quantity, target):
        goal_type = "carbon_budget"
    elif rule[0] == "goal.named" and not mask & MEASURES:
        is_climate = mask & bit("consumption_based") or any(low.startswith("klimatmål") for low in clause.low)
        goal_type = "emission_reduction" if is_climate else "governance"
    else:
        if quantity is not None and (quantity.kind not in ("mass", "scaled") or is_per_head(clause)):
            measure_mask &= ~BUDGET
        goal_type = metrics.goal_type(measure_mask | mask & NET, quantity)
        if (
            goal_type == "other"
            and not measure_mask & MEASURES
            and quantity is not None
            and quantity.kind == "percent"
            and (mask & AIM_NOUN or left_aims(clause) or rule[0] == "goal.in_force")
        ):
            goal_type = "emission_reduction"
    change_mask = mask | (inherited_mask(clause, context, number) & CHANGE if clause.is_elliptic else 0)
    baseline = None if goal_type == "carbon_budget" or quantity is None else baseline_of(clause, target, context.year)
    form, unit = form_and_unit(clause, quantity, goal_type, change_mask)
    if (
        quantity is not None
        and quantity.kind == "mass"
        and quantity.per != "capita"
        and goal_type == "emission_reduction"
        and (is_per_head(clause) or (context.is_per_head and not mask & MEASURES))
    ):
        form, unit = "intensity", "tCO2e_per_capita"
    span = evidence_span(document, clause)
    if rule[0] in ("goal.named", "goal.state.nominal") and target_is_behind(clause):
        start = clause.tagged.tokens[max(clause.i, aim_at(clause) - 3)].start
        span = document.clean.raw_span(start, clause.end)
    others = (
        is_others(clause, context.own)
        or left_is_others(clause, context.own)
        or (number <= context.others_until and not any(context.own.owns(low) for low in clause.low))
        or has_foreign_subject(clause, context.own)
    )
    if baseline is None and form == "base_year_reduction":
        baseline = lent_baseline(clause, reading)
    if rule[0] == "goal.named" and target is not None and target.role == "effective":
        target = None
    target_year = (target.end or target.value) if target is not None else lent_year(clause, reading, context.year)
    if target_year is None and not change_mask & CHANGE and any(year.role == "from" for year in clause.years):
        target_year, baseline = baseline, None
    effective = next((year.value for year in clause.years if year.role == "effective"), None)
    if effective is None and target is not None:
        effective = next(
            (y.value for y in clause.years if y.role == "from" and y.value > context.year and y is not target), None
        )
    if target_year is None and context.last is not None and set(clause.low) >= _SAME:
        target_year = context.last.target_year
    if target is not None and {"kraft", "gälla", "gäller"} & set(clause.low) and rule[0] == "goal.named":
        effective, target_year = target.value, None
    body, date = decision_in(reading.tagged, context.year)
    if body is None and date is None and near and name is not None:
        body, date = context.decision
    return Goal(
        goal_type=goal_type,
        target_form=form,
        scope=goal_scope(clause, context, goal_type, measure_mask),
        sector=metrics.sector(measure_mask),
        statement=document.clean.text[clause.start : clause.end],
        value=None if quantity is None else round(quantity.value, 2),
        value_max=None if quantity is None or quantity.value_max is None else round(quantity.value_max, 2),
        unit=unit,
        direction=goal_direction(change_mask, quantity, form),
        bound=goal_bound(clause, quantity),
        baseline_year=baseline,
        target_year=target_year,
        effective_year=effective,
        gas=metrics.gas(unit),
        decision_body=body,
        decision_date=date,
        status=goal_status(
            clause, reading.tagged.mask, context.document_mask if near else 0, has_document=name is not None
        ),
        governing_document=name,
        ownership=("adopted" if clause.tagged.mask & _ENDORSED else "external") if others else "own",
        evidence=Evidence(spans=(span,), section=reading.sentence.section, rule_id=rule[0], confidence=rule[1]),
    )


def _counts_them(clause: Clause, rule: str) -> bool:
    """ "siktet är inställt på 75", "de ska bli hundra": a number of those counted just before."""
    return rule == "goal.bare" or bool({"de", "dem", "vi"} & set(clause.low))


def target_is_behind(clause: Clause) -> bool:
    """Whether what is aimed at stands behind the aim noun, so that the quote may begin there."""
    aim = aim_at(clause)
    return not any(clause.tagged.tags[at] & STATES for at in range(clause.i, aim))


_SAME = frozenset({"samma", "år"})
