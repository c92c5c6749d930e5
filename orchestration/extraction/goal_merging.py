"""One goal stated twice is one goal; a bare mention joins the goal that says it in full.

Here: agreement between goals, and goals that live in a name alone. Not here: finding goals in clauses.
"""

from dataclasses import replace

from orchestration.contracts.model import Document
from orchestration.extraction import metrics
from orchestration.extraction.facts import Evidence, Goal
from orchestration.extraction.ownership import Own
from orchestration.extraction.reading import Reading
from orchestration.extraction.words import bit

_STATES = metrics.STATES
_WORK = (
    "projekt",
    "satsning",
    "initiativ",
    "nätverk",
    "plattform",
    "missionen",
    "uppdrag",
    "kampanj",
    "förening",
    "bolag",
)
FAMILY = {"net_zero": "climate_neutral", "climate_positive": "climate_neutral"}


def named_places(document: Document, readings: list[Reading], own: Own) -> list[Goal]:
    """ "ett klimatneutralt Umeå 2040": the goal in a name, where the text states it nowhere else."""
    for reading in readings:
        tagged = reading.tagged
        if not tagged.mask & _STATES:
            continue
        for at in range(len(tagged.low) - 2):
            is_place = tagged.tags[at] & bit("climate_neutral") and own.owns(tagged.low[at + 1])
            if not is_place or tagged.tokens[at + 2].kind != "number" or len(tagged.low[at + 2]) != 4:
                continue
            if any(low.startswith(_WORK) for low in tagged.low[max(0, at - 3) : at]):
                continue
            start, end = tagged.tokens[at].start, tagged.tokens[at + 2].end
            return [
                Goal(
                    goal_type="climate_neutral",
                    target_form="end_state",
                    scope="territorial",
                    sector="all_sectors",
                    statement=document.clean.text[start:end],
                    direction="reach",
                    target_year=int(tagged.low[at + 2]),
                    status="in_force",
                    evidence=Evidence(
                        spans=(document.clean.raw_span(start, end),),
                        section=reading.sentence.section,
                        rule_id="goal.named_place",
                        confidence=0.5,
                    ),
                )
            ]
    return []


def merge(goals: list[Goal]) -> list[Goal]:
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
    apart = other.evidence.spans[0].start - one.evidence.spans[-1].end
    if apart <= 3 and one.value is not None:
        return False
    same = (one.goal_type, one.target_form, one.value, one.value_max, one.target_year, one.ownership) == (
        other.goal_type,
        other.target_form,
        other.value,
        other.value_max,
        other.target_year,
        other.ownership,
    )
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
    if goal.evidence.rule_id not in ("goal.named", "goal.state.nominal", "goal.purpose", "goal.aim", "goal.state.aim"):
        return False
    family = FAMILY.get(goal.goal_type, goal.goal_type)
    return any(
        other is not goal
        and FAMILY.get(other.goal_type, other.goal_type) == family
        and (other.target_year or other.value is not None)
        and other.ownership == goal.ownership
        for other in goals
    )
