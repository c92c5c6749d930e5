"""The words of a PDF page with their places and sizes, as PDFium gives them.

Here: PDFium's characters to words, note numbers told from digits by their size. Not here: lines, columns, order.
"""

import ctypes
import re
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Any

import pypdfium2.raw as pdfium

_WORD = re.compile(r"[^\s\ufffe\x00-\x1f]+\ufffe?|\ufffe")
_NOTE_SIZE = 0.82
_NOTE_RISE = 0.12
_DESCENT = 0.22
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


def page_words(
    textpage: Any, turn: Callable[[float, float, float, float], tuple[float, float, float, float]]
) -> list[Word]:
    """The words of a page in the order of its content stream. `turn` maps boxes to the page as it is shown."""
    text = _page_text(textpage)
    rect = pdfium.FS_RECTF()
    get_box = pdfium.FPDFText_GetLooseCharBox
    get_weight = pdfium.FPDFText_GetFontWeight

    def box(index: int) -> _Box:
        get_box(textpage, index, rect)
        left, bottom, right, top = turn(rect.left, rect.bottom, rect.right, rect.top)
        height = top - bottom
        return _Box(left, right, bottom + _DESCENT * height, height)

    words = []
    for match in _WORD.finditer(text):
        first, last = box(match.start()), box(match.end() - 1)
        letters = match.group()
        is_uneven = abs(first.size - last.size) > 0.5 or abs(first.base - last.base) > 0.5
        if is_uneven or (len(letters) > 1 and _HAS_DIGIT.search(letters)):
            letters, first, last = _with_notes(letters, [box(index) for index in range(*match.span())])
        if letters.endswith("\ufffe"):
            letters = letters[:-1] + "-"
        size = max(first.size, last.size)
        if size > 0:
            base = first.base if first.size >= last.size else last.base
            weight = get_weight(textpage, match.start())
            words.append(Word(letters.translate(_LIGATURES), first.x0, last.x1, base, size, weight))
    return words


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


def _with_notes(letters: str, boxes: list[_Box]) -> tuple[str, _Box, _Box]:
    """The word with raised small digits as superscripts, and the first and last box of its full-size letters."""
    size = max(box.size for box in boxes)
    full = [box for box in boxes if box.size > _NOTE_SIZE * size]
    base = median(box.base for box in full)
    found = []
    for letter, box in zip(letters, boxes, strict=True):
        is_note = box.size <= _NOTE_SIZE * size and box.base > base + _NOTE_RISE * size
        found.append(letter.translate(_TO_SUPERSCRIPT) if is_note else letter)
    first, last = boxes[0], boxes[-1]
    return "".join(found), _Box(first.x0, first.x1, base, size), _Box(last.x0, last.x1, base, size)


def as_note(text: str) -> str:
    """Digits as superscripts."""
    return text.translate(_TO_SUPERSCRIPT)
