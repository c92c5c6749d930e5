"""Which candidates are initiatives: a small linear model over features that a person can read.

Here: the features and the sum. The weights are data (lexicon/initiative_weights.toml), made by
orchestration.quality.train_initiatives from the sets that may be read. Not here: candidates, attributes.
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

from orchestration.contracts.model import Municipality
from orchestration.extraction.event_verbs import is_finite_verb
from orchestration.extraction.head_nouns import is_generic
from orchestration.extraction.lexicons import FOLDER, lexicon
from orchestration.extraction.noun_phrases import words
from orchestration.extraction.sectors import sectors_of_word

if TYPE_CHECKING:
    from orchestration.extraction.initiatives import Mention

THRESHOLD = 0.45


@cache
def weights() -> dict[str, float]:
    """Feature → weight."""
    if not (FOLDER / "initiative_weights.toml").exists():
        return {}
    return {name: float(weight) for name, weight in lexicon("initiative_weights")["weights"].items()}


def score(found: list[str]) -> float:
    """The model's probability that a candidate with these features is an initiative."""
    table = weights()
    total = table.get("bias", 0.0) + sum(table.get(feature, 0.0) for feature in found)
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def features(mention: Mention, municipality: Municipality) -> list[str]:
    """The features of a candidate, each a name that a reader understands; the same candidate, the same list."""
    phrase, tokens, noun = mention.phrase, mention.tokens, mention.phrase.noun
    family = _FAMILY[phrase.group] if noun else phrase.kind
    found = [f"family={family}"]
    event = _event(mention)
    if noun:
        is_specific = (
            bool(noun.first_part) + bool(phrase.complement) + bool(phrase.adjectives) + 2 * (phrase.kind == "named")
        )
        found.append(f"specific={min(is_specific, 3)}")
        if is_generic(noun) and phrase.kind == "noun":
            found.append(
                f"generic,{'complement' if phrase.complement else 'definite' if noun.definite else 'indefinite'}"
            )
        if phrase.kind == "noun":
            found.append(f"{'definite' if noun.definite else 'plural' if noun.plural else 'singular'} noun")
        else:
            found.append("proper name")
        found.append(f"base={noun.base}")
        if tokens[phrase.first].kind == "number" or phrase.determiner in words("counts"):
            found.append("counted")
        found.append("climate word" if noun.first_part and sectors_of_word(noun.first_part) else "no climate word")
        found.append(f"noun,{event}")
    else:
        head = tokens[phrase.head].low
        found.append(f"{phrase.kind},{'topic' if sectors_of_word(head) else 'no topic'}")
        found.append(f"{phrase.kind.split(',')[0]},{event}")
        if phrase.complement:
            found.append("verb's noun with complement")
        if phrase.kind in _NAMES:
            found += _name_features(mention, municipality)
        elif mention.cue is not None and mention.distance <= _FAR:
            found.append(f"{phrase.kind},{mention.cue.group}")
            if mention.cue.status in ("paused", "cancelled"):
                found.append("verb's noun, stopped")
    found.append(event)
    article = "indefinite" if phrase.determiner in words("indefinite") else "definite" if phrase.determiner else "none"
    found.append(f"article={article}")
    if phrase.owner:
        is_own = phrase.owner.casefold() in words("own") or phrase.owner.startswith(municipality.name)
        found.append("owner=own" if is_own else "owner=other")
    if any(token.low in words("others") for token in tokens[max(0, phrase.first - 1) : phrase.head + 1]):
        found.append("others'")
    if any(token.low in words("former") for token in tokens[max(0, phrase.first - 2) : phrase.head]):
        found.append("former")
    if _is_someone_elses(mention):
        found.append("someone else acts")
    before = tokens[phrase.first - 1].low if phrase.first else "^"
    following = tokens[phrase.last + 1] if phrase.last + 1 < len(tokens) else None
    if following is None or following.text in ".,:;":
        found.append("ends a clause")
    elif following.low in ("som", "vilken", "vilket"):
        found.append("relative clause")
    elif is_finite_verb(following.low):
        found.append("subject")
    if before in _BEFORE:
        found.append(f"before={before}")
    if any(token.low in ("procent", "%", "ton") for token in tokens):
        found.append("figures in the sentence")
    return found


_NAMES = frozenset({"name", "quoted", "introduced", "explained"})


def _name_features(mention: Mention, municipality: Municipality) -> list[str]:
    """What a proper name without a head noun shows: a year, English words, an award beside it, taking part."""
    phrase, tokens = mention.phrase, mention.tokens
    inside = [token.low for token in tokens[phrase.first : phrase.last + 1]]
    around = [token.low for token in tokens[max(0, phrase.first - 8) : phrase.last + 9]]
    found = []
    if any(low.isdigit() and len(low) == 4 for low in inside):
        found.append("name with a year")
    if any(low in words("english") for low in inside):
        found.append("name in English")
    if municipality.name.casefold() in inside and len(inside) > 1:
        found.append("name with the municipality's")
    if any(low in words("awards") for low in around):
        found.append("name beside an award")
    if any(low in words("taking_part") for low in around):
        found.append("name of something taken part in")
    if any(named.first <= phrase.last and phrase.first <= named.last for named in mention.actors):
        found.append("name with an actor's")
    return found


def _is_someone_elses(mention: Mention) -> bool:
    """Whether the sentence opens with an actor that is neither the municipality nor one of its companies."""
    opening = [named for named in mention.actors if named.first <= 1 and named.last < mention.phrase.first]
    return any(named.actor.actor_type in _OTHERS for named in opening) or any(
        token.low in words("others") for token in mention.tokens[:2]
    )


_OTHERS = frozenset(
    {"national_agency", "company", "eu_institution", "county_board", "region", "programme_office", "ngo"}
)


def _event(mention: Mention) -> str:
    if mention.cue is None or mention.distance > _FAR:
        return "no event"
    strength = "weak" if mention.cue.group in _WEAK_EVENTS else "strong"
    return f"{strength} event,{'near' if mention.distance <= _NEAR else 'far'}"


_NEAR, _FAR = 5, 11
_WEAK_EVENTS = frozenset({"govern", "take_part", "consider", "plan"})
_FAMILY = {
    "plan": "document", "budget": "document", "investment_plan": "document", "regulation": "rule",
    "organisation": "body",
    "network": "network", "agreement": "agreement", "project": "work", "programme": "work", "study": "study",
    "infrastructure": "thing", "procurement": "rule", "certification": "rule", "communication": "communication",
    "other": "money", "process": "process",
}  # fmt: skip
_BEFORE = frozenset({"^", "enligt", "i", "om", "för", "med", "från", "inom", "genom", "som", "är", "till", "av"})
