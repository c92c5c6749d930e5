"""Facts of a made-up sentence, for the tables of this folder. The sentences are invented for the tests."""

from typing import Any

from orchestration.contracts.document import divide
from orchestration.contracts.model import Municipality
from orchestration.extraction.clauses.reading import read
from orchestration.extraction.facts import Goal, Outcome
from orchestration.extraction.goals.find import find_goals
from orchestration.extraction.outcomes.find import find_outcomes
from orchestration.extraction.outcomes.model import Model

OREBRO = Municipality("1880", "Örebro", "Örebro kommun", "Örebro län", "orebro")
GOTLAND = Municipality("0980", "Gotland", "Region Gotland", "Gotlands län", "gotland")
HEADING = "Viktigaste uppdateringar för kommunen. "


def facts(
    text: str, municipality: Municipality = OREBRO, *, year: int | None = None, model: Model | None = None
) -> tuple[tuple[Goal, ...], tuple[Outcome, ...]]:
    """Goals and outcomes of a text, as the extraction finds them. `year`: the contract's own, `model`: of outcomes."""
    document = divide(HEADING + text)
    readings = read(document, year or 0)
    goals = find_goals(document, municipality, readings, year)
    taken = frozenset(span for goal in goals for span in goal.evidence.spans)
    return goals, find_outcomes(document, municipality, readings, taken, year, model=model)


def own_goals(text: str, municipality: Municipality = OREBRO) -> list[Goal]:
    """The municipality's own goals."""
    return [goal for goal in facts(text, municipality)[0] if goal.ownership != "external"]


def agrees(fact: Any, expected: dict[str, Any]) -> dict[str, Any]:
    """The attributes in which the fact differs from what is expected, as found."""
    return {name: getattr(fact, name) for name, value in expected.items() if getattr(fact, name) != value}
