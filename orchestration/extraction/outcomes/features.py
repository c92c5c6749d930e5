"""What a counted or measured quantity looks like where it stands: the features of the outcome model.

Here: features that a person can read. Not here: the weights (outcome_model), the rules (outcome_rules).
"""

from functools import cache

from orchestration.extraction.clauses.clause import Clause
from orchestration.extraction.clauses.tense import has_past
from orchestration.extraction.clauses.units import Quantity
from orchestration.extraction.language.words import bit

_IN_CLAUSE = (
    "must", "cap", "may", "need", "was", "aim_noun", "aim_verb", "aim_is", "says", "negation", "all",
    "activity", "decrease", "increase", "superseded", "proposal", "referral", "adopted", "joined",
    "participants", "granted", "fund", "cost", "sought", "won", "share_of", "anaphor", "delivered",
    "projected", "gathering", "others", "own", "says_something", "emission", "energy_use", "renewable",
    "modal", "transport", "air", "resilience", "circular", "biodiversity", "food", "procurement", "building",
    "document", "former", "completion", "undecided", "prescribes", "carbon_budget", "time_unit", "fossil_free",
)  # fmt: skip
_NEAR = (
    "was", "joined", "granted", "fund", "cost", "sought", "delivered", "projected", "participants", "decrease",
    "increase", "others", "must", "need", "says_something", "time_unit", "organisations", "people", "document",
)  # fmt: skip
_WORDS = frozenset({
    "har", "är", "var", "blev", "fick", "för", "att", "som", "per", "av", "från", "till", "med", "om", "där",
    "nu", "hittills", "ännu", "än", "i", "på", "under", "sedan", "hade", "kan", "vid", "ger", "ska", ":", "(",
})  # fmt: skip
_WINDOW = 4
"""Tokens on each side of a quantity that count as near it."""


_MOODS = (("must", bit("must")), ("aim", bit("aim_noun", "aim_is")), ("was", bit("was")))
_THINGS = bit("transport", "building", "renewable", "circular")


@cache
def _names(groups: tuple[str, ...], prefix: str) -> tuple[tuple[int, str], ...]:
    return tuple((bit(group), f"{prefix}={group}") for group in groups)


def features(clause: Clause, quantity: Quantity, *, near: bool, others: bool, year: int) -> list[str]:
    """The features of a quantity; the same clause, the same list."""
    tagged = clause.tagged
    found = [f"kind={quantity.kind}", f"bound={quantity.bound}"]
    mask = clause.mask
    found += [name for group, name in _names(_IN_CLAUSE, "clause") if mask & group]
    before, behind = 0, 0
    for at in range(max(clause.i, quantity.i - _WINDOW), quantity.i):
        before |= tagged.tags[at]
    for at in range(quantity.j, min(clause.j, quantity.j + _WINDOW)):
        behind |= tagged.tags[at]
    found += [name for group, name in _names(_NEAR, "before") if before & group]
    found += [name for group, name in _names(_NEAR, "behind") if behind & group]
    found += [f"{quantity.kind},{flag}" for flag, holds in (
        ("past", has_past(clause)), ("elliptic", clause.is_elliptic), ("near", near), ("others", others),
        ("per", quantity.per is not None), ("fraction", quantity.is_fraction), ("changes", quantity.change is not None),
        ("small", quantity.value < 5), ("word", quantity.is_word), ("opens", quantity.i - clause.i <= 1),
    ) if holds]  # fmt: skip
    found += [f"word before={low}" for low in tagged.low[max(clause.i, quantity.i - 1) : quantity.i] if low in _WORDS]
    found += [f"word behind={low}" for low in tagged.low[quantity.j : min(quantity.j + 1, clause.j)] if low in _WORDS]
    found += [f"in clause={low}" for low in sorted(_WORDS & set(clause.low))]
    if clause.left is not None:
        found.append(next((f"left={mood}" for mood, mask in _MOODS if clause.left.mask & mask), "left=other"))
    if any((known.end or known.value) > year for known in clause.years if known.role != "name"):
        found.append("year ahead")
    elif any(known.role in ("plain", "dated", "range", "aside") for known in clause.years):
        found.append("year behind")
    if any(known.role == "baseline" for known in clause.years):
        found.append("year to compare with")
    if quantity.noun >= 0:
        found.append("noun measured" if tagged.tags[quantity.noun] & _THINGS else "noun unknown")
    return found
