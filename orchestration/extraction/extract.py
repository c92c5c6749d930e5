"""All facts of one document. The one entrance to extraction.

Here: the order of the steps. Not here: any rule.
"""

from orchestration.contracts.model import Document, Municipality
from orchestration.extraction.clauses.reading import read
from orchestration.extraction.facts import Facts
from orchestration.extraction.goals.find import find_goals
from orchestration.extraction.initiatives.find import find_initiatives
from orchestration.extraction.links import link
from orchestration.extraction.outcomes.find import find_outcomes


def extract(document: Document, municipality: Municipality, version_year: int | None = None) -> Facts:
    """Goals, outcomes and initiatives of a document, in the order of the text. Pure and deterministic.

    `version_year` tells what lies behind the text from what lies ahead; without it the text's own years are asked.
    """
    readings = read(document, version_year or 0)
    goals = find_goals(document, municipality, readings, version_year)
    taken = frozenset(span for goal in goals for span in goal.evidence.spans)
    outcomes = find_outcomes(document, municipality, readings, taken, version_year)
    tokens_of = {reading.sentence.span.start: reading.tagged.tokens for reading in readings}
    initiatives = find_initiatives(document, municipality, tokens_of=tokens_of)
    links = link(document.raw, goals, initiatives)
    return Facts(goals=goals, outcomes=outcomes, initiatives=initiatives, goal_initiatives=links)
