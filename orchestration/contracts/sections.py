"""Which canonical section a heading opens: by its title, never by its number.

Here: titles to codes. Not here: finding headings in a text (layout).
"""

import re
import tomllib
from functools import cache
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
    phrase = " ".join(words)
    for code, titles, _ in _catalogue():
        if phrase in titles:
            return code
    for code, _, stems in _catalogue():
        for group in stems:
            if all(any(word.startswith(stem) for word in words) for stem in group):
                return code
    return None


def place_of_masked(previous: str | None, following: str | None) -> str | None:
    """The section of a masked heading from the sections before and after it; None where the place does not tell."""
    expected = _PLACES.get(previous or "")
    if expected is None or expected == following:
        return None
    return expected
