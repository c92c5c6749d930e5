"""Ruled tables of a PDF page: the grid that its drawn lines make, and the words in each cell.

Here: rules to grids, words to cells. Not here: tables without rules (pdf_aligned).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from orchestration.contracts.readers.pdf_lines import Line, in_reading_order, lines_of
from orchestration.contracts.readers.pdf_words import Word

_THIN = 3.0
_LEAST_LENGTH = 8.0
_SNAP = 3.0
_MOST_RULES = 5_000
_SMALLEST_CELL = 10.0

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class Table:
    """A table in page coordinates: rows of cells, each the cell's lines in reading order."""

    top: float
    bottom: float
    left: float
    right: float
    rows: tuple[tuple[tuple[Line, ...], ...], ...]


@dataclass(frozen=True)
class _Rule:
    at: float
    start: float
    end: float


def drawn_boxes(page: Any) -> list[Bounds]:
    """Bounds (left, bottom, right, top) of everything drawn on the page, forms included to a depth of three."""
    boxes: list[Bounds] = []
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=3):
        boxes.append(item.get_bounds())
        if len(boxes) >= _MOST_RULES:
            break
    return boxes


def find_tables(boxes: Iterable[Bounds], words: Sequence[Word], page: int) -> tuple[list[Table], list[Word]]:
    """The ruled tables of a page and the words that stand in none of them."""
    across, down = _rules(boxes)
    tables: list[Table] = []
    rest = list(words)
    for xs, ys in _grids(across, down):
        inside = [word for word in rest if _is_within(word, xs, ys)]
        if not inside or _is_frame(inside, xs):
            continue
        taken = {id(word) for word in inside}
        rest = [word for word in rest if id(word) not in taken]
        tables.append(Table(ys[0], ys[-1], xs[0], xs[-1], _cells(inside, xs, ys, page)))
    return sorted(tables, key=lambda table: (-table.top, table.left)), rest


def _rules(boxes: Iterable[Bounds]) -> tuple[list[_Rule], list[_Rule]]:
    across, down = [], []
    for left, bottom, right, top in boxes:
        width, height = right - left, top - bottom
        if height <= _THIN and width >= _LEAST_LENGTH:
            across.append(_Rule((top + bottom) / 2, left, right))
        elif width <= _THIN and height >= _LEAST_LENGTH:
            down.append(_Rule((left + right) / 2, bottom, top))
        elif width >= _SMALLEST_CELL and height >= _SMALLEST_CELL:
            across += [_Rule(bottom, left, right), _Rule(top, left, right)]
            down += [_Rule(left, bottom, top), _Rule(right, bottom, top)]
    return across, down


def _grids(across: list[_Rule], down: list[_Rule]) -> list[tuple[list[float], list[float]]]:
    """Groups of crossing rules as (column edges from the left, row edges from the top)."""
    groups: list[tuple[list[_Rule], list[_Rule]]] = []
    for rule in down:
        crossing = [other for other in across if _cross(other, rule)]
        if len(crossing) < 2:
            continue
        touching = [group for group in groups if any(other in group[0] for other in crossing)]
        merged: tuple[list[_Rule], list[_Rule]] = (list(crossing), [rule])
        for group in touching:
            merged = (merged[0] + group[0], merged[1] + group[1])
            groups.remove(group)
        groups.append(merged)
    grids = []
    for rows, columns in groups:
        xs, ys = _snapped(rule.at for rule in columns), _snapped(rule.at for rule in rows)
        if len(xs) >= 3 and len(ys) >= 2:
            grids.append((xs, ys[::-1]))
    return grids


def _cross(across: _Rule, down: _Rule) -> bool:
    return across.start - _SNAP <= down.at <= across.end + _SNAP and down.start - _SNAP <= across.at <= down.end + _SNAP


def _snapped(positions: Iterable[float]) -> list[float]:
    found: list[float] = []
    for position in sorted(positions):
        if not found or position - found[-1] > _SNAP:
            found.append(position)
    return found


def _is_within(word: Word, xs: list[float], ys: list[float]) -> bool:
    middle = (word.x0 + word.x1) / 2
    return xs[0] - 1 <= middle <= xs[-1] + 1 and ys[-1] - 1 <= word.base + word.size / 4 <= ys[0] + 1


def _is_frame(words: list[Word], xs: list[float]) -> bool:
    """A box around prose rather than a table: words run across its inner edges."""
    crossing = sum(any(word.x0 + 2 < x < word.x1 - 2 for x in xs[1:-1]) for word in words)
    return crossing > max(2, len(words) // 20)


def _cells(words: list[Word], xs: list[float], ys: list[float], page: int) -> tuple[tuple[tuple[Line, ...], ...], ...]:
    by_cell: dict[tuple[int, int], list[Word]] = {}
    for word in words:
        middle, height = (word.x0 + word.x1) / 2, word.base + word.size / 4
        column = next((i for i, (left, right) in enumerate(pairwise(xs)) if left <= middle < right), len(xs) - 2)
        row = next((i for i, (top, bottom) in enumerate(pairwise(ys)) if bottom <= height < top), len(ys) - 2)
        by_cell.setdefault((row, column), []).append(word)
    rows = []
    for row in range(len(ys) - 1):
        cells = tuple(
            tuple(in_reading_order(lines_of(by_cell.get((row, column), ()), page))) for column in range(len(xs) - 1)
        )
        if any(cells):
            rows.append(cells)
    return tuple(rows)
