"""Why a file is set aside, in words for the person who can do something about it.

Here: the sentences of lexicon/reasons.toml, filled in. Not here: deciding (the readers, identity).
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from orchestration.contracts.source import UnreadableFile

_LEXICON = Path(__file__).parent / "lexicon" / "reasons.toml"
_LONGEST_VALUE = 120


class Words(NamedTuple):
    """A value that reads differently in the two languages."""

    en: str
    sv: str


@cache
def _sentences() -> dict[str, dict[str, str]]:
    with _LEXICON.open("rb") as file:
        return tomllib.load(file)


def reason_codes() -> tuple[str, ...]:
    """All codes, in the lexicon's order."""
    return tuple(_sentences())


def unreadable(code: str, **values: object) -> UnreadableFile:
    """The error to raise: the English sentence, then the Swedish. Raises KeyError for an unknown code or value."""
    sentence = _sentences()[code]
    english = {name: _shown(value.en if isinstance(value, Words) else value) for name, value in values.items()}
    swedish = {name: _shown(value.sv if isinstance(value, Words) else value) for name, value in values.items()}
    return UnreadableFile(code, f"{sentence['en'].format(**english)} / {sentence['sv'].format(**swedish)}")


def megabytes(count: int) -> str:
    """A number of bytes for people: "12 kB", "50 MB"."""
    return f"{count / 1e6:.0f} MB" if count >= 1_000_000 else f"{max(1, round(count / 1e3))} kB"


def _shown(value: object) -> str:
    """One printable line: what a file says of itself must not break a log or a page."""
    text = "".join(letter if letter.isprintable() else " " for letter in str(value))
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"
