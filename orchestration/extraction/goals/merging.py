"""One goal stated twice is one goal; a bare mention joins the goal that says it in full.

Here: agreement between goals, and goals that live in a name alone. Not here: finding goals in clauses.
"""

from dataclasses import replace

from orchestration.contracts.model import Document
from orchestration.extraction.clauses import metrics
from orchestration.extraction.clauses.own import Own
from orchestration.extraction.clauses.reading import Reading
from orchestration.extraction.facts import Evidence, Goal
from orchestration.extraction.language.words import bit

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


def merge(goals: list[Goal], sentences: list[int]) -> list[Goal]:
    """One goal for statements that agree; a bare mention of an end state joins the goal that states it fully.

    `sentences`: the number of each goal's sentence. Two shares of one sentence are never one, or a list
    (40, 20, 40 percent) would lose a part.
    """
    found: list[Goal] = []
    homes: list[int] = []
    known: dict[tuple[object, ...], list[int]] = {}
    for goal, sentence in zip(goals, sentences, strict=True):
        key = (goal.goal_type, goal.target_form, goal.value, goal.value_max, goal.target_year, goal.ownership)
        alike = known.setdefault(key, [])
        same = next(
            (at for at in alike[:8] if _agree(found[at], goal) and not _is_list(goal, homes[at] == sentence)), None
        )
        if same is None:
            alike.append(len(found))
            found.append(goal)
            homes.append(sentence)
        else:
            spans = (*found[same].evidence.spans, *goal.evidence.spans)
            found[same] = replace(found[same], evidence=replace(found[same].evidence, spans=spans))
    stated = {
        (FAMILY.get(goal.goal_type, goal.goal_type), goal.ownership)
        for goal in found
        if goal.target_year is not None or goal.value is not None
    }
    return [goal for goal in found if not _is_mention(goal, stated)]


def _is_list(goal: Goal, in_one_sentence: bool) -> bool:
    return in_one_sentence and goal.target_form in ("share", "count")


def _agree(one: Goal, other: Goal) -> bool:
    """Whether two goals with the same figures speak of the same thing."""
    if one.goal_type == "other":
        return one.statement == other.statement
    return one.scope == other.scope or "not_specified" in (one.scope, other.scope)


def _is_mention(goal: Goal, stated: set[tuple[str, str]]) -> bool:
    """A goal without year and value ("målet om klimatneutralitet") beside one that says the same with a year."""
    if goal.target_year is not None or goal.value is not None or goal.effective_year is not None:
        return False
    is_passing = goal.evidence.rule_id in _PASSING
    return is_passing and (FAMILY.get(goal.goal_type, goal.goal_type), goal.ownership) in stated


_PASSING = frozenset({"goal.named", "goal.state.nominal", "goal.purpose", "goal.aim", "goal.state.aim", "goal.change"})
