"""The words of a PDF page with their places and sizes, as PDFium gives them.

Here: PDFium's characters to words, note numbers told from digits by their size. Not here: lines, columns, order.
"""

import ctypes
import re
from collections.abc import Callable
from dataclasses import dataclass
from math import hypot
from statistics import median
from typing import Any

import pypdfium2.raw as pdfium

_WORD = re.compile(r"[^\s\ufffe\x00-\x1f]+\ufffe?|\ufffe")
_NOTE_SIZE = 0.88
_NOTE_RISE = 0.12
_TO_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_HAS_DIGIT = re.compile(r"\d")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"})


Turn = Callable[[float, float, float, float], tuple[float, float, float, float]]
"""From a box (left, bottom, right, top) in the page's own coordinates to the page as it is shown."""


@dataclass(slots=True)
class Word:
    """A word in page coordinates (points, y upwards)."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    weight: int


@dataclass(slots=True)
class _Box:
    x0: float
    x1: float
    base: float
    size: float


def page_words(textpage: Any, turn: Turn) -> list[Word]:
    """The words of a page in the order of its content stream. `turn` maps boxes to the page as it is shown."""
    text = _page_text(textpage)
    box = _box_reader(textpage, turn)
    get_weight = pdfium.FPDFText_GetFontWeight
    words = []
    for match in _WORD.finditer(text):
        letters = match.group()
        first, last = box(match.start()), box(match.end() - 1)
        is_uneven = abs(first.base - last.base) > 0.3 or abs(first.size - last.size) > 0.3
        if is_uneven or (len(letters) > 1 and _HAS_DIGIT.search(letters)):
            boxes = [box(index) for index in range(*match.span())]
            letters, size, base = _with_notes(letters, boxes)
        else:
            size, base = first.size, first.base
        if letters.endswith("\ufffe"):
            letters = letters[:-1] + "-"
        if size > 0:
            weight = get_weight(textpage, match.start())
            words.append(Word(letters.translate(_LIGATURES), first.x0, last.x1, base, size, weight))
    return words


def _box_reader(textpage: Any, turn: Turn) -> Callable[[int], _Box]:
    """From a character's index to its box; the calls' buffers are made once a page.

    The size is the font's as it is shown: boxes are higher or lower with the letter, and the bare font size is 1 where
    a program scales by the matrix instead.
    """
    rect, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    get_box, get_origin = pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFText_GetCharOrigin
    get_size, get_matrix = pdfium.FPDFText_GetFontSize, pdfium.FPDFText_GetMatrix

    def box(index: int) -> _Box:
        get_box(textpage, index, rect)
        get_origin(textpage, index, x, y)
        get_matrix(textpage, index, matrix)
        left, _, right, _ = turn(rect.left, rect.bottom, rect.right, rect.top)
        base = turn(x.value, y.value, x.value, y.value)[1]
        return _Box(left, right, base, get_size(textpage, index) * hypot(matrix.c, matrix.d))

    return box


def _page_text(textpage: Any) -> str:
    count = pdfium.FPDFText_CountChars(textpage)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (2 * count + 2))()
    written = pdfium.FPDFText_GetText(textpage, 0, count, buffer)
    text = bytes(memoryview(buffer).cast("B")[: 2 * max(0, written - 1)]).decode("utf-16-le", "replace")
    if len(text) == count:
        return text
    # characters without a Unicode meaning are left out of the text but keep their index
    codes = (pdfium.FPDFText_GetUnicode(textpage, index) for index in range(count))
    return "".join(chr(code) if code and code < 0x110000 and not 0xD800 <= code < 0xE000 else " " for code in codes)


def _with_notes(letters: str, boxes: list[_Box]) -> tuple[str, float, float]:
    """The word with raised small digits as superscripts, and the size and base line of its full-size letters."""
    size = max(box.size for box in boxes)
    full = [box.base for box in boxes if box.size > _NOTE_SIZE * size]
    base = median(full)
    found = [
        letter.translate(_TO_SUPERSCRIPT)
        if box.size <= _NOTE_SIZE * size and box.base > base + _NOTE_RISE * size else letter
        for letter, box in zip(letters, boxes, strict=True)
    ]  # fmt: skip
    return "".join(found), size, base


def as_note(text: str) -> str:
    """Digits as superscripts."""
    return text.translate(_TO_SUPERSCRIPT)
