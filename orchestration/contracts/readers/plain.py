"""Plain text: one contract text, or a clause collection with one text a line.

Here: telling the two apart. Not here: decoding, layout.
"""

import re
from collections.abc import Iterable

from orchestration.contracts.sections import read_title
from orchestration.contracts.source import SourceText

_CLAUSE = re.compile(r"\s*([^.:•\n]{4,80})[.:]\s+\S")
_LINE_END = re.compile(r"\r\n|\n|\r")
_LONGEST_OPENING = 200


def collection_of(text: str) -> tuple[SourceText, ...] | None:
    """One text a line where every line opens with the heading of the same canonical clause; None for other texts."""
    lines = [(number, line) for number, line in enumerate(_LINE_END.split(text), 1) if line.strip()]
    if not _is_collection(line[:_LONGEST_OPENING] for _, line in lines):
        return None
    return tuple(SourceText(line, number) for number, line in lines)


def read_plain(text: str) -> SourceText:
    """The whole text, unchanged. Form feeds, as PDF converters write them, begin pages."""
    return SourceText(text, pages=page_starts(text))


def page_starts(text: str) -> tuple[int, ...]:
    """Where the pages of a text begin that marks them by form feeds; empty where it has none."""
    if "\f" not in text.rstrip("\f\r\n "):
        return ()
    return (0, *(match.end() for match in re.finditer("\f", text)))


def _is_collection(lines: Iterable[str]) -> bool:
    sections: list[str] = []
    for line in lines:
        clause = _CLAUSE.match(line)
        section = read_title(clause.group(1)).section if clause else None
        if section is None or (sections and section != sections[0]):
            return False
        sections.append(section)
    return len(sections) > 1
