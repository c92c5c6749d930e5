"""Which candidates are initiatives: a small linear model over features that a person can read.

Here: the features and the sum. The weights are data (lexicon/initiative_weights.toml), made by
orchestration.quality.train_initiatives from the sets that may be read. Not here: candidates, attributes.
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

from orchestration.contracts.model import Municipality
from orchestration.extraction.head_nouns import is_generic
from orchestration.extraction.lexicons import FOLDER, lexicon
from orchestration.extraction.noun_phrases import words
from orchestration.extraction.sectors import sectors_of_word

if TYPE_CHECKING:
    from orchestration.extraction.initiatives import Mention

THRESHOLD = 0.5


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
    """The features of a candidate, each a name; order and number are fixed by the candidate alone."""
    phrase, tokens = mention.phrase, mention.tokens
    noun = phrase.noun
    found = [f"kind={phrase.kind}", f"group={phrase.group}"]
    if noun:
        found.append("compound" if noun.first_part else "simple")
        found.append("definite" if noun.definite else "indefinite")
        if noun.plural:
            found.append("plural")
        if is_generic(noun):
            found.append(f"generic,{'complement' if phrase.complement else 'bare'}")
        if phrase.kind == "noun":
            found.append(f"{'definite' if noun.definite else 'indefinite'},{'compound' if noun.first_part else 'simple'},{'complement' if phrase.complement else 'bare'}")
    article = "indefinite" if phrase.determiner in words("indefinite") else "definite" if phrase.determiner else "none"
    found.append(f"article={article}")
    if phrase.owner:
        found.append("owner=own" if phrase.owner.casefold() in words("own") or phrase.owner.startswith(municipality.name) else "owner=other")
    if phrase.adjectives:
        found.append("adjective")
    if phrase.complement:
        found.append("complement")
        found.append(f"complement={phrase.complement}")
    if mention.cue:
        found.append(f"cue={mention.cue.group}")
        found.append(f"status={mention.cue.status}")
        near = "near" if mention.distance <= 4 else "middle" if mention.distance <= 9 else "far"
        found.append(f"cue,{near}")
        found.append(f"cue={mention.cue.group},{near}")
        found.append(f"{phrase.kind},{phrase.group},{near}")
    else:
        found.append("cue=none")
        found.append(f"{phrase.kind},{phrase.group},no cue")
    before = tokens[phrase.first - 1].low if phrase.first else "^"
    found.append(f"before={before}" if before in _BEFORE else "before=other")
    found.append(f"block={mention.sentence.kind}")
    found.append(f"section={mention.sentence.section}")
    if any(token.low in ("procent", "%", "ton") for token in tokens):
        found.append("figures")
    if noun is None:
        head = tokens[phrase.head].low
        topic = "topic" if sectors_of_word(head) else "no topic"
        definite = "definite" if head.endswith(("en", "et", "na", "n")) else "indefinite"
        found += [topic, f"{phrase.kind},{topic}", f"{phrase.kind},{definite}"]
    else:
        found.append("topic" if noun.first_part and sectors_of_word(noun.first_part.rstrip("s-")) else "no first topic")
    if phrase.first == 0:
        found.append(f"opens,{phrase.kind}")
    if tokens[phrase.head].text[0].isupper() and phrase.head > 0:
        found.append("capital")
    if len(phrase.name.split()) >= 4:
        found.append("long name")
    return found


_BEFORE = frozenset(
    "^ enligt i av om för med till från på inom genom som och , ( : – är har via under utifrån mot över vid".split()
)
