"""Sentences: where one ends and the next begins in Swedish contract prose.

Here: splitting a block of clean text. Not here: what the sentences mean.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from orchestration.contracts.model import Span

_LEXICON = Path(__file__).parent / "lexicon" / "abbreviations.toml"
_STOP = re.compile(r"[.!?…][”\"’)»]*\s+(?=[\"”“»(–-]?\s?[A-ZÅÄÖÉ0-9•*])")
_LAST_TOKEN = re.compile(r"\S+$")


@cache
def _abbreviations() -> tuple[frozenset[str], frozenset[str]]:
    with _LEXICON.open("rb") as file:
        words = tomllib.load(file)
    return frozenset(words["never_ends_a_sentence"]), frozenset(words["may_end_a_sentence"])


def split(text: str, span: Span) -> Iterator[Span]:
    """The sentences of the block at `span` of a clean text, left to right, without the white space between them."""
    start = span.start
    for match in _STOP.finditer(text, span.start, span.end):
        if _is_inside(text, start, match):
            continue
        end = match.end() - (len(match.group()) - len(match.group().rstrip()))
        if end > start:
            yield Span(start, end)
        start = match.end()
    end = start + len(text[start : span.end].rstrip())
    if end > start:
        yield Span(start, end)


def _is_inside(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the stop belongs to an abbreviation, an ordinal or an initial rather than to a sentence's end."""
    if text[match.start()] != ".":
        return False
    token = _LAST_TOKEN.search(text, max(start, match.start() - 20), match.start())
    if token is None:
        return False
    word = token.group().lstrip('("”“»').casefold()
    never, may = _abbreviations()
    following = text[match.end() : match.end() + 1]
    if word in never:
        return True
    if word in may:
        return following.isdigit()
    is_ordinal = word.isdigit() and len(word) <= 2 and match.start() - len(word) == start
    is_initial = len(word) == 1 and word.isalpha() and token.group()[-1].isupper()
    return is_ordinal or is_initial
