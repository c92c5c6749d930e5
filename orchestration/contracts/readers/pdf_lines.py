"""Words to lines: what stands on one base line without a gutter between, in the order in which a person reads them.

Here: lines, note numbers beside them, columns. Not here: pages as a whole, paragraphs, tables.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from orchestration.contracts.marks import BULLET_MARKS
from orchestration.contracts.readers.pdf_words import Word, as_note

_WIDEST_SPACE = 1.2
_SAME_BASE = 0.3
_NOTE_SIZE = 0.88
_MARK = re.compile(rf"(?:[{BULLET_MARKS}·*–—-]|o|\d{{1,2}}(?:\.\d{{1,2}})*\.?|[a-z]\)|\d{{1,2}}\))$")
_MARK_GAP = 5.0
_PAGE_REFERENCE = re.compile(r"[.\s…]*\d{1,3}$")
_LEADER = re.compile(r"[.\s…·_]+$")
_LEAST_COLUMN_LINES = 3
_LEAST_COLUMN_WIDTH = 60.0
_LEAST_GUTTER = 9.0
_DEEPEST = 3
_MOST_LINES = 400


@dataclass(slots=True)
class Line:
    """A line of a page: one stretch of text on one base line."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    weight: int
    page: int = 0
    column: tuple[float, float] = field(default=(0.0, 0.0))
    """Left and right edge of the column it stands in."""


def lines_of(words: Sequence[Word], page: int) -> list[Line]:
    """The lines of a page, unordered: words joined in the stream's order first, then by their places."""
    runs: list[list[Word]] = []
    for word in words:
        if runs and _follows(runs[-1][-1], word):
            runs[-1].append(word)
        else:
            runs.append([word])
    return [_line(run, page) for run in _merge_runs(runs)]


def _follows(last: Word, word: Word) -> bool:
    size = max(last.size, word.size)
    return abs(last.base - word.base) < 0.5 * size and -0.5 * size < word.x0 - last.x1 < _WIDEST_SPACE * size


def _merge_runs(runs: list[list[Word]]) -> list[list[Word]]:
    """Join runs that stand beside each other on one base line, however the stream ordered them."""
    merged: list[list[Word]] = []
    by_row: dict[int, list[list[Word]]] = {}
    for run in sorted(runs, key=lambda run: run[0].x0):
        size = max(word.size for word in run)
        row = round(run[0].base / 4)
        best = None
        for key in (row - 2, row - 1, row, row + 1, row + 2):
            for candidate in by_row.get(key, ()):
                last = candidate[-1]
                rise = abs(last.base - run[0].base)
                is_note = run[0].size <= _NOTE_SIZE * last.size and rise < 0.6 * last.size
                if (rise < _SAME_BASE * size or is_note) and -0.3 * size < run[0].x0 - last.x1 < _gap(candidate, size):
                    best = candidate
        if best is not None:
            best.extend(run)
        else:
            merged.append(run)
            by_row.setdefault(row, []).append(run)
    return merged


def _gap(run: list[Word], size: float) -> float:
    """How far the next word may stand: wide after a bullet or a heading's number."""
    is_mark = len(run) == 1 and _MARK.match(run[0].text)
    return (_MARK_GAP if is_mark else _WIDEST_SPACE) * size


def _line(run: list[Word], page: int) -> Line:
    size = median(word.size for word in run)
    full = [word for word in run if word.size > _NOTE_SIZE * size]
    base = median(word.base for word in full)
    parts: list[str] = []
    for index, word in enumerate(run):
        is_small = word.size <= _NOTE_SIZE * size
        is_note = is_small and word.base > base + 0.12 * size
        is_glued = index and word.x0 - run[index - 1].x1 < 0.12 * size
        if is_note:
            parts.append(as_note(word.text))
        elif index and not is_glued:
            parts.append(" " + word.text)
        else:
            parts.append(word.text)
    weight = round(median(word.weight for word in full))
    return Line("".join(parts), run[0].x0, max(word.x1 for word in run), base, size, weight, page)


def in_reading_order(lines: Iterable[Line]) -> list[Line]:
    """Top to bottom, columns one after the other; what spans the gutter divides the page into bands."""
    rows = sorted(_join_references(list(lines)), key=lambda line: (-line.base, line.x0))
    return _order(rows, depth=0)


def _order(rows: list[Line], depth: int) -> list[Line]:
    if not rows:
        return []
    column = (min(line.x0 for line in rows), max(line.x1 for line in rows))
    gutter = _gutter(rows, column[0]) if depth < _DEEPEST and len(rows) <= _MOST_LINES else None
    if gutter is None:
        return _by_rows(rows, column)
    ordered: list[Line] = []
    band: list[Line] = []
    for line in [*rows, None]:
        if line is not None and (line.x1 <= gutter or line.x0 >= gutter):
            band.append(line)
            continue
        left, right = [part for part in band if part.x1 <= gutter], [part for part in band if part.x0 >= gutter]
        if len(left) >= _LEAST_COLUMN_LINES and len(right) >= _LEAST_COLUMN_LINES:
            ordered += _order(left, depth + 1) + _order(right, depth + 1)
        else:
            ordered += _by_rows(band, column)
        if line is not None:
            ordered += _by_rows([line], column)
        band = []
    return ordered


def _by_rows(lines: list[Line], column: tuple[float, float]) -> list[Line]:
    """Top to bottom; lines on one base line left to right. All stand in `column`."""
    for line in lines:
        line.column = column
    ordered = sorted(lines, key=lambda line: -line.base)
    found: list[Line] = []
    row: list[Line] = []
    for line in ordered:
        if row and row[0].base - line.base > 0.4 * row[0].size:
            found += sorted(row, key=lambda part: part.x0)
            row = []
        row.append(line)
    return found + sorted(row, key=lambda part: part.x0)


def _gutter(lines: list[Line], leftmost: float) -> float | None:
    """The x of a white strip that at least three lines stand on either side of, few lines cross, and text faces."""
    if len(lines) < 2 * _LEAST_COLUMN_LINES:
        return None
    candidates = sorted({round(line.x0) for line in lines if line.x0 > leftmost + _LEAST_COLUMN_WIDTH})
    best, best_score = None, 0.0
    for x in candidates:
        right = [line for line in lines if line.x0 >= x - 2]
        edge = x - _LEAST_GUTTER
        left = [line for line in lines if line.x1 <= edge]
        if len(left) < _LEAST_COLUMN_LINES or len(right) < _LEAST_COLUMN_LINES:
            continue
        facing = _facing(left, right)
        if facing < _LEAST_COLUMN_LINES or not _is_prose(left) or not _is_prose(right):
            continue
        crossing = len(lines) - len(left) - len(right)
        score = facing - crossing * 0.5
        if score > best_score:
            best, best_score = x - _LEAST_GUTTER / 2, score
    return best


def _facing(left: list[Line], right: list[Line]) -> int:
    """How many lines of the shorter side stand at the height of the other side."""

    def within(side: list[Line], other: list[Line]) -> int:
        top, bottom = max(line.base for line in other), min(line.base for line in other)
        return sum(bottom - line.size <= line.base <= top + line.size for line in side)

    return min(within(left, right), within(right, left))


def _is_prose(lines: list[Line]) -> bool:
    """Not a strip of page numbers or marks."""
    return median(len(line.text) for line in lines) >= 8


def _join_references(lines: list[Line]) -> list[Line]:
    """A title, leader dots and the page number of a table of contents become one line, where a page has several."""
    references = [line for line in lines if _PAGE_REFERENCE.fullmatch(line.text) or _LEADER.fullmatch(line.text)]
    if len(references) < 3:
        return lines
    taken = {id(line) for line in references}
    others = [line for line in lines if id(line) not in taken]
    joined = []
    for reference in sorted(references, key=lambda line: line.x0):
        beside = [
            line for line in others
            if abs(line.base - reference.base) < 0.3 * line.size and line.x1 <= reference.x0 + 2
        ]  # fmt: skip
        host = min(beside, key=lambda line: reference.x0 - line.x1, default=None)
        if host is None:
            joined.append(reference)
        else:
            host.text += " " + reference.text.strip()
            host.x1 = reference.x1
    return others + joined
