"""Tokens: the words, numbers and marks of a sentence, with their offsets in the clean text.

Here: cutting. Not here: what a token means (the lexicons and slots).
"""

import re
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(
    r"""
    (?P<number>\d{1,3}(?:[ ]\d{3})+(?:,\d+)?(?!\d)|\d+(?:[.,]\d+)?)
    | (?P<word>[^\W\d_]+(?:[-:’'][^\W_]+|\d+[a-z]?(?!\d)(?![.,]\d))*)
    | (?P<mark>[^\w\s]|_)
    """,
    re.VERBOSE,
)


class Token(NamedTuple):
    """One token: `text` as it stands, `low` casefolded, `start`/`end` clean offsets, `kind` number, word or mark."""

    text: str
    low: str
    start: int
    end: int
    kind: str


@lru_cache(maxsize=4096)
def tokenize(text: str, offset: int = 0) -> list[Token]:
    """The tokens of a text that starts at `offset` of the clean text. "1 200,5" is one number, "2,5" too. Kept for the
    next caller (goals, then initiatives): not to be changed."""
    return [
        Token(
            match.group(), match.group().casefold(), offset + match.start(), offset + match.end(), match.lastgroup or ""
        )
        for match in _TOKEN.finditer(text)
    ]
