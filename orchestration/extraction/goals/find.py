"""Goals: from clauses to what the municipality has promised to reach.

Here: the way through a document, and a goal put together. Not here: modes, rules and slots (goal_modes, goal_rules,
goal_slots, metrics, status, ownership) and results (outcomes).
"""

from dataclasses import replace

from orchestration.contracts.model import Document, Municipality
from orchestration.extraction.clauses import metrics
from orchestration.extraction.clauses.clause import Clause
from orchestration.extraction.clauses.decisions import decision_in
from orchestration.extraction.clauses.documents import find_document, says_again
from orchestration.extraction.clauses.foreign_subjects import has_foreign_subject
from orchestration.extraction.clauses.metrics import is_per_head
from orchestration.extraction.clauses.own import Own
from orchestration.extraction.clauses.ownership import is_others
from orchestration.extraction.clauses.reading import Reading, evidence_span
from orchestration.extraction.clauses.reference import speaking_year
from orchestration.extraction.clauses.units import Quantity
from orchestration.extraction.clauses.years import Year, find_years
from orchestration.extraction.facts import Evidence, Goal
from orchestration.extraction.goals.aims import left_aims
from orchestration.extraction.goals.context import (
    COUNT_KINDS,
    LEVEL_KINDS,
    GoalContext,
    inherited_mask,
    leading_quantity,
    target_of,
)
from orchestration.extraction.goals.merging import FAMILY, merge, named_places
from orchestration.extraction.goals.modes import aim_at, mode_of
from orchestration.extraction.goals.rules import PRONOUNS, rule_of
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
from orchestration.extraction.language.words import Tagged, bit, opens_number

_MUST = bit("must")
_CAP = bit("cap")
_WAS = bit("was")
_AIM_NOUN = bit("aim_noun")
_AIM_VERB = bit("aim_verb")
_AIM_IS = bit("aim_is")
_MEASURES = metrics.MEASURES
_STATES = metrics.STATES
_GATE = (
    _MUST
    | _CAP
    | _AIM_NOUN
    | _AIM_VERB
    | _AIM_IS
    | _STATES
    | bit("carbon_budget", "decrease", "increase", "zero", "air", "former")
)
_FORMER = bit("former")
_BUDGET = bit("carbon_budget")
_CHANGE = bit("decrease", "increase")
_JOINING = bit("joining", "joined")
_AIR = bit("air")
_NET = bit("net_emissions")
_SKIPPED_SECTIONS = frozenset({"strategic_projects", "lessons"})


def find_goals(
    document: Document, municipality: Municipality, readings: list[Reading], version_year: int | None = None
) -> tuple[Goal, ...]:
    """The goals of a document in the order of the text; one goal stated twice is one goal with two evidence spans."""
    context = GoalContext(Own(municipality), year=version_year or speaking_year(document.raw))
    for number, reading in enumerate(readings):
        if reading.sentence.section != context.section:
            context.section, context.document_at = reading.sentence.section, -10
        _note_document(reading, context, number)
        if reading.tagged.mask & _OTHERS_HEADING and any(tags & _OTHERS_HEADING for tags in reading.tagged.tags[:3]):
            is_label = ":" in reading.tagged.low[:8] and len(reading.tagged.low) > _LABEL
            context.others_until = number if is_label else number + _HEADED
        if (document.kind == "excerpt" or reading.sentence.section not in _SKIPPED_SECTIONS) and _may_hold(reading):
            for clause in reading.clauses:
                if _tells_of_last(clause, context, number):
                    continue
                goal = _goal(document, reading, clause, context, number)
                if goal is not None:
                    if goal.governing_document is not None:
                        context.document_at = max(context.document_at, number - 2)
                    context.goals.append(goal)
                    context.last_clause = clause
                    context.sentences.append(number)
                    if goal.ownership != "external":
                        context.last, context.last_at = goal, number
                if clause.quantities:
                    context.counts_actors = any(q.kind in ("actors", "people") for q in clause.quantities)
                    context.is_per_head = is_per_head(clause)
        if reading.tagged.mask & _DISCLAIMED:
            _disclaim(context, number)
        measured = reading.tagged.mask & (_MEASURES | metrics.CARRIED)
        if measured:
            kept = context.measure_mask & metrics.CARRIED if number - context.measure_at <= 1 else 0
            context.measure_mask, context.measure_at = measured | kept, number
    goals = merge(context.goals, context.sentences)
    if not any(
        FAMILY.get(goal.goal_type, goal.goal_type) == "climate_neutral" and goal.ownership == "own" for goal in goals
    ):
        goals = [*goals, *named_places(document, readings, context.own)]
        goals.sort(key=lambda goal: goal.evidence.spans[0].start)
    return tuple(goals)


def _tells_of_last(clause: Clause, context: GoalContext, number: int) -> bool:
    """ "Det senare är än så länge en viljeinriktning", "Det målet missades": a remark on the goal just stated, whose
    status it gives. True where the clause holds nothing else."""
    if context.last is None or not context.goals or number - context.last_at != 1:
        return False
    low = clause.low
    is_anaphor = low[:2] in (["det", "målet"], ["det", "senare"], ["det", "kravet"], ["detta", "mål"]) or (
        low[0] in ("det", "detta") and len(low) > 1 and bool(clause.tagged.tags[clause.i + 1] & _WAS)
    )
    if (
        not is_anaphor
        or clause.mask & _MEASURES
        or clause.years
        or clause.mask & _MUST
        or context.goals[-1] is not context.last
    ):
        return False
    for mask, status in _REMARKS:
        if clause.mask & mask:
            context.last = context.goals[-1] = replace(context.last, status=status)
            return True
    return False


_REMARKS = (
    (bit("superseded"), "superseded"),
    (bit("achieved"), "achieved"),
    (bit("referral"), "on_referral"),
    (bit("proposal", "undecided"), "proposed"),
    (bit("declared"), "declared"),
)


def _leans(clause: Clause) -> bool:
    """Whether a clause that names no measure goes on about the one before ("den ska", "målet är", "hälften 2030")."""
    return (
        clause.is_elliptic
        or bool(clause.mask & (_AIM_NOUN | _AIM_IS | _FORMER))
        or bool(_LEANING & set(clause.low[:5]))
        or clause.tagged.tokens[clause.i].kind == "number"
    )


_LEANING = PRONOUNS | {"motsvarande", "andelen", "nivån", "takten", "siffran", "minskningen", "ökningen", "där", "sedan",
                       "därefter", "ska", "dit", "alla", "samtliga", "hälften"}  # fmt: skip


def _as_in_row(clause: Clause, quantity: Quantity) -> Quantity:
    """ "187 kWh/m² (2015) | 151 (2022) | målvärde 130 (2027)": a bare number in the unit of its row."""
    left = clause.left
    while left is not None and left.tagged is clause.tagged:
        measured = next((other for other in left.quantities if other.kind in LEVEL_KINDS), None)
        if measured is not None and "|" in clause.tagged.low:
            return replace(quantity, kind=measured.kind, unit=measured.unit, per=measured.per)
        left = left.left
    return quantity


def _counts_them(clause: Clause, rule: str) -> bool:
    """ "siktet är inställt på 75", "de ska bli hundra": a number of those counted just before."""
    return rule == "goal.bare" or bool({"de", "dem", "vi"} & set(clause.low))


_SAME = frozenset({"samma", "år"})


def _disclaim(context: GoalContext, number: int) -> None:
    """The goal just stated is said to be no commitment: it is somebody else's."""
    if context.goals and number - context.sentences[-1] <= 1 and context.goals[-1].governing_document is None:
        context.goals[-1] = replace(context.goals[-1], ownership="external")


_DISCLAIMED, _OTHERS_HEADING = bit("disclaimed"), bit("others_heading")
_LABEL = 12
"""Words behind which a heading with a colon holds for its own line only."""
_HEADED = 3
"""Sentences for which a label such as "Andras mål." holds at most."""


def _may_hold(reading: Reading) -> bool:
    tagged = reading.tagged
    if reading.sentence.text.endswith("?"):
        return False
    return bool(tagged.mask & _GATE) or bool(tagged.mask & opens_number())


def _note_document(reading: Reading, context: GoalContext, number: int) -> None:
    if not reading.tagged.mask & bit("document", "document_again"):
        return
    name = find_document(reading.tagged)
    if name is not None:
        context.document_name, context.document_mask = name, _settled(reading.tagged)
        context.decision = decision_in(reading.tagged, context.year)
        context.document_at = number
    elif says_again(reading.tagged):
        context.document_at = number
        if reading.tagged.mask & bit("referral", "proposal", "adopted"):
            context.document_mask = reading.tagged.mask


def _settled(tagged: Tagged) -> int:
    """The tags of a sentence that names a document; a referral that lies behind its decision is none any more."""
    mask = tagged.mask
    if mask & bit("adopted") and mask & bit("referral") and "efter" in tagged.low:
        mask &= ~bit("referral")
    return mask


def target_is_behind(clause: Clause) -> bool:
    """Whether what is aimed at stands behind the aim noun, so that the quote may begin there."""
    aim = aim_at(clause)
    return not any(clause.tagged.tags[at] & _STATES for at in range(clause.i, aim))


def _is_reported(clause: Clause, quantity: Quantity) -> bool:
    """A figure that a verb of result gives before the aim is named: "står för hälften av utsläppen … målet om"."""
    tags = clause.tagged.tags
    aim = aim_at(clause)
    return quantity.i < aim and any(tags[at] & _WAS for at in range(clause.i, quantity.i))


def _goal(document: Document, reading: Reading, clause: Clause, context: GoalContext, number: int) -> Goal | None:
    mode = mode_of(clause, reading, context)
    if mode in ("none", "result") and not clause.mask & (_FORMER | _BUDGET | _STATES | _AIR):
        return None
    quantity, target = leading_quantity(clause), target_of(clause, context.year)
    if target is None and reading.opener is not None:
        years = [year for year in find_years(reading.opener) if year.role in ("target", "plain", "range")]
        target = next((year for year in years if year.value > context.year), None)
    if mode == "nominal" and quantity is not None and _is_reported(clause, quantity):
        quantity = None
    if mode == "nominal":
        aim = aim_at(clause)
        behind = [other for other in clause.quantities if other.i > aim and other.kind in LEVEL_KINDS]
        if quantity is not None and quantity.i < aim and behind:
            quantity = behind[0]
        is_before = any(clause.tagged.tags[at] & _STATES for at in range(clause.i, aim))
        if quantity is None and target is not None and target.i < aim and not is_before:
            target = None
    again = _former_again(document, reading, clause, context, number, target)
    if again is not None:
        return again
    inherited = inherited_mask(clause, context, number)
    rule = rule_of(clause, context, mode, quantity, target, inherited)
    if rule is None:
        return None
    if quantity is not None and quantity.kind == "bare" and rule[0] == "goal.bare":
        quantity = _as_in_row(clause, quantity)
    measures = clause.mask & _MEASURES or (inherited & _MEASURES if _leans(clause) else 0)
    return _assemble(document, reading, clause, context, number, rule, quantity, target, measures)


def _former_again(
    document: Document, reading: Reading, clause: Clause, context: GoalContext, number: int, target: Year | None
) -> Goal | None:
    """ "Tidigare stod det 2045": the goal just stated, as it read before."""
    last = context.last
    is_anaphor = clause.mask & _FORMER and target is not None and not clause.mask & (_MEASURES | _AIM_NOUN)
    if not is_anaphor or last is None or number - context.last_at > 1 or clause.quantities or target is None:
        return None
    if not PRONOUNS & set(clause.low) or last.target_year in (None, target.value):
        return None
    evidence = Evidence(spans=(evidence_span(document, clause),), section=reading.sentence.section,
                        rule_id="goal.former.again", confidence=0.7)  # fmt: skip
    return replace(last, target_year=target.value, status="superseded", evidence=evidence, governing_document=None,
                   statement=document.clean.text[clause.start : clause.end])  # fmt: skip


def _assemble(
    document: Document, reading: Reading, clause: Clause, context: GoalContext, number: int, rule: tuple[str, float],
    quantity: Quantity | None, target: Year | None, measure_mask: int,
) -> Goal:  # fmt: skip
    mask = clause.mask
    near = number - context.document_at <= 3
    name = context.document_name if near else None
    if reading.tagged.mask & bit("document"):
        name = find_document(reading.tagged, clause.j) or name
    is_state = bool(mask & _STATES) and (quantity is None or quantity.kind not in LEVEL_KINDS)
    if is_state or rule[0] in ("goal.none", "goal.named", "goal.state.elliptic", "goal.all"):
        quantity = quantity if quantity is not None and quantity.bound else None
    if (
        (
            quantity is not None
            and ("antalet" in clause.low or (quantity.kind == "bare" and _counts_them(clause, rule[0])))
            and context.counts_actors
            and not mask & _MEASURES
        )
        or (
            quantity is not None
            and quantity.kind in COUNT_KINDS
            and "antalet" in clause.low
            and mask & bit("organisations")
        )
        or (
            mask & _JOINING
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
    elif rule[0] == "goal.named" and not mask & _MEASURES:
        is_climate = mask & bit("consumption_based") or any(low.startswith("klimatmål") for low in clause.low)
        goal_type = "emission_reduction" if is_climate else "governance"
    else:
        if quantity is not None and (quantity.kind not in ("mass", "scaled") or is_per_head(clause)):
            measure_mask &= ~_BUDGET
        goal_type = metrics.goal_type(measure_mask | mask & _NET, quantity)
        if (
            goal_type == "other"
            and not measure_mask & _MEASURES
            and quantity is not None
            and quantity.kind == "percent"
            and (mask & _AIM_NOUN or left_aims(clause) or rule[0] == "goal.in_force")
        ):
            goal_type = "emission_reduction"
    change_mask = mask | (inherited_mask(clause, context, number) & _CHANGE if clause.is_elliptic else 0)
    baseline = None if goal_type == "carbon_budget" or quantity is None else baseline_of(clause, target, context.year)
    form, unit = form_and_unit(clause, quantity, goal_type, change_mask)
    if (
        quantity is not None
        and quantity.kind == "mass"
        and quantity.per != "capita"
        and goal_type == "emission_reduction"
        and (is_per_head(clause) or (context.is_per_head and not mask & _MEASURES))
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
    if target_year is None and not change_mask & _CHANGE and any(year.role == "from" for year in clause.years):
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
        ownership="external" if others else "own",
        evidence=Evidence(spans=(span,), section=reading.sentence.section, rule_id=rule[0], confidence=rule[1]),
    )
