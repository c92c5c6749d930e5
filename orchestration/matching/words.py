"""Words as matching sees them: which words of a name or a goal tell it from another, and how alike two such sets are.

Here: tokens, weights, likeness. Not here: what is matched with what. Likeness is symmetric and lies in 0..1.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "lexicon"

_HYPHENATED = re.compile(r"(?<=[^\W\d_])-\s+(?=[a-zåäö])(?!och\b|eller\b|samt\b)")
_FOOTNOTE = re.compile(r"(?<=\b(?:19|20)\d\d)\d{1,2}\b|(?<=[^\W\d_]{3})\d{1,2}\b")
_WORD = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+")
_SHARED_PREFIX = 0.72
"""Two words are one in different endings when they begin alike for this share of the longer: klimatråd(et)."""
_SHORTEST_PREFIX = 4
_COMPOUND_PREFIX = 7
_SHORTEST_COMPOUND = 8
"""A compound and another that share as many first letters, and most of the shorter: sjöstaden, sjöstadsprojektet."""


@cache
def lexicon(name: str) -> dict[str, Any]:
    """The lexicon file `lexicon/<name>.toml`."""
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@lru_cache(maxsize=20_000)
def tokens(text: str) -> tuple[str, ...]:
    """The words and figures of a text in lower case: hyphenation at line ends joined, footnote digits cut off."""
    joined = _HYPHENATED.sub("", text)
    return tuple(_WORD.findall(_FOOTNOTE.sub("", joined).casefold()))


@lru_cache(maxsize=100_000)
def weight(token: str) -> float:
    """How much a word tells: figures and the genre's own words less than others, grammar nothing."""
    groups = lexicon("words")
    if token[0].isdigit():
        return float(groups["years"]["weight"])
    for name in ("small", "common"):
        group = groups[name]
        if token in group["words"] or token.startswith(tuple(group["stems"])):
            return float(group["weight"])
    return 1.0 if len(token) > 2 else 0.5


@lru_cache(maxsize=200_000)
def same_word(first: str, second: str) -> bool:
    """Whether two words are one in different endings, or a compound and its head in another compound."""
    if first == second:
        return True
    if first[0].isdigit() or second[0].isdigit():
        return False
    shorter, longer = sorted((len(first), len(second)))
    shared = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        shared += 1
    if shared < _SHORTEST_PREFIX:
        return False
    if shared >= _SHARED_PREFIX * longer:
        return True
    return shorter >= _SHORTEST_COMPOUND and shared >= _COMPOUND_PREFIX and shared >= 0.75 * shorter


@dataclass(frozen=True)
class Words:
    """The telling words of a name or statement, each once, with their weights."""

    weights: tuple[tuple[str, float], ...]

    @classmethod
    def of(cls, text: str, without: frozenset[str] = frozenset()) -> "Words":
        """The telling words of a text; `without` are words that tell nothing here (the municipality's own name)."""
        found = {
            token: weight(token) * (0.3 if any(same_word(token, word) for word in without) else 1.0)
            for token in tokens(text)
        }
        return cls(tuple(sorted((token, value) for token, value in found.items() if value > 0)))

    @property
    def total(self) -> float:
        """The weight of all words."""
        return sum(value for _, value in self.weights)

    def shared(self, other: "Words") -> float:
        """The weight of the words that both have, each word used once, endings aside."""
        left = dict(other.weights)
        shared = 0.0
        pending = []
        for token, value in self.weights:
            if token in left:
                shared += min(value, left.pop(token))
            else:
                pending.append((token, value))
        pairs = sorted(
            ((min(value, left[twin]), *sorted((token, twin)), token, twin) for token, value in pending
             for twin in left if same_word(token, twin)),
            key=lambda pair: (-pair[0], pair[1:3]),
        )  # fmt: skip
        used: set[tuple[str, str]] = set()
        for value, _, _, token, twin in pairs:
            if ("a", token) not in used and ("b", twin) not in used:
                used |= {("a", token), ("b", twin)}
                shared += value
        return shared

    def likeness(self, other: "Words") -> float:
        """Between sharing nothing (0) and the same words (1); a name held whole in a longer one is well above half."""
        if not self.total or not other.total:
            return 0.0
        shared = self.shared(other)
        return 0.6 * 2 * shared / (self.total + other.total) + 0.4 * shared / min(self.total, other.total)

    def coverage(self, text: "Words") -> float:
        """How much of these words stands in a text: 0..1, not symmetric."""
        return self.shared(text) / self.total if self.total else 0.0


def same_words(first: str, second: str) -> bool:
    """Whether two quotes say the same in the same words: spaces, case, hyphenation, notes and small words aside."""
    return bool(telling(first)) and telling(first) == telling(second)


def telling(text: str) -> tuple[str, ...]:
    """The words of a quote in their order, without those that a clause's place in a sentence brings along."""
    return tuple(token for token in tokens(text) if token[0].isdigit() or weight(token) > 0 or token in _KEPT)


_KEPT = frozenset({"minst", "högst", "inte", "ingen", "per", "mer", "mindre", "hela", "alla", "samtliga"})
