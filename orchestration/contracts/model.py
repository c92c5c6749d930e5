"""The values that the contract stages hand to each other, and to extraction.

Only data here: no reading, no rules. Offsets count Unicode characters; a span is (start, end), end excluded.
`raw` offsets point into the text as it was read, `clean` offsets into the text after hygiene.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

BlockKind = Literal["cover", "heading", "paragraph", "bullet", "table", "footnote"]


class Span(NamedTuple):
    """A stretch of a text: characters start to end, end excluded."""

    start: int
    end: int


class Piece(NamedTuple):
    """A stretch of clean text and the raw stretch it came from; same length means character by character."""

    clean_start: int
    clean_end: int
    raw_start: int
    raw_end: int


@dataclass(frozen=True)
class CleanText:
    """A text after hygiene, with the way back: every clean span has its exact raw span."""

    raw: str
    text: str
    pieces: tuple[Piece, ...]
    _starts: list[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", [piece.clean_start for piece in self.pieces])

    def raw_span(self, start: int, end: int) -> Span:
        """The raw span behind the clean span start..end (a removed note inside it is part of the raw span)."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"a clean span within 0..{len(self.text)} is expected, found {start}..{end}")
        first = self.pieces[bisect_right(self._starts, start) - 1]
        last = self.pieces[bisect_right(self._starts, end - 1) - 1]
        raw_start = first.raw_start + (start - first.clean_start if _is_literal(first) else 0)
        raw_end = last.raw_start + (end - last.clean_start) if _is_literal(last) else last.raw_end
        return Span(raw_start, raw_end)


def _is_literal(piece: Piece) -> bool:
    return piece.clean_end - piece.clean_start == piece.raw_end - piece.raw_start


@dataclass(frozen=True)
class Block:
    """A heading, paragraph, bullet, table cell or footnote: a span of clean text under a canonical section."""

    kind: BlockKind
    span: Span
    section: str
    page: int | None = None


@dataclass(frozen=True)
class Sentence:
    """A sentence (or a verbless bullet, or a heading) as a span of clean text."""

    number: int
    span: Span
    text: str
    kind: BlockKind
    section: str
    block: int
    page: int | None = None


@dataclass(frozen=True)
class Document:
    """One contract text, read, cleaned and divided. A pure function of the raw text and its layout hints."""

    clean: CleanText
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    kind: Literal["full_contract", "excerpt"]
    is_truncated: bool
    quality_flags: tuple[str, ...] = ()

    @property
    def raw(self) -> str:
        """The text as it was read, unchanged."""
        return self.clean.raw


@dataclass(frozen=True)
class Municipality:
    """One of the 290, from the seed `municipalities` (SCB's codes and names)."""

    municipality_id: str
    name: str
    official_name: str
    county_name: str
    slug: str


@dataclass(frozen=True)
class Identity:
    """Whose contract a document is and of which year, each with the source it was known by."""

    municipality: Municipality
    municipality_basis: str
    version_year: int | None
    version_year_basis: str
    signed_date: date | None = None
    flags: tuple[str, ...] = ()

    @property
    def contract_version_id(self) -> str:
        """Readable, stable key: lund-2023, or lund-unknown where no year can be told."""
        return f"{self.municipality.slug}-{self.version_year or 'unknown'}"
