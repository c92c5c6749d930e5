"""Which canonical section a heading opens: by its title, never by its number.

Here: titles to codes. Not here: finding headings in a text (layout).
"""

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

_LEXICON = Path(__file__).parent / "lexicon" / "sections.toml"
_NUMBER = re.compile(r"^\s*(?:#+\s*)?(?:avsnitt\s+)?(\d{1,2}(?:\.\d{1,2})*)?[.:)]?\s*", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_MASKED = re.compile(r"^[xX]+$")

_JOINING = frozenset({"och", "för", "med", "av", "i"})

# A masked heading is known by its place: the first section here whose neighbours stand around it.
_PLACES = {
    "climate_goals": "strategy",
    "strategy": "organisation",
    "organisation": "collaboration",
    "collaboration": "investment_plan",
    "investment_plan": "digital_support",
    "digital_support": "innovation_hub",
}


class Title(NamedTuple):
    """A heading taken apart: its number ("3.1" or ""), its words, and the canonical section (None: not one)."""

    number: str
    words: str
    section: str | None
    is_masked: bool


@cache
def _catalogue() -> tuple[tuple[str, frozenset[str], tuple[tuple[str, ...], ...]], ...]:
    with _LEXICON.open("rb") as file:
        entries = tomllib.load(file)
    return tuple(
        (code, frozenset(entry["titles"]), tuple(tuple(group) for group in entry["stems"]))
        for code, entry in entries.items()
    )


@cache
def section_codes() -> tuple[str, ...]:
    """All codes, in the order of a contract; `other` last."""
    return (*(code for code, _, _ in _catalogue()), "other")


def read_title(line: str) -> Title:
    """Take a possible heading apart. A line that is no canonical title gets section None."""
    match = _NUMBER.match(line)
    number = (match.group(1) or "") if match else ""
    rest = line[match.end() :] if match else line
    words = [word.casefold() for word in _WORD.findall(rest)]
    legible = [word for word in words if not _MASKED.match(word)]
    is_masked = len(legible) < len(words)
    while is_masked and legible and legible[-1] in _JOINING:
        legible.pop()
    return Title(number, " ".join(words), _section(legible) if legible else None, is_masked)


def _section(words: list[str]) -> str | None:
    if code := _titles().get(" ".join(words)):
        return code
    if words[0].startswith("bilag"):
        return "appendix"
    groups = _groups()
    known = {word: stems for word in words if (stems := _stems_of(word))}
    if not known:
        return None
    found = frozenset().union(*known.values())
    return next((code for code, group in groups if group <= found), None)


@cache
def _titles() -> dict[str, str]:
    return {title: code for code, titles, _ in reversed(_catalogue()) for title in titles}


@cache
def _groups() -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((code, frozenset(group)) for code, _, groups in _catalogue() for group in groups)


@lru_cache(maxsize=50_000)
def _stems_of(word: str) -> frozenset[str]:
    """The stems of the catalogue that the word begins with. Cached by word: a language has few, its texts repeat them."""
    return frozenset(stem for _, group in _groups() for stem in group if word.startswith(stem))


def place_of_masked(previous: str | None, following: str | None) -> str | None:
    """The section of a masked heading from the sections before and after it; None where the place does not tell."""
    expected = _PLACES.get(previous or "")
    if expected is None or expected == following:
        return None
    return expected
