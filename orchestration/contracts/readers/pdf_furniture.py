"""Running headers, footers and page numbers of a PDF: what stands at the edge of page after page.

Here: finding them. Not here: page furniture inside plain text (layout).
"""

import re
from collections import Counter

from orchestration.contracts.marks import PAGE_NUMBER, RUNNING_HEAD, shape
from orchestration.contracts.readers.pdf_lines import Line

_EDGE_LINES = 3
_LEAST_PAGES = 3
_LEAST_SHARE = 0.4
_LONGEST = 130
_CONTRACT_NAME = re.compile(r"\s*klimatkontrakt(?:et)?(?:\s+20\d\d)?\s*$", re.IGNORECASE)


def without_furniture(pages: list[list[Line]], heights: list[float]) -> list[list[Line]]:
    """The pages without what recurs at their edges. The first page keeps its words: they are the cover's."""
    edges = [_edge_lines(lines) for lines in pages]
    seen = Counter(key for lines in edges for key in {_key(line) for line in lines})
    least = max(2 if len(pages) <= 3 else _LEAST_PAGES, int(_LEAST_SHARE * len(pages) / 2))
    recurring = {key for key, count in seen.items() if count >= least}
    cleaned = []
    for number, (lines, edge, height) in enumerate(zip(pages, edges, heights, strict=True)):
        is_edge = {id(line) for line in edge}
        cleaned.append([line for line in lines if not (
            id(line) in is_edge and _is_furniture(line, recurring, height, is_cover=number == 0)
        )])  # fmt: skip
    return cleaned


def _edge_lines(lines: list[Line]) -> list[Line]:
    """The topmost and bottommost lines of a page, whole rows."""
    ordered = sorted(lines, key=lambda line: -line.base)
    return ordered if len(ordered) <= 2 * _EDGE_LINES else ordered[:_EDGE_LINES] + ordered[-_EDGE_LINES:]


def _key(line: Line) -> tuple[str, int]:
    """The words and, roughly, the height at which they stand."""
    return shape(line.text).casefold(), round(line.base / 12)


def _is_furniture(line: Line, recurring: set[tuple[str, int]], height: float, *, is_cover: bool) -> bool:
    if len(line.text) > _LONGEST:
        return False
    is_in_margin = line.base < 0.09 * height or line.base > 0.91 * height
    if PAGE_NUMBER.match(line.text):
        return is_in_margin or any(_is_near(line, key) for key in recurring)
    if is_cover:
        return False
    is_running = RUNNING_HEAD.match(line.text) or _CONTRACT_NAME.match(line.text)
    return any(_is_near(line, key) for key in recurring) or (is_in_margin and bool(is_running))


def _is_near(line: Line, key: tuple[str, int]) -> bool:
    words, height = _key(line)
    return words == key[0] and abs(height - key[1]) <= 1
