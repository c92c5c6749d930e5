"""What a counted or measured quantity looks like where it stands: the features of the outcome model.

Here: features that a person can read. Not here: the weights (model), the rules (rules), the frame itself (frame).
"""

from dataclasses import dataclass
from functools import cache

from orchestration.extraction.clauses.clause import Clause
from orchestration.extraction.clauses.reading import Reading
from orchestration.extraction.clauses.tense import has_past
from orchestration.extraction.clauses.units import Quantity
from orchestration.extraction.language.words import bit
from orchestration.extraction.outcomes.frame import stem, verb_at, verbs_around

_IN_CLAUSE = (
    "must", "cap", "may", "need", "was", "aim_noun", "aim_verb", "aim_is", "says", "negation", "all",
    "activity", "decrease", "increase", "superseded", "proposal", "referral", "adopted", "joined",
    "participants", "granted", "fund", "cost", "sought", "won", "share_of", "anaphor", "delivered",
    "projected", "gathering", "others", "own", "says_something", "emission", "energy_use", "renewable",
    "modal", "transport", "air", "resilience", "circular", "biodiversity", "food", "procurement", "building",
    "document", "former", "completion", "undecided", "prescribes", "carbon_budget", "time_unit", "fossil_free",
    "lately", "ahead", "norm", "finished", "poll", "demand", "provinces", "not_measured", "organisations", "people",
)  # fmt: skip
_NEAR = (
    "was", "joined", "granted", "fund", "cost", "sought", "delivered", "projected", "participants", "decrease",
    "increase", "others", "must", "need", "says_something", "time_unit", "organisations", "people", "document",
    "lately", "ahead", "norm", "finished", "poll", "aim_noun", "former", "carbon_budget",
)  # fmt: skip
_IN_SENTENCE = ("must", "aim_noun", "aim_is", "cap", "sought", "cost", "projected", "lately", "ahead", "norm", "others")
_WORDS = frozenset({
    "har", "är", "var", "blev", "fick", "för", "att", "som", "per", "av", "från", "till", "med", "om", "där",
    "nu", "hittills", "ännu", "än", "i", "på", "under", "sedan", "hade", "kan", "vid", "ger", "ska", ":", "(",
})  # fmt: skip
_WINDOW = 4
"""Tokens on each side of a quantity that count as near it."""
_CLOSE = 2
"""Tokens on each side of a quantity whose words themselves count."""


_MOODS = (("must", bit("must")), ("aim", bit("aim_noun", "aim_is")), ("was", bit("was")))
_THINGS = bit("transport", "building", "renewable", "circular")
_LAST = 3


@dataclass(frozen=True, slots=True)
class Setting:
    """What the document tells around the clause: `near` a measure was spoken of just before, `others` the clause is
    somebody else's, `states_goal` it speaks of what is to be, `elsewhere` it names another municipality."""

    near: bool
    others: bool
    states_goal: bool
    elsewhere: bool
    year: int


@cache
def _names(groups: tuple[str, ...], prefix: str) -> tuple[tuple[int, str], ...]:
    return tuple((bit(group), f"{prefix}={group}") for group in groups)


def features(reading: Reading, clause: Clause, quantity: Quantity, setting: Setting) -> list[str]:
    """The features of a quantity; the same text, the same list."""
    found = [f"kind={quantity.kind}", f"bound={quantity.bound}"]
    found += [name for group, name in _names(_IN_CLAUSE, "clause") if clause.mask & group]
    found += [name for group, name in _names(_IN_SENTENCE, "sentence") if reading.tagged.mask & group]
    found += _flags(reading, clause, quantity, setting)
    found += _surroundings(clause, quantity)
    found += _frame(clause, quantity)
    found += _times(clause, setting.year)
    return found


def _flags(reading: Reading, clause: Clause, quantity: Quantity, setting: Setting) -> list[str]:
    kind = quantity.kind
    found = [f"{kind},{flag}" for flag, holds in (
        ("past", has_past(clause)), ("elliptic", clause.is_elliptic), ("near", setting.near),
        ("others", setting.others), ("per", quantity.per is not None), ("fraction", quantity.is_fraction),
        ("changes", quantity.change is not None), ("small", quantity.value < 5), ("word", quantity.is_word),
        ("opens", quantity.i - clause.i <= 1), ("goal", setting.states_goal), ("elsewhere", setting.elsewhere),
        ("closes", clause.j - quantity.j <= 1), ("bullet", reading.sentence.kind == "bullet"),
    ) if holds]  # fmt: skip
    found += [name for name, holds in (
        ("states a goal", setting.states_goal), ("elsewhere", setting.elsewhere), ("others", setting.others),
        ("near", setting.near), ("bullet", reading.sentence.kind == "bullet"),
        ("from a level", quantity.start_value is not None), ("signed", quantity.change is not None),
    ) if holds]  # fmt: skip
    if clause.left is not None:
        found.append(next((f"left={mood}" for mood, mask in _MOODS if clause.left.mask & mask), "left=other"))
    if reading.lead:
        found += [f"lead={mood}" for mood, mask in _MOODS if reading.lead & mask]
    order = next((n for n, other in enumerate(clause.quantities) if other.i == quantity.i), 0)
    found.append("first quantity" if order == 0 else "later quantity")
    return found


def _surroundings(clause: Clause, quantity: Quantity) -> list[str]:
    tagged = clause.tagged
    before = behind = 0
    for at in range(max(clause.i, quantity.i - _WINDOW), quantity.i):
        before |= tagged.tags[at]
    for at in range(quantity.j, min(clause.j, quantity.j + _WINDOW)):
        behind |= tagged.tags[at]
    found = [name for group, name in _names(_NEAR, "before") if before & group]
    found += [name for group, name in _names(_NEAR, "behind") if behind & group]
    found += [f"word before={word}" for word in _words(clause, quantity.i - 1, quantity.i)]
    found += [f"word behind={word}" for word in _words(clause, quantity.j, quantity.j + 1)]
    found += [f"words before={word}" for word in _words(clause, quantity.i - _CLOSE - 1, quantity.i)]
    found += [f"words behind={word}" for word in _words(clause, quantity.j, quantity.j + _CLOSE + 1)]
    found += [f"in clause={word}" for word in sorted(_WORDS & set(clause.low))]
    found += [f"opens with={word}" for word in _words(clause, clause.i, clause.i + 1)]
    return found


def _words(clause: Clause, i: int, j: int) -> list[str]:
    """The words at tokens i..j of the clause, and the marks that tell something; no numbers."""
    tokens = clause.tagged.tokens[max(clause.i, i) : min(clause.j, j)]
    return [token.low for token in tokens if token.kind == "word" or token.low in _MARKS]


_MARKS = frozenset({":", "(", ")", "-", "–", ",", "+", "="})


def _frame(clause: Clause, quantity: Quantity) -> list[str]:
    before, behind = verbs_around(clause, quantity.i, quantity.j)
    found = []
    for side, verb in (("before", before), ("behind", behind)):
        if verb is None:
            found.append(f"no verb {side}")
            continue
        found += [f"verb {side}={verb.low}", f"verb {side} is {verb.group}", f"verb {side} in {verb.tense}"]
        found.append(f"{quantity.kind},verb {side} is {verb.group}")
        found.append(f"{quantity.kind},verb {side} in {verb.tense}")
    first = next((verb for at in range(clause.i, clause.j) if (verb := verb_at(clause, at))), None)
    found.append(f"first verb in {first.tense}" if first else "no verb")
    if quantity.noun >= 0:
        noun = clause.tagged.low[quantity.noun]
        found.append("noun measured" if clause.tagged.tags[quantity.noun] & _THINGS else "noun unknown")
        found.append(f"counts={stem(noun)}")
    return found


def _times(clause: Clause, year: int) -> list[str]:
    found = []
    if any((known.end or known.value) > year for known in clause.years if known.role != "name"):
        found.append("year ahead")
    elif any(known.role in ("plain", "dated", "range", "aside") for known in clause.years):
        found.append("year behind")
    if any(known.role == "baseline" for known in clause.years):
        found.append("year to compare with")
    return found
