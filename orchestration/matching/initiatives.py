"""How alike two initiatives are: their names, without what every name holds, then type and context.

Here: the score and its threshold. Not here: renaming in so many words (declarations), pairing, ids.
"""

from functools import lru_cache

from orchestration.matching.model import InitiativeFact
from orchestration.matching.words import Words

LEAST = 0.52
"""Below this two initiatives are two: above the most alike strangers of the readable gold chains."""

_ALIKE_TYPES = (
    frozenset({"plan", "investment_plan"}),
    frozenset({"plan", "programme"}),
    frozenset({"plan", "budget"}),
    frozenset({"plan", "study"}),
    frozenset({"project", "infrastructure"}),
    frozenset({"project", "programme"}),
    frozenset({"project", "study"}),
    frozenset({"organisation", "network"}),
    frozenset({"network", "agreement"}),
    frozenset({"communication", "project"}),
    frozenset({"regulation", "procurement"}),
)


def likeness(first: InitiativeFact, second: InitiativeFact, names: frozenset[str] = frozenset()) -> float:
    """0..1, symmetric. `names`: words of the municipality's own name."""
    one, other = _words(first.name, names), _words(second.name, names)
    by_name = one.likeness(other)
    if by_name == 0.0:
        return 0.0
    context = _words(first.quote, names).likeness(_words(second.quote, names))
    kind = _kind(first.initiative_type, second.initiative_type)
    if by_name > 0.999 and one.total >= 0.3:
        return 0.95 + 0.03 * context + 0.02 * kind
    return 0.78 * by_name + 0.12 * context + 0.10 * kind


@lru_cache(maxsize=50_000)
def _words(text: str, names: frozenset[str]) -> Words:
    return Words.of(text, names)


def _kind(first: str, second: str) -> float:
    if first == second:
        return 1.0
    if "other" in (first, second):
        return 0.5
    return 0.6 if frozenset({first, second}) in _ALIKE_TYPES else 0.0
