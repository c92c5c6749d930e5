"""Plain text: one contract text, or a clause collection with one text a line.

Here: telling the two apart. Not here: decoding, layout.
"""

import re
from collections.abc import Iterator

from orchestration.contracts.sections import read_title
from orchestration.contracts.source import SourceText

_CLAUSE = re.compile(r"\s*([^.:•\n]{4,80})[.:]\s+\S")
_LINE_END = re.compile(r"\r\n|\n|\r")


def texts_of(text: str) -> tuple[SourceText, ...]:
    """One text a line where every line opens with the heading of the same canonical clause, else the whole text."""
    lines = [(number, line) for number, line in enumerate(_LINE_END.split(text), 1) if line.strip()]
    if _is_collection(line for _, line in lines):
        return tuple(SourceText(line, number) for number, line in lines)
    return (SourceText(text),)


def _is_collection(lines: Iterator[str]) -> bool:
    sections: list[str] = []
    for line in lines:
        clause = _CLAUSE.match(line)
        section = read_title(clause.group(1)).section if clause else None
        if section is None or (sections and section != sections[0]):
            return False
        sections.append(section)
    return len(sections) > 1
