"""All facts of one document. The one entrance to extraction.

Here: the order of the steps. Not here: any rule.
"""

from orchestration.contracts.model import Document, Municipality
from orchestration.extraction.facts import Facts
from orchestration.extraction.initiatives import find_initiatives


def extract(document: Document, municipality: Municipality) -> Facts:
    """Goals, outcomes and initiatives of a document, in the order of the text. Pure and deterministic."""
    initiatives = find_initiatives(document, municipality)
    return Facts(initiatives=initiatives)
