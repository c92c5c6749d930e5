"""The small words of noun phrases: the lexicon's groups, adjectives and their agreement, numbers in names.

Here: single words and plain stretches of text. Not here: where a phrase starts and ends.
"""

from collections.abc import Sequence
from functools import cache, lru_cache

from orchestration.extraction.language.tokens import Token
from orchestration.extraction.lexicons import lexicon

DASHES = frozenset("–—-−")


@cache
def words(key: str) -> frozenset[str]:
    """A group of lexicon/initiative_phrases.toml."""
    return frozenset(lexicon("initiative_phrases")[key])


@cache
def words_in_order(key: str) -> tuple[str, ...]:
    """A group of lexicon/initiative_phrases.toml as it stands there."""
    return tuple(lexicon("initiative_phrases")[key])


@lru_cache(maxsize=65536)
def is_adjective(low: str) -> bool:
    """Whether a word before a noun most likely is an adjective or participle."""
    if low in words("not_adjectives"):
        return False
    return indefinite_adjective(low, "") in words("adjectives") or low in words("adjectives") or (
        len(low) > 4 and low.endswith(_endings())
    )  # fmt: skip


@cache
def _endings() -> tuple[str, ...]:
    return tuple(lexicon("initiative_phrases")["adjective_endings"])


def indefinite_adjective(low: str, article: str) -> str:
    """gemensamma → gemensam, with `article` "ett" gemensamt; reviderade → reviderad. Comparatives and -ande stay."""
    if low.endswith(("ande", "ende", "re", "sta", "första", "andra", "tredje")):
        return low
    if article == "ett" and low.endswith("t"):
        return low
    stem = _stem(low)
    return _neuter(stem) if article == "ett" else stem


@cache
def _irregular() -> dict[str, str]:
    return dict(entry.split() for entry in words_in_order("irregular_adjectives"))


def _stem(low: str) -> str:
    if low in _irregular():
        return _irregular()[low]
    if low.endswith("ade"):
        return low[:-1]
    if low.endswith("na") and low[-3] in _BEFORE_NA and len(low) > _SHORTEST_NA:
        return low[:-2] + "en"
    if low.endswith("amma"):
        return low[:-2]
    if low.endswith("a") and len(low) > 2:
        return low[:-1]
    return low


_BEFORE_NA = "gvtkdx"
"""What stands before -na in participles of strong verbs: föreslagna, skrivna, vuxna; moderna and allmänna keep theirs."""
_SHORTEST_NA = 5


def _neuter(stem: str) -> str:
    """ny → nytt, lokal → lokalt, planerad → planerat, egen → eget, bred → brett."""
    if stem[-1] in "yåö":
        return stem + "tt"
    if stem.endswith("ad"):
        return stem[:-1] + "t"
    if stem.endswith("en"):
        return stem[:-1] + "t"
    if stem.endswith("d"):
        return stem[:-1] + ("t" if stem[-2] in "nlr" else "tt")
    return stem if stem.endswith("t") else stem + "t"


def is_name_number(token: Token) -> bool:
    """Whether a number belongs to names: a year (Miljöplan 2030) or a version (Färdplan 2.0)."""
    is_year = token.text.isdigit() and len(token.text) == 4 and token.text[:2] in ("19", "20")
    return is_year or token.text.count(".") == 1


def text_of(tokens: Sequence[Token], first: int, last: int) -> str:
    """The tokens first..last as text, white space as in the sentence (one space where there is any)."""
    parts = [_without_note(tokens[first])]
    for before, token in zip(tokens[first:last], tokens[first + 1 : last + 1], strict=True):
        parts.append((" " if token.start > before.end else "") + _without_note(token))
    return "".join(parts)


def _without_note(token: Token) -> str:
    """A word without the digits of a note glued to it (strategin1); CO2 and PM10 keep theirs."""
    bare = token.text.rstrip("0123456789")
    return bare if token.kind == "word" and len(bare) >= _SHORTEST_NOTED and bare.islower() else token.text


_SHORTEST_NOTED = 6
