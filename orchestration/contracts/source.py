"""What reading hands on: the texts of one file with their layout hints, or the reason why there are none.

Only values here: no reading, no rules. Offsets count Unicode characters of `raw`, end excluded.
"""

import json
from dataclasses import dataclass
from typing import Literal

from orchestration.contracts.model import Span

FileFormat = Literal["txt", "md", "html", "docx", "pdf"]
HintKind = Literal["cover", "contents", "heading", "paragraph", "bullet", "table", "footnote"]


@dataclass(frozen=True)
class Limits:
    """How much a file may ask for. Everything beyond is set aside with a reason that names the limit."""

    file_bytes: int = 100_000_000
    text_bytes: int = 10_000_000
    """Plain text, Markdown and HTML: a contract's text is below 1 MB."""
    characters: int = 3_000_000
    """Of text in one file, whatever the format."""
    pages: int = 1_000
    unpacked_bytes: int = 200_000_000
    """Of a DOCX after unpacking."""
    unpacked_ratio: int = 200
    """Unpacked to packed bytes of one part of a DOCX; text packs to a twentieth, a bomb to a thousandth."""
    seconds: float = 60.0
    """Wall time in the child process for one file."""
    memory_bytes: int = 1_000_000_000
    first_version_year: int = 2020
    last_version_year: int = 2035


@dataclass(frozen=True)
class Hint:
    """What the file's own layout says of a stretch of raw text: a block, known by style, size or place."""

    kind: HintKind
    span: Span
    level: int = 0
    """Of a heading, 1 the highest; 0 where the file does not say."""
    page: int | None = None
    """Index of the page (from 0), where its place in the text does not tell: a footnote set after its paragraph."""


@dataclass(frozen=True)
class SourceText:
    """One contract text as read from a file; of a clause collection, one of its lines."""

    raw: str
    line: int | None = None
    """Line number in a clause collection, from 1; None for a file that is one text."""
    pages: tuple[int, ...] = ()
    """Raw offset at which each page begins; empty where the format has no pages."""
    hints: tuple[Hint, ...] = ()
    """Blocks in the order of the text, not overlapping; empty where the text alone tells its layout."""
    markup: tuple[Span, ...] = ()
    """Inline marks of Markdown that are no words of the contract: left out of the clean text, kept in `raw`."""
    flags: tuple[str, ...] = ()
    """What reading had to leave undone: pages_without_text (some pages are images only)."""


@dataclass(frozen=True)
class ReadFile:
    """A file's format by its content, and its texts."""

    format: FileFormat
    texts: tuple[SourceText, ...]


class UnreadableFile(Exception):
    """A file or line that is set aside: a code for machines and, for people, what was expected, found, and to do."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason

    def __str__(self) -> str:
        return self.reason


def hints_of(source: SourceText) -> str:
    """What dividing a text needs beside its raw text, as JSON: pages, blocks, inline marks."""
    hints = [[hint.kind, *hint.span, hint.level, hint.page] for hint in source.hints]
    return json.dumps({"pages": source.pages, "hints": hints, "markup": source.markup})


def source_from_hints(raw: str, hints: str | None) -> SourceText:
    """The text again from its raw text and what `hints_of` kept of it."""
    kept = json.loads(hints) if hints else {"pages": [], "hints": [], "markup": []}
    blocks = tuple(Hint(kind, Span(start, end), level, page) for kind, start, end, level, page in kept["hints"])
    return SourceText(raw, None, tuple(kept["pages"]), blocks, tuple(Span(*span) for span in kept["markup"]))
