"""Event verbs: what a verb form says about an initiative (antogs: decide, past, passive).

Here: the forms of the lexicon's verbs, and a cautious guess whether any word is a verb. Not here: status of a fact.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from orchestration.extraction.lexicons import lexicon

VERB_GROUPS = (
    "prepare", "ready", "revise", "decide", "propose", "found", "start", "run", "take_part", "sign", "govern", "finish",
    "pause",
    "cancel", "consider", "plan", "apply",
)  # fmt: skip
PARTICLE_REACH = 4
"""How many tokens may stand between a verb and its particle: "tog kommunen i maj fram"."""


class Verb(NamedTuple):
    """One reading of a verb form. Tense: infinitive, present, past, supine (har/har blivit …), participle."""

    group: str
    tense: str
    passive: bool
    particle: str


@cache
def verb_forms() -> dict[str, tuple[Verb, ...]]:
    """Every form of the lexicon's verbs with its readings, those with a particle first."""
    table: dict[str, list[Verb]] = {}
    for group in VERB_GROUPS:
        for entry in lexicon("initiative_events")[group]["verbs"]:
            words, _, particle = entry.partition(" + ")
            for form, tense, passive in conjugate(words):
                verb = Verb(group, tense, passive, particle)
                if verb not in table.setdefault(form, []):
                    table[form].append(verb)
                joined = Verb(group, tense, passive, "")
                if particle and tense == "participle" and joined not in table.setdefault(particle + form, []):
                    table[particle + form].append(joined)  # lägga ned: nedlagd
    return {form: tuple(sorted(verbs, key=lambda verb: not verb.particle)) for form, verbs in table.items()}


def conjugate(entry: str) -> list[tuple[str, str, bool]]:
    """(form, tense, passive) of a lexicon entry; an infinitive alone is of the first conjugation."""
    parts = entry.split()
    if len(parts) == 1:
        stem = parts[0]
        parts = [stem, stem + "r", stem + "de", stem + "t", stem + "d", stem + "t", stem + "de"]
    infinitive, present, past, supine, *participles = parts
    found = [(infinitive, "infinitive", False), (present, "present", False), (past, "past", False),
             (supine, "supine", False), (infinitive + "s", "infinitive", True), (past + "s", "past", True),
             (supine + "s", "supine", True), (_present_passive(infinitive, present), "present", True)]  # fmt: skip
    inflected = dict.fromkeys(form for participle in participles for form in (participle, *_inflected(participle)))
    return found + [(form, "participle", True) for form in inflected]


def _inflected(participle: str) -> tuple[str, ...]:
    """Neuter and plural of a participle: antagen, antaget, antagna; nedlagd, nedlagt, nedlagda; byggd, byggt, byggda."""
    if participle.endswith("en"):
        return participle[:-1] + "t", participle[:-2] + "na"
    if participle.endswith("d"):
        return participle[:-1] + "t", participle + "a"
    return (participle + "a",) if participle.endswith("t") and not participle.endswith("et") else ()


def _present_passive(infinitive: str, present: str) -> str:
    if present == infinitive + "r":
        return infinitive + "s"
    if present.endswith("er"):
        return present[:-2] + ("es" if infinitive.endswith("sa") else "s")
    return present + "s"


def readings(low: str) -> tuple[Verb, ...]:
    """All readings of a small-letter form, those with a particle first; none for a word that is no event verb."""
    return verb_forms().get(low, ())


_VERB_ENDING = re.compile(
    r"(?:erar|eras|erade|erades|erat|erats|ades|ats|igar|igas|kas|dde|ddes|ttes|ktes|ptes|[rnlgm]des|lls|kts)$"
)


@cache
def _auxiliaries() -> frozenset[str]:
    return frozenset(lexicon("initiative_phrases")["auxiliaries"])


@cache
def _nouns_too() -> frozenset[str]:
    return frozenset(lexicon("initiative_phrases")["nouns_too"])


@lru_cache(maxsize=65536)
def is_finite_verb(low: str) -> bool:
    """Whether a word most likely is a verb that ends a noun phrase (a participle before a noun does not)."""
    if low in _auxiliaries():
        return True
    tenses = [verb for verb in readings(low) if verb.tense != "participle"]
    if tenses:
        return low not in _nouns_too()
    return bool(_VERB_ENDING.search(low)) and not low.endswith(("klimats", "plats", "stats", "mandats"))
