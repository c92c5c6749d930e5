"""PDF: pages to one text in reading order, with its blocks and where each page begins.

Here: opening, limits, and putting the text together. Not here: words, lines, columns, tables, furniture, blocks (the
modules beside this one). Runs in the child process.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

import pypdfium2
import pypdfium2.raw

from orchestration.contracts.model import Span
from orchestration.contracts.readers.pdf_aligned import find_aligned_tables
from orchestration.contracts.readers.pdf_blocks import PdfBlock, PdfPage, blocks_of
from orchestration.contracts.readers.pdf_furniture import without_furniture
from orchestration.contracts.readers.pdf_lines import Line, in_reading_order, lines_of
from orchestration.contracts.readers.pdf_tables import Table, drawn_boxes, find_tables
from orchestration.contracts.readers.pdf_words import Turn, page_words
from orchestration.contracts.reasons import Words, unreadable
from orchestration.contracts.source import Hint, Limits, SourceText

_LETTERS_A_PAGE = 20
_PASSWORD_ERROR = "password"
_LINEARIZED = re.compile(rb"/Linearized\b.{0,200}?/L\s+(\d+)", re.DOTALL)
_TAIL = 65_536


def read_pdf(data: bytes, limits: Limits) -> SourceText:
    """The text of a PDF. Raises UnreadableFile: damaged, encrypted, too_many_pages, no_text_layer, too_much_text."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if _PASSWORD_ERROR in str(error).lower():
            raise unreadable("encrypted", expected="PDF") from None
        raise unreadable("damaged", expected="PDF", found=str(error)) from None
    try:
        if len(document) > limits.pages:
            raise unreadable("too_many_pages", limit=limits.pages, found=len(document))
        if not len(document) or _is_cut_off(data):
            raise unreadable("damaged", expected="PDF", found=Words("its end is missing", "slutet saknas"))
        pages = _pages(document, limits)
    finally:
        document.close()
    letters = sum(sum(map(str.isalpha, line.text)) for page in pages for line in _all_lines(page))
    if letters < _LETTERS_A_PAGE * min(len(pages), 10):
        raise unreadable("no_text_layer", found=len(pages))
    text = _Assembler(len(pages)).assemble(blocks_of(pages))
    return replace(text, flags=("pages_without_text",)) if any(page.is_image for page in pages) else text


def _is_cut_off(data: bytes) -> bool:
    """PDFium mends what it can and would silently give fewer pages."""
    if b"%%EOF" not in data[-_TAIL:] and b"startxref" not in data[-_TAIL:]:
        return True
    linearized = _LINEARIZED.search(data[:2048])
    return linearized is not None and len(data) < int(linearized.group(1)) and data.count(b"startxref") < 2


def _all_lines(page: PdfPage) -> Iterator[Line]:
    yield from page.lines
    for table in page.tables:
        for row in table.rows:
            for cell in row:
                yield from cell


def _pages(document: pypdfium2.PdfDocument, limits: Limits) -> list[PdfPage]:
    lines: list[list[Line]] = []
    tables: list[list[Table]] = []
    heights, images = [], []
    characters = 0
    for number in range(len(document)):
        page = document[number]
        textpage = page.get_textpage()
        turn, height = _turn(page)
        words = page_words(textpage, turn)
        characters += sum(len(word.text) + 1 for word in words)
        if characters > limits.characters:
            raise unreadable("too_much_text", limit=limits.characters, found=f"> {characters}")
        boxes = [turn(*box) for box in drawn_boxes(page)] if words else []
        images.append(not words and _has_image(page))
        found, rest = find_tables(boxes, words, number) if len(boxes) > 1 else ([], words)
        aligned, loose = find_aligned_tables(lines_of(rest, number))
        tables.append(sorted([*found, *aligned], key=lambda table: (-table.top, table.left)))
        lines.append(in_reading_order(loose))
        heights.append(height)
        textpage.close()
        page.close()
    cleaned = without_furniture(lines, heights)
    return [PdfPage(*parts) for parts in zip(cleaned, tables, images, strict=True)]


def _has_image(page: pypdfium2.PdfPage) -> bool:
    return any(True for _ in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _turn(page: pypdfium2.PdfPage) -> tuple[Turn, float]:
    """From the page's own coordinates to the page as it is shown, and its height as shown."""
    left, bottom, right, top = page.get_mediabox()
    match page.get_rotation():
        case 90:
            return lambda x0, y0, x1, y1: (y0 - bottom, right - x1, y1 - bottom, right - x0), right - left
        case 180:
            return lambda x0, y0, x1, y1: (right - x1, top - y1, right - x0, top - y0), top - bottom
        case 270:
            return lambda x0, y0, x1, y1: (top - y1, x0 - left, top - y0, x1 - left), right - left
        case _:
            return lambda x0, y0, x1, y1: (x0 - left, y0 - bottom, x1 - left, y1 - bottom), top - bottom


class _Assembler:
    """Blocks to one raw text, hints and page starts."""

    def __init__(self, pages: int) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._hints: list[Hint] = []
        self._starts: list[int | None] = [None] * pages

    def assemble(self, blocks: list[PdfBlock]) -> SourceText:
        for block in blocks:
            self._block(block)
            for note in block.footnotes:
                self._block(note)
        starts: list[int] = []
        following = self._length
        for start in reversed(self._starts):
            following = following if start is None else min(start, following)
            starts.append(following)
        return SourceText("".join(self._parts), pages=tuple(reversed(starts)), hints=tuple(self._hints))

    def _block(self, block: PdfBlock) -> None:
        if block.cells:
            for row in block.cells:
                self._row(row)
            return
        self._add("\n\n" if self._parts else "")
        self._hinted(block)

    def _row(self, row: list[PdfBlock]) -> None:
        self._add("\n\n" if self._parts else "")
        for index, cell in enumerate(cell for cell in row if cell.lines):
            self._add("\t" if index else "")
            self._hinted(cell)

    def _hinted(self, block: PdfBlock) -> None:
        start = self._length
        is_flow = block.kind != "footnote"
        for index, line in enumerate(block.lines):
            self._add("\n" if index else "")
            if is_flow and self._starts[line.page] is None:
                self._starts[line.page] = self._length
            self._add(line.text)
        page = block.lines[0].page if not is_flow else None
        self._hints.append(Hint(block.kind, Span(start, self._length), block.level, page))

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
