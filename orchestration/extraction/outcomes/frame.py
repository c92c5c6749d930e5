"""The frame in which a quantity stands: the verbs around it with their tense, the noun it counts, its label.

Here: reading a clause's words into classes that a person can check. Not here: which frame means a result (features,
model).
"""

from functools import cache, lru_cache
from typing import NamedTuple

from orchestration.extraction.clauses.clause import Clause
from orchestration.extraction.language.event_verbs import is_finite_verb
from orchestration.extraction.language.words import bit

_CLASSES = (
    "must", "cap", "need", "may", "projected", "sought", "cost", "won", "granted", "joined", "delivered", "decrease",
    "increase", "share_of", "says", "was", "says_something",
)  # fmt: skip
"""Groups of verbs, the most telling first."""
_PERFECT = frozenset({"har", "hade", "ha"})
_PAST_ENDINGS = ("ade", "ades", "dde", "ddes", "tte", "ttes", "kte", "ktes", "pte", "ptes", "ste", "stes", "lde", "ldes",
                 "rde", "rdes", "gde", "gdes", "jde", "jdes", "mde", "mdes", "vde", "vdes", "nde", "ndes")  # fmt: skip
_SUPINE_ENDINGS = ("at", "ats", "it", "its", "tt", "tts", "rt", "rts", "nt", "nts", "st", "lt", "lts", "kt", "kts")
_REACH = 8
"""Tokens on each side of a quantity in which its verb is looked for."""
_LONGEST_STEM = 6


@cache
def _verbs() -> int:
    return bit(*_CLASSES)


@cache
def _class_bits() -> tuple[tuple[int, str], ...]:
    return tuple((bit(group), group) for group in _CLASSES)


class Verb(NamedTuple):
    """A verb near a quantity: its word, its class in the lexicon ("other" for none) and its tense."""

    low: str
    group: str
    tense: str


@lru_cache(maxsize=1 << 15)
def _tense(low: str) -> str:
    """A guess from the form alone: present, past, supine (or participle), passive, infinitive."""
    if low.endswith(("ar", "er", "år", "ör", "ir", "är")):
        return "present"
    if low.endswith(_PAST_ENDINGS):
        return "past"
    if low.endswith(_SUPINE_ENDINGS):
        return "supine"
    if low.endswith(("as", "es", "s")):
        return "passive"
    return "infinitive" if low.endswith("a") else "strong"


def verb_at(clause: Clause, at: int) -> Verb | None:
    """The verb at the token; None for a word that is no verb as far as form and lexicon tell."""
    low, tags = clause.tagged.low[at], clause.tagged.tags[at]
    if clause.tagged.tokens[at].kind != "word":
        return None
    is_perfect = any(word in _PERFECT for word in clause.tagged.low[max(clause.i, at - 5) : at])
    known = tags & _verbs()
    if not known and not is_finite_verb(low) and not (is_perfect and low.endswith(_SUPINE_ENDINGS)):
        return None
    group = next((name for mask, name in _class_bits() if tags & mask), "other")
    tense = _tense(low)
    return Verb(low, group, "perfect" if tense == "supine" and is_perfect else tense)


def verbs_around(clause: Clause, i: int, j: int) -> tuple[Verb | None, Verb | None]:
    """The nearest verb in front of tokens i..j and the nearest behind them, within the clause."""
    before = next(
        (verb for at in range(i - 1, max(clause.i, i - _REACH) - 1, -1) if (verb := verb_at(clause, at))), None
    )
    behind = next((verb for at in range(j, min(clause.j, j + _REACH)) if (verb := verb_at(clause, at))), None)
    return before, behind


def stem(low: str) -> str:
    """The head of a compound, roughly: its last letters without the commonest endings."""
    for ending in ("arna", "erna", "orna", "ande", "en", "et", "ar", "er", "or", "na", "s", "n"):
        if low.endswith(ending) and len(low) - len(ending) > 3:
            low = low[: -len(ending)]
            break
    return low[-_LONGEST_STEM:]
