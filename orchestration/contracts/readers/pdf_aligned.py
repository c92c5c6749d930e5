"""Tables of a PDF page without drawn lines: rows whose cells begin (or end) at the same places.

Here: lines to tables, by place alone. Not here: ruled tables (pdf_tables), columns of prose (pdf_lines), from which a
table is told by its rows: they end together in every column, or no column is filled as prose fills one.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from orchestration.contracts.readers.pdf_lines import Line
from orchestration.contracts.readers.pdf_tables import Table

_SAME_BASE = 0.4
_ALIGNED = 4.0
_WIDEST_LEADING = 2.6
_ROW_GAP = 1.15
_LEAST_ROWS = 3
_FILLED = 0.8
_PROSE = 0.55
_MOST_LINES = 400

_Row = list[Line]


def find_aligned_tables(lines: Sequence[Line]) -> tuple[list[Table], list[Line]]:
    """The tables without rules among a page's lines, top to bottom, and the lines that stand in none of them."""
    if len(lines) > _MOST_LINES:
        return [], list(lines)
    tables = [table for run in _runs(_rows(lines)) if (table := _table(run, lines)) is not None]
    taken = {id(line) for table in tables for row in table.rows for cell in row for line in cell}
    return tables, [line for line in lines if id(line) not in taken]


def _rows(lines: Sequence[Line]) -> list[_Row]:
    """Lines by base line, top to bottom, left to right."""
    rows: list[_Row] = []
    for line in sorted(lines, key=lambda line: -line.base):
        if rows and rows[-1][0].base - line.base <= _SAME_BASE * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.x0) for row in rows]


def _runs(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """Stretches of rows of one size that keep to the columns of their fullest row; each begins with several cells."""
    start = 0
    while start < len(rows):
        end = start + 1
        if len(rows[start]) > 1:
            while end < len(rows) and _is_near(rows[end - 1], rows[end]) and _keeps(rows[start : end + 1]):
                end += 1
        run = list(rows[start:end])
        if len(run) >= _LEAST_ROWS:
            yield list(run)
            start = end
        else:
            start += 1


def _is_near(above: _Row, below: _Row) -> bool:
    size = above[0].size
    return abs(below[0].size - size) < 0.3 and above[0].base - below[0].base <= _WIDEST_LEADING * size


def _keeps(run: Sequence[_Row]) -> bool:
    columns = _columns(run)
    return all(
        _column_of(line, columns) is not None and len({_column_of(cell, columns) for cell in row}) == len(row)
        for row in run
        for line in row
    )


def _columns(run: Sequence[_Row]) -> list[tuple[float, float]]:
    """(left, right) of the columns that the fullest row shows, each widened to what stands in it."""
    fullest = max(run, key=len)
    columns = []
    for index, cell in enumerate(fullest):
        limit = fullest[index + 1].x0 if index + 1 < len(fullest) else float("inf")
        floor = fullest[index - 1].x1 if index else float("-inf")
        inside = [cell] + [
            line for row in run for line in row
            if floor < line.x0 and line.x1 < limit and _is_aligned(line, (cell.x0, cell.x1))
        ]  # fmt: skip
        columns.append((min(line.x0 for line in inside), max(line.x1 for line in inside)))
    return columns


def _is_aligned(line: Line, column: tuple[float, float]) -> bool:
    return abs(line.x0 - column[0]) <= _ALIGNED or abs(line.x1 - column[1]) <= _ALIGNED


def _column_of(line: Line, columns: Sequence[tuple[float, float]]) -> int | None:
    for index, column in enumerate(columns):
        following = columns[index + 1][0] if index + 1 < len(columns) else float("inf")
        if _is_aligned(line, column) and line.x1 < following and line.x0 >= column[0] - _ALIGNED:
            return index
    return None


def _table(run: list[_Row], page: Sequence[Line]) -> Table | None:
    """The run as a table, or None where it may as well be columns of prose or a table of contents."""
    columns = _columns(run)
    groups = _logical_rows(run)
    if len(columns) < 2 or len(groups) < _LEAST_ROWS:
        return None
    crossing, beside, before = _around(run, page, columns[1][0])
    if beside > crossing:
        return None
    cells = [
        tuple(tuple(line for row in group for line in row if _column_of(line, columns) == index)
              for index in range(len(columns)))
        for group in groups
    ]  # fmt: skip
    full = sum(sum(map(bool, row)) > 1 for row in cells)
    is_by_gaps = crossing > before and any(len(group) > 1 for group in groups)
    if full < 0.75 * len(cells) or _is_contents(cells) or (not is_by_gaps and _has_prose(run, columns)):
        return None
    flat = [line for row in run for line in row]
    size = flat[0].size
    left, right = min(line.x0 for line in flat), max(line.x1 for line in flat)
    return Table(flat[0].base + size, flat[-1].base - 0.3 * size, left, right, tuple(cells))


def _around(run: list[_Row], page: Sequence[Line], edge: float) -> tuple[int, int, int]:
    """How many other lines of the page run across the second column's left edge, stand right of it, and left of it.

    On a page in columns hardly any line runs across.
    """
    own = {id(line) for row in run for line in row}
    others = [line for line in page if id(line) not in own]
    beside = sum(line.x0 >= edge - _ALIGNED for line in others)
    before = sum(line.x1 <= edge + _ALIGNED for line in others)
    return len(others) - beside - before, beside, before


def _logical_rows(run: list[_Row]) -> list[list[_Row]]:
    """Rows of the table: parted by wider gaps where there are two kinds, else one a base line."""
    gaps = [above[0].base - below[0].base for above, below in pairwise(run)]
    usual = min(gaps)
    is_parted = max(gaps) > _ROW_GAP * usual
    groups: list[list[_Row]] = [[run[0]]]
    for gap, row in zip(gaps, run[1:], strict=True):
        if is_parted and gap <= _ROW_GAP * usual:
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _has_prose(run: list[_Row], columns: Sequence[tuple[float, float]]) -> bool:
    """Whether some column is filled from edge to edge line by line, as prose fills one."""
    for index, (left, right) in enumerate(columns):
        widths = [line.x1 - line.x0 for row in run for line in row if _column_of(line, columns) == index]
        texts = [len(line.text) for row in run for line in row if _column_of(line, columns) == index]
        filled = sum(width >= _FILLED * (right - left) for width in widths) / len(widths)
        if filled >= _PROSE and median(texts) >= 20:
            return True
    return False


def _is_contents(cells: Sequence[tuple[tuple[Line, ...], ...]]) -> bool:
    """A last column of rising page numbers."""
    last = [row[-1][0].text for row in cells if row[-1]]
    numbers = [int(text) for text in last if text.isascii() and text.isdigit() and len(text) <= 3]
    return len(numbers) >= 0.7 * len(cells) and numbers == sorted(numbers)
