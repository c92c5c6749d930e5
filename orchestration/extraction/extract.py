"""All facts of one document. The one entrance to extraction.

Here: the order of the steps. Not here: any rule.
"""

from orchestration.contracts.model import Document, Municipality
from orchestration.extraction.facts import Facts
from orchestration.extraction.goals import find_goals
from orchestration.extraction.reading import read


def extract(document: Document, municipality: Municipality) -> Facts:
    """Goals, outcomes and initiatives of a document, in the order of the text. Pure and deterministic."""
    readings = read(document)
    goals = find_goals(document, municipality, readings)
    return Facts(goals=goals)
