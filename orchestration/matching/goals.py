"""How alike two goals are: subject, scope and form. Year and value only corroborate, for they are what moves.

Here: the score and its threshold. Not here: pairing, ids.
"""

from functools import lru_cache

from orchestration.matching.model import GoalFact
from orchestration.matching.words import Words, same_words

LEAST = 0.52
"""Below this two goals are two. The least that pairs no strangers on the readable chains even when a fact is missed."""
_WORDS_OF_OTHER_TYPE = 0.5
"""Goals of types that are nothing to each other are one only in much the same words."""

_ALIKE_TYPES = (
    frozenset({"climate_neutral", "net_zero"}),
    frozenset({"fossil_free", "transport"}),
    frozenset({"emission_reduction", "food"}),
    frozenset({"emission_reduction", "procurement"}),
    frozenset({"energy_efficiency", "renewable_share"}),
    frozenset({"modal_share", "transport"}),
    frozenset({"resilience", "biodiversity"}),
    frozenset({"circularity", "food"}),
)
_ALIKE_FORMS = (
    frozenset({"base_year_reduction", "intensity"}),
    frozenset({"base_year_reduction", "share"}),
    frozenset({"fixed_level", "intensity"}),
    frozenset({"fixed_level", "count"}),
    frozenset({"fixed_level", "budget"}),
    frozenset({"end_state", "qualitative"}),
    frozenset({"end_state", "share"}),
)
_VAGUE = {"other", "not_specified"}


def likeness(first: GoalFact, second: GoalFact, names: frozenset[str] = frozenset()) -> float:
    """0..1, symmetric. `names`: words of the municipality's own name, which tell its goals apart from nobody else's."""
    if same_words(first.quote, second.quote):
        return 1.0 if _scopes(first, second) else 0.97
    words = _words(first.quote, names).likeness(_words(second.quote, names))
    kind = _alike(first.goal_type, second.goal_type, _ALIKE_TYPES)
    form = _alike(first.target_form, second.target_form, _ALIKE_FORMS)
    if first.unit and second.unit and first.unit != second.unit:
        form = 0.0
        words *= 0.7
    if kind == 0.0 and words < _WORDS_OF_OTHER_TYPE:
        return 0.0
    score = (
        0.45 * words
        + 0.20 * kind
        + 0.10 * form
        + 0.10 * _scopes(first, second)
        + 0.05 * _same(first.baseline_year, second.baseline_year)
        + 0.05 * _same(first.target_year, second.target_year)
        + 0.05 * _same(first.value, second.value)
    )
    # A goal that the new text only names to say that it is gone yields to one that still stands for it.
    return score * 0.9 if (first.status == "superseded") != (second.status == "superseded") else score


@lru_cache(maxsize=50_000)
def _words(quote: str, names: frozenset[str]) -> Words:
    return Words.of(quote, names)


def _alike(first: str, second: str, groups: tuple[frozenset[str], ...]) -> float:
    if first == second:
        return 0.7 if first in _VAGUE else 1.0
    if first in _VAGUE or second in _VAGUE:
        return 0.4
    return 0.5 if frozenset({first, second}) in groups else 0.0


def _scopes(first: GoalFact, second: GoalFact) -> float:
    vague = {"not_specified", "sector"}
    if first.scope == second.scope:
        return 1.0
    if first.scope in vague or second.scope in vague:
        return 0.6
    return 0.5 if {first.scope, second.scope} <= {"municipal_organisation", "municipal_group"} else 0.0


def _same(first: float | None, second: float | None) -> float:
    if first is None and second is None:
        return 0.5
    return 1.0 if first == second else 0.0
