"""Goals: from clauses to what the municipality has promised to reach.

Here: the way through a document, and a goal put together. Not here: modes, rules and slots (goal_modes, goal_rules,
goal_slots, metrics, status, ownership) and results (outcomes).
"""

from dataclasses import replace

from orchestration.contracts.model import Document, Municipality
from orchestration.extraction.clauses import metrics
from orchestration.extraction.clauses.clause import Clause
from orchestration.extraction.clauses.metrics import is_per_head
from orchestration.extraction.clauses.own import Own
from orchestration.extraction.clauses.reading import Reading, evidence_span
from orchestration.extraction.clauses.reference import speaking_year
from orchestration.extraction.clauses.units import Quantity
from orchestration.extraction.clauses.years import Year, find_years
from orchestration.extraction.facts import Evidence, Goal
from orchestration.extraction.goals.assembly import assemble
from orchestration.extraction.goals.context import (
    LEVEL_KINDS,
    GoalContext,
    inherited_mask,
    leading_quantity,
    target_of,
)
from orchestration.extraction.goals.merging import FAMILY, merge, named_places
from orchestration.extraction.goals.modes import aim_at, mode_of
from orchestration.extraction.goals.remarks import disclaim, note_document, tells_of_last
from orchestration.extraction.goals.rules import PRONOUNS, rule_of
from orchestration.extraction.goals.tags import (
    AIM_IS,
    AIM_NOUN,
    AIM_VERB,
    AIR,
    BUDGET,
    CAP,
    FORMER,
    MEASURES,
    MUST,
    STATES,
    WAS,
)
from orchestration.extraction.language.words import bit, opens_number

_DISCLAIMED, _OTHERS_HEADING = bit("disclaimed"), bit("others_heading")


_GATE = (
    MUST
    | CAP
    | AIM_NOUN
    | AIM_VERB
    | AIM_IS
    | STATES
    | bit("carbon_budget", "decrease", "increase", "zero", "air", "former")
)


_SKIPPED_SECTIONS = frozenset({"strategic_projects", "lessons"})


def find_goals(
    document: Document, municipality: Municipality, readings: list[Reading], version_year: int | None = None
) -> tuple[Goal, ...]:
    """The goals of a document in the order of the text; one goal stated twice is one goal with two evidence spans."""
    context = GoalContext(Own(municipality), year=version_year or speaking_year(document.raw))
    for number, reading in enumerate(readings):
        if reading.sentence.section != context.section:
            context.section, context.document_at = reading.sentence.section, -10
        note_document(reading, context, number)
        if reading.tagged.mask & _OTHERS_HEADING and any(tags & _OTHERS_HEADING for tags in reading.tagged.tags[:3]):
            is_label = ":" in reading.tagged.low[:8] and len(reading.tagged.low) > _LABEL
            context.others_until = number if is_label else number + _HEADED
        if (document.kind == "excerpt" or reading.sentence.section not in _SKIPPED_SECTIONS) and _may_hold(reading):
            for clause in reading.clauses:
                if tells_of_last(clause, context, number):
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
            disclaim(context, number)
        measured = reading.tagged.mask & (MEASURES | metrics.CARRIED)
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


def _leans(clause: Clause) -> bool:
    """Whether a clause that names no measure goes on about the one before ("den ska", "målet är", "hälften 2030")."""
    return (
        clause.is_elliptic
        or bool(clause.mask & (AIM_NOUN | AIM_IS | FORMER))
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


_LABEL = 12
"""Words behind which a heading with a colon holds for its own line only."""


_HEADED = 3
"""Sentences for which a label such as "Andras mål." holds at most."""


def _may_hold(reading: Reading) -> bool:
    tagged = reading.tagged
    if reading.sentence.text.endswith("?"):
        return False
    return bool(tagged.mask & _GATE) or bool(tagged.mask & opens_number())


def _is_reported(clause: Clause, quantity: Quantity) -> bool:
    """A figure that a verb of result gives before the aim is named: "står för hälften av utsläppen … målet om"."""
    tags = clause.tagged.tags
    aim = aim_at(clause)
    return quantity.i < aim and any(tags[at] & WAS for at in range(clause.i, quantity.i))


def _goal(document: Document, reading: Reading, clause: Clause, context: GoalContext, number: int) -> Goal | None:
    mode = mode_of(clause, reading, context)
    if mode in ("none", "result") and not clause.mask & (FORMER | BUDGET | STATES | AIR):
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
        is_before = any(clause.tagged.tags[at] & STATES for at in range(clause.i, aim))
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
    measures = clause.mask & MEASURES or (inherited & MEASURES if _leans(clause) else 0)
    return assemble(document, reading, clause, context, number, rule, quantity, target, measures)


def _former_again(
    document: Document, reading: Reading, clause: Clause, context: GoalContext, number: int, target: Year | None
) -> Goal | None:
    """ "Tidigare stod det 2045": the goal just stated, as it read before."""
    last = context.last
    is_anaphor = clause.mask & FORMER and target is not None and not clause.mask & (MEASURES | AIM_NOUN)
    if not is_anaphor or last is None or number - context.last_at > 1 or clause.quantities or target is None:
        return None
    if not PRONOUNS & set(clause.low) or last.target_year in (None, target.value):
        return None
    evidence = Evidence(spans=(evidence_span(document, clause),), section=reading.sentence.section,
                        rule_id="goal.former.again", confidence=0.7)  # fmt: skip
    return replace(last, target_year=target.value, status="superseded", evidence=evidence, governing_document=None,
                   statement=document.clean.text[clause.start : clause.end])  # fmt: skip
