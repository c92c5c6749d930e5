"""Contracts set as PDF with reportlab: embedded fonts, running lines, notes, columns, tables, hyphens at line ends."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import reportlab
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.documents.contract import Contract, Piece

_FONTS = Path(reportlab.__file__).parent / "fonts"
_WIDTH, _HEIGHT = 595.0, 842.0
_VOWELS = "aeiouyåäö"


@dataclass(frozen=True)
class Style:
    """How a PDF is set."""

    columns: int = 1
    size: float = 11.0
    margin: float = 72.0
    header: str = "Klimatkontrakt 2030"
    footer: str = "{page} ({pages})"
    is_hyphenated: bool = True
    has_cover: bool = True
    has_contents: bool = True
    is_justified: bool = False
    tables: tuple[tuple[tuple[str, ...], ...], ...] = ()
    is_ruled: bool = True
    """Whether tables have drawn lines."""
    row_gap: float = 6.0
    """Points between the rows of a table."""
    right_aligned: tuple[int, ...] = ()
    """Columns of a table that end at their right edge: numbers."""
    paragraph_gap: float = 0.6
    """Of a line, between paragraphs."""
    indent: float = 0.0
    is_heading_large: bool = True


@dataclass(frozen=True)
class _Setting:
    text: str
    font: str
    size: float
    x: float
    gap: float
    note: int = 0
    stretch: float = 0.0


def set_pdf(contract: Contract, style: Style | None = None, *, encrypt: str | None = None) -> bytes:
    """The contract as the bytes of a PDF."""
    style = style or Style()
    for name, file in (("Body", "Vera.ttf"), ("Bold", "VeraBd.ttf")):
        registerFont(TTFont(name, _FONTS / file))
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=(_WIDTH, _HEIGHT), encrypt=encrypt, invariant=1)
    _Setter(canvas, style).set(contract)
    canvas.save()
    return target.getvalue()


class _Setter:
    def __init__(self, canvas: Canvas, style: Style) -> None:
        self._canvas, self._style = canvas, style
        self._page, self._column = 1, 0
        self._y = self._top = _HEIGHT - style.margin
        self._notes: list[tuple[int, str]] = []
        self._numbers = count(1)

    def set(self, contract: Contract) -> None:
        style, canvas = self._style, self._canvas
        if style.has_cover and contract.cover:
            for number, line in enumerate(contract.cover):
                canvas.setFont("Bold" if number == 0 else "Body", 24 if number == 0 else 13)
                canvas.drawString(style.margin, 600 - 34 * number, line[:70])
            self._end_page()
        if style.has_contents and contract.contents:
            self._contents(contract.contents)
        for piece in contract.pieces:
            self._piece(piece)
        for table in style.tables:
            self._table(table)
        self._end_page()

    def _contents(self, titles: tuple[str, ...]) -> None:
        canvas, style = self._canvas, self._style
        canvas.setFont("Bold", style.size + 3)
        canvas.drawString(style.margin, self._y, "Innehåll")
        self._y -= 26
        canvas.setFont("Body", style.size)
        for number, title in enumerate(titles):
            dots = "." * int((_WIDTH - 2 * style.margin - stringWidth(title, "Body", style.size) - 40) / 4)
            canvas.drawString(style.margin, self._y, f"{title} {dots}")
            canvas.drawRightString(_WIDTH - style.margin, self._y, str(3 + number // 3))
            self._y -= 1.3 * style.size
            if self._y < style.margin + 40:
                self._end_page()
        self._end_page()

    def _piece(self, piece: Piece) -> None:
        style = self._style
        is_heading = piece.kind == "heading"
        font = "Bold" if is_heading else "Body"
        size = style.size + (4 - piece.level if style.is_heading_large else 0) if is_heading else style.size
        hanging = 14.0 if piece.kind == "bullet" else 0.0
        note = next(self._numbers) if piece.note else 0
        lines = list(self._lines(piece.text, font, size, self._width() - hanging))
        self._y -= style.paragraph_gap * size * (1.6 if is_heading else 1)
        for number, (line, is_last) in enumerate(lines):
            reserve = 70 if is_heading and number == 0 else 0
            if self._y < self._floor() + reserve:
                self._next_column()
            if piece.kind == "bullet" and number == 0:
                self._canvas.setFont("Body", size)
                self._canvas.drawString(self._x(), self._y, "•")
            if is_last and piece.note:
                self._notes.append((note, piece.note))
            indent = style.indent if number == 0 and piece.kind == "paragraph" else 0.0
            self._line(line, font, size, self._x() + hanging + indent, note if is_last else 0,
                       0 if is_last or not style.is_justified else self._width() - hanging - indent)  # fmt: skip
            self._y -= 1.3 * size

    def _line(self, text: str, font: str, size: float, x: float, note: int, width: float) -> None:
        canvas = self._canvas
        canvas.setFont(font, size)
        spaces = text.count(" ")
        stretch = (width - stringWidth(text, font, size)) / spaces if width and spaces else 0.0
        if 0 < stretch < size:
            left = x
            for word in text.split(" "):
                canvas.drawString(left, self._y, word)
                left += stringWidth(word + " ", font, size) + stretch
        else:
            canvas.drawString(x, self._y, text)
        if note:
            canvas.setFont(font, 0.6 * size)
            canvas.drawString(x + stringWidth(text, font, size), self._y + 0.36 * size, str(note))

    def _lines(self, text: str, font: str, size: float, width: float) -> Iterator[tuple[str, bool]]:
        line, words = "", text.split(" ")
        room = width - self._style.indent
        while words:
            word = words.pop(0)
            candidate = f"{line} {word}" if line else word
            if stringWidth(candidate, font, size) <= room:
                line = candidate
                continue
            head, tail = self._hyphenate(line, word, font, size, room)
            if head:
                yield f"{line} {head}-" if line else f"{head}-", False
                line = tail
            else:
                yield line, False
                line = word
        yield line, True

    def _hyphenate(self, line: str, word: str, font: str, size: float, room: float) -> tuple[str, str]:
        if not self._style.is_hyphenated or len(word) < 9 or not word.isalpha() or not word.islower():
            return "", word
        for cut in range(len(word) - 3, 3, -1):
            head, tail = word[:cut], word[cut:]
            is_place = head[-1] not in _VOWELS and tail[0] not in _VOWELS and any(v in tail for v in _VOWELS)
            if is_place and stringWidth(f"{line} {head}-", font, size) <= room:
                return head, tail
        return "", word

    def _table(self, table: tuple[tuple[str, ...], ...]) -> None:
        canvas, style = self._canvas, self._style
        columns = len(table[0])
        width = (_WIDTH - 2 * style.margin) / columns
        self._y -= 20
        for row in table:
            cells = [list(self._lines(cell, "Body", 9, width - 8)) for cell in row]
            height = 12.0 * max(map(len, cells)) + style.row_gap
            if self._y - height < self._floor():
                self._next_column()
            for number, cell in enumerate(cells):
                left = style.margin + number * width
                if style.is_ruled:
                    canvas.rect(left, self._y - height, width, height)
                canvas.setFont("Body", 9)
                for index, (line, _) in enumerate(cell):
                    if number in style.right_aligned:
                        canvas.drawRightString(left + width - 8, self._y - 11 - 12 * index, line)
                    else:
                        canvas.drawString(left + 4, self._y - 11 - 12 * index, line)
            self._y -= height

    def _width(self) -> float:
        gutter = 24.0 * (self._style.columns - 1)
        return (_WIDTH - 2 * self._style.margin - gutter) / self._style.columns

    def _x(self) -> float:
        return self._style.margin + self._column * (self._width() + 24.0)

    def _floor(self) -> float:
        return self._style.margin + 11.0 * len(self._notes) + 6

    def _next_column(self) -> None:
        if self._column + 1 < self._style.columns:
            self._column += 1
            self._y = self._top
        else:
            self._end_page()

    def _end_page(self) -> None:
        canvas, style = self._canvas, self._style
        if self._page > 1:
            canvas.setFont("Body", 8)
            canvas.drawString(style.margin, _HEIGHT - 40, style.header)
            canvas.drawRightString(_WIDTH - style.margin, 30, style.footer.format(page=self._page, pages=30))
        for index, (number, note) in enumerate(reversed(self._notes)):
            canvas.setFont("Body", 8)
            canvas.drawString(style.margin, style.margin - 12 + 11 * index, f"{number} {note}")
        self._notes.clear()
        canvas.showPage()
        self._page, self._column, self._y = self._page + 1, 0, self._top
