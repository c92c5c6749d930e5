"""A contract's text as blocks to set in any format, taken from a gold text; the way back is what the tests compare.

Here: blocks, and words that formats break (notes, hyphens). Not here: any format (the modules beside this one).
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from orchestration.contracts.document import divide
from orchestration.contracts.model import Document
from orchestration.contracts.source import SourceText

GOLD = Path(__file__).parent.parent / "gold"
READABLE = ("falun-2020", "halmstad-2023", "halmstad-2024", "karlskrona-2021", "karlskrona-2022", "vasteras-2022",
            "vasteras-2024")  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """A heading, paragraph or bullet to set; `note` is the text of a footnote that hangs on its last word."""

    kind: str
    text: str
    level: int = 0
    note: str | None = None


@dataclass(frozen=True)
class Contract:
    """What a test document is set from."""

    cover: tuple[str, ...]
    pieces: tuple[Piece, ...]
    contents: tuple[str, ...] = field(default=())


def gold_text(name: str, folder: str = "train_contracts") -> str:
    """A gold text as it stands."""
    with (GOLD / folder / f"{name}.txt").open(encoding="utf-8", newline="") as file:
        return file.read()


def contract_of(raw: str, *, every_note: int = 0) -> Contract:
    """The blocks of a plain text; with a note on every `every_note`-th paragraph."""
    document = divide(raw)
    clean = document.clean.text
    cover, pieces = [], []
    paragraphs = 0
    for block in document.blocks:
        text = clean[block.span.start : block.span.end]
        if block.kind == "cover":
            cover.append(text)
        elif block.kind == "heading":
            pieces.append(Piece("heading", text, 2 if "." in text.split(" ")[0].rstrip(".") else 1))
        elif block.kind in ("paragraph", "bullet"):
            paragraphs += 1
            is_noted = every_note and paragraphs % every_note == 0
            pieces.append(Piece(block.kind, text, note=_NOTE if is_noted else None))
    headings = tuple(piece.text for piece in pieces if piece.kind == "heading")
    return Contract(tuple(cover), tuple(pieces), headings)


_NOTE = "Jfr sidan 12 i underlaget."


def said(document: Document) -> Counter[tuple[str, str]]:
    """What a document says and where: (section, sentence) without cover and notes."""
    return Counter(_said(document))


def _said(document: Document) -> Iterator[tuple[str, str]]:
    for sentence in document.sentences:
        if sentence.kind not in ("cover", "footnote"):
            yield sentence.section, sentence.text.strip()


def agreement(found: SourceText, raw: str) -> float:
    """The share of the plain text's sentences that the format gives, word for word and in the same section (F1)."""
    expected, got = said(divide(raw)), said(divide(found))
    common = sum((expected & got).values())
    return 2 * common / (expected.total() + got.total())
