"""What a word is: the lexicon groups it belongs to, as bits of one integer, and the phrases of a sentence.

Here: compiling the lexicons and looking words up. Not here: any word of Swedish, any rule.
"""

import re
from functools import cache, lru_cache, reduce
from operator import or_
from typing import Any, NamedTuple

from orchestration.contracts.model import Sentence
from orchestration.extraction.language.number_words import may_open
from orchestration.extraction.language.tokens import Token, tokenize
from orchestration.extraction.lexicons import lexicon

FILES = ("measures", "modality", "numbers", "years", "owners", "scopes", "outcomes", "documents")


@cache
def _groups() -> dict[str, dict[str, Any]]:
    groups: dict[str, dict[str, Any]] = {}
    for name in FILES:
        for group, entry in lexicon(name).items():
            if group in groups:
                raise ValueError(f"lexicon/{name}.toml: the group {group} is already in another file")
            groups[group] = entry
    return groups


@cache
def bit(*groups: str) -> int:
    """The bits of the lexicon groups. KeyError for a group that no lexicon has."""
    return sum(1 << list(_groups()).index(group) if group in _groups() else _missing(group) for group in set(groups))


def _missing(group: str) -> int:
    raise KeyError(f"no lexicon has a group {group}")


@cache
def _words() -> dict[str, int]:
    found: dict[str, int] = {}
    for group, entry in _groups().items():
        for word in entry.get("words", ()):
            found[word] = found.get(word, 0) | bit(group)
    return found


@cache
def _parts() -> tuple[tuple[re.Pattern[str], int, frozenset[str]], ...]:
    parts = []
    for group, entry in _groups().items():
        patterns = [re.escape(part) for part in entry.get("holds", ())]
        patterns += [f"^{re.escape(part)}" for part in entry.get("starts", ())]
        patterns += [f"{re.escape(part)}$" for part in entry.get("ends", ())]
        if patterns:
            parts.append((re.compile("|".join(patterns)), bit(group), frozenset(entry.get("except", ()))))
    return tuple(parts)


@cache
def _phrases() -> dict[str, tuple[tuple[tuple[str, ...], int], ...]]:
    found: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for group, entry in _groups().items():
        for phrase in entry.get("phrases", ()):
            first, *rest = [token.low for token in tokenize(phrase)]
            found.setdefault(first, []).append((tuple(rest), bit(group)))
    return {first: tuple(sorted(ends, key=lambda end: -len(end[0]))) for first, ends in found.items()}


@cache
def _hidden() -> dict[int, int]:
    """The groups that a group's phrases take away from their words ("år tidigare" is no "tidigare")."""
    return {bit(group): bit(*entry["hides"]) for group, entry in _groups().items() if "hides" in entry}


class _Pair(NamedTuple):
    """Two words that mean something together: `closes` behind an opener, with at most `gap` words between."""

    closes: re.Pattern[str]
    """Whole words, as regular expressions ("[a-zåäö]*pris")."""
    gap: int
    mask: int


@cache
def _pairs() -> dict[str, tuple[_Pair, ...]]:
    found: dict[str, list[_Pair]] = {}
    for group, entry in _groups().items():
        for pair in entry.get("pairs", ()):
            closes = re.compile(f"(?:{'|'.join(pair['then'])})$")
            for opener in pair["first"]:
                found.setdefault(opener, []).append(_Pair(closes, pair["gap"], bit(group)))
    return {opener: tuple(pairs) for opener, pairs in found.items()}


@cache
def opens_phrase() -> int:
    """A bit beside those of the groups: the word opens a phrase or a pair."""
    return 1 << len(_groups())


@cache
def opens_number() -> int:
    """A bit beside those of the groups: the word, or a number in digits, can open a quantity or a year."""
    return 2 << len(_groups())


@lru_cache(maxsize=1 << 16)
def tags_of(low: str) -> int:
    """The groups of a casefolded word, as bits, and what it can open."""
    tags = _words().get(low, 0)
    if low in _phrases() or low in _pairs():
        tags |= opens_phrase()
    if may_open(low):
        tags |= opens_number()
    for pattern, mask, exceptions in _parts():
        if not tags & mask and low not in exceptions and pattern.search(low):
            tags |= mask
    return tags


class Tagged:
    """A sentence as tokens with tags: `tokens`, `low` and `tags` run in parallel."""

    __slots__ = ("low", "mask", "sentence", "tags", "tokens")

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.tokens: list[Token] = tokenize(sentence.text, sentence.span.start)
        self.low = [token.low for token in self.tokens]
        self.tags = [tags_of(low) for low in self.low]
        phrases, pairs, opens = _phrases(), _pairs(), opens_phrase()
        hidden: list[tuple[int, int, int]] = []
        for index in [at for at, tags in enumerate(self.tags) if tags & opens]:
            low = self.low[index]
            if low in phrases:
                for rest, mask in phrases[low]:
                    end = index + 1 + len(rest)
                    if tuple(self.low[index + 1 : end]) == rest:
                        for at in range(index, end):
                            self.tags[at] |= mask
                        if mask in _hidden():
                            hidden.append((index, end, _hidden()[mask]))
            if low in pairs:
                self._pair(index, pairs[low])
        for i, j, mask in hidden:
            for at in range(i, j):
                self.tags[at] &= ~mask
        self.mask = reduce(or_, self.tags, 0)

    def _pair(self, index: int, pairs: tuple[_Pair, ...]) -> None:
        for pair in pairs:
            for at in range(index + 1, min(index + 2 + pair.gap, len(self.low))):
                if self.tokens[at].kind == "mark" and self.low[at] not in '-”"':
                    break
                if pair.closes.match(self.low[at]):
                    self.tags[index] |= pair.mask
                    self.tags[at] |= pair.mask
                    break
