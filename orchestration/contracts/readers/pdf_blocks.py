"""Lines of a PDF to headings, paragraphs, bullets and footnotes, across columns and pages.

Here: where one block ends and the next begins, by place, size and weight. Not here: which section a heading opens.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from orchestration.contracts.marks import BULLET, CONTENTS_TITLE, NUMBERED, is_contents_line, is_sentence_end
from orchestration.contracts.readers.pdf_lines import Line
from orchestration.contracts.readers.pdf_tables import Table
from orchestration.contracts.sections import read_title
from orchestration.contracts.source import HintKind

_HEADING_SIZE = 1.12
_HEADING_WEIGHT = 1.3
_LONGEST_HEADING = 120
_FOOTNOTE_SIZE = 0.93
_FOOTNOTE = re.compile(r"(?:\d{1,2}|[⁰¹²³⁴-⁹]{1,2})[.)]?\s*\S")
_FOOTNOTE_NUMBER = re.compile(r"(\d{1,2}|[⁰¹²³⁴-⁹]{1,2})[.)]?\s*(?=[^\W\d_])")
_ITEM = re.compile(r"(\d{1,2})[.)]\s+[^\W\d_]")
_RAISED = re.compile(r"(?<=\S)[⁰¹²³⁴-⁹]{1,2}")
_FROM_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MOST_FOOT_LINES = 12
_NEW_GAP = 1.3
_SAME_SIZE = 0.08
_RAGGED = 6
_WIDEST_JUSTIFIED = 4.0
_COVER_WORDS = 90
_GOES_ON = re.compile(r"[\"”(]?[a-zåäöé0-9]")


@dataclass
class PdfBlock:
    """A block of a PDF: its lines as text, and the page on which each begins."""

    kind: HintKind
    lines: list[Line]
    level: int = 0
    footnotes: list["PdfBlock"] = field(default_factory=list)
    cells: list[list["PdfBlock"]] = field(default_factory=list)


@dataclass(frozen=True)
class _Measures:
    """What is usual in this document."""

    size: float
    weight: float
    leading: float
    heading_sizes: tuple[float, ...]


@dataclass
class PdfPage:
    """A page's lines in reading order, without furniture, with its tables."""

    lines: list[Line]
    tables: list[Table]
    is_image: bool = False
    """Without words but with a picture: a scanned page."""


def blocks_of(pages: Sequence[PdfPage]) -> list[PdfBlock]:
    """All blocks in reading order. A paragraph may go on over the page; footnotes follow what they hang on."""
    measures = _measures(pages)
    blocks: list[PdfBlock] = []
    in_contents = False
    for number, page in enumerate(pages):
        body, notes = _split_footnotes(page.lines, measures)
        if number == 0 and _is_cover(page):
            blocks += [PdfBlock("cover", [line]) for line in body]
            continue
        fresh: list[PdfBlock] = []
        previous: Line | None = None
        for item in _with_tables(body, page.tables):
            if isinstance(item, Table):
                fresh.append(_table_block(item))
                previous, in_contents = None, False
                continue
            in_contents = _goes_on_in_contents(item, body, in_contents=in_contents)
            if in_contents:
                fresh.append(PdfBlock("contents", [item]))
                previous = None
                continue
            host = (fresh or blocks)[-1] if (fresh or blocks) else None
            if host is not None and _continues(host, previous, item, measures):
                host.lines.append(item)
            else:
                fresh.append(_new_block(item, measures))
            previous = item
        blocks += fresh
        _hang(notes, blocks)
    return blocks


def _measures(pages: Sequence[PdfPage]) -> _Measures:
    sizes: Counter[float] = Counter()
    weights: Counter[int] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size, 1)] += len(line.text)
            weights[line.weight] += len(line.text)
    size = sizes.most_common(1)[0][0] if sizes else 12.0
    gaps = [
        first.base - second.base
        for page in pages for first, second in zip(page.lines, page.lines[1:], strict=False)
        if abs(first.size - size) < 0.3 and abs(second.size - size) < 0.3 and first.column == second.column
        and 0.7 * size < first.base - second.base < 2.5 * size
    ]  # fmt: skip
    weight = weights.most_common(1)[0][0] if weights else 400
    headings = sorted({found for found in sizes if found >= _HEADING_SIZE * size}, reverse=True)
    return _Measures(size, max(1, weight), _usual_gap(gaps, size), tuple(headings))


def _usual_gap(gaps: list[float], size: float) -> float:
    """The commonest distance between base lines: the median would be drawn up by short paragraphs."""
    if not gaps:
        return 1.2 * size
    common = Counter(round(gap * 2) for gap in gaps).most_common(1)[0][0] / 2
    return median(gap for gap in gaps if abs(gap - common) <= 0.5)


def _split_footnotes(lines: list[Line], measures: _Measures) -> tuple[list[Line], list[list[Line]]]:
    """The body, and the footnotes at the foot of the page: small, or set apart and opened by a number used above."""
    small = _FOOTNOTE_SIZE * measures.size
    bottom = min((line.base for line in lines if line.size > small), default=0.0)
    foot = [line for line in lines if line.size <= small and line.base < bottom]
    if not any(_FOOTNOTE.match(line.text) for line in foot):
        foot = _foot_of_full_size(lines, measures)
    notes: list[list[Line]] = []
    for line in foot:
        if _FOOTNOTE.match(line.text):
            notes.append([line])
        elif notes:
            notes[-1].append(line)
    taken = {id(line) for note in notes for line in note}
    return [line for line in lines if id(line) not in taken], notes


def _foot_of_full_size(lines: list[Line], measures: _Measures) -> list[Line]:
    """The lines at the foot of a page from the first that opens with a note number raised further up."""
    raised = {found.group().translate(_FROM_SUPERSCRIPT) for line in lines for found in _RAISED.finditer(line.text)}
    if not raised:
        return []
    ordered = sorted(lines, key=lambda line: -line.base)
    for index, line in enumerate(ordered[1:], 1):
        number = _FOOTNOTE_NUMBER.match(line.text)
        if number is None or number.group(1).translate(_FROM_SUPERSCRIPT) not in raised:
            continue
        is_apart = ordered[index - 1].base - line.base > _NEW_GAP * measures.leading
        foot = ordered[index:]
        if is_apart and len(foot) <= _MOST_FOOT_LINES and not any(
            BULLET.match(part.text) or _is_heading(part, measures) for part in foot
        ):  # fmt: skip
            return foot
    return []


def _is_cover(page: PdfPage) -> bool:
    words = " ".join(line.text for line in page.lines)
    return (
        "klimatkontrakt" in words.casefold() and len(words.split()) <= _COVER_WORDS
        and not any(NUMBERED.match(line.text) and read_title(line.text).section for line in page.lines)
        and not any(CONTENTS_TITLE.match(line.text) for line in page.lines)
    )  # fmt: skip


def _with_tables(lines: list[Line], tables: list[Table]) -> Iterator[Line | Table]:
    """Tables among the lines, at the height where they stand."""
    waiting = list(tables)
    for index, line in enumerate(lines):
        while (
            waiting
            and line.base < waiting[0].top
            and all(later.base < waiting[0].top for later in lines[index : index + 3])
        ):
            yield waiting.pop(0)
        yield line
    yield from waiting


def _table_block(table: Table) -> PdfBlock:
    cells = [[PdfBlock("table", list(cell)) for cell in row] for row in table.rows]
    return PdfBlock("table", [], cells=cells)


def _goes_on_in_contents(line: Line, page: list[Line], *, in_contents: bool) -> bool:
    if CONTENTS_TITLE.match(line.text):
        return True
    if not in_contents or is_contents_line(line.text):
        return in_contents
    following = next((later for later in page if later.base < line.base), None)
    return following is not None and is_contents_line(following.text) and not is_sentence_end(line.text)


def _new_block(line: Line, measures: _Measures) -> PdfBlock:
    if _is_heading(line, measures):
        larger = [size for size in measures.heading_sizes if size > line.size + 0.2]
        return PdfBlock("heading", [line], level=min(6, len(larger) + 1))
    if BULLET.match(line.text):
        return PdfBlock("bullet", [line])
    return PdfBlock("paragraph", [line])


def _is_heading(line: Line, measures: _Measures) -> bool:
    if len(line.text) > _LONGEST_HEADING or BULLET.match(line.text):
        return False
    is_large = line.size >= _HEADING_SIZE * measures.size
    is_bold = line.weight >= _HEADING_WEIGHT * measures.weight and not is_sentence_end(line.text)
    is_titled = bool(NUMBERED.match(line.text) and read_title(line.text).section and not is_sentence_end(line.text))
    return is_large or is_bold or is_titled


def _continues(host: PdfBlock, previous: Line | None, line: Line, measures: _Measures) -> bool:
    """Whether a line belongs to the open block."""
    last = host.lines[-1] if host.lines else None
    if last is None or host.kind not in ("paragraph", "bullet", "heading"):
        return False
    is_heading = _is_heading(line, measures)
    if host.kind == "heading":
        return is_heading and previous is last and _is_same_heading(last, line, measures)
    if (
        is_heading
        or BULLET.match(line.text)
        or _is_next_item(host, line)
        or abs(line.size - last.size) > _SAME_SIZE * measures.size
    ):
        return False
    if previous is not last or line.page != last.page or line.column != last.column:
        return not is_sentence_end(last.text) and (_reaches_far(last) or bool(_GOES_ON.match(line.text)))
    gap = last.base - line.base
    if abs(gap) < 0.3 * line.size and 0 < line.x0 - last.x1 < _WIDEST_JUSTIFIED * line.size:
        return True
    if gap > _NEW_GAP * measures.leading or gap < 0:
        return gap <= 2.2 * measures.leading and not is_sentence_end(last.text) and bool(_GOES_ON.match(line.text))
    if host.kind == "bullet" and line.x0 > host.lines[0].x0 + 1:
        return True
    if not is_sentence_end(last.text):
        return _fills(last, line, slack=_RAGGED) or bool(_GOES_ON.match(line.text))
    is_indented = line.x0 > last.x0 + 0.9 * measures.size
    return host.kind == "paragraph" and _fills(last, line) and not is_indented


def _is_next_item(host: PdfBlock, line: Line) -> bool:
    """ "1." opens a numbered list behind a full sentence, "2." follows an item "1."."""
    item = _ITEM.match(line.text)
    if item is None:
        return False
    before = _ITEM.match(host.lines[0].text)
    number = int(item.group(1))
    return number == int(before.group(1)) + 1 if before else number == 1 and is_sentence_end(host.lines[-1].text)


def _is_same_heading(last: Line, line: Line, measures: _Measures) -> bool:
    is_near = 0 < last.base - line.base <= 1.6 * max(last.size, measures.leading)
    is_alike = abs(last.size - line.size) < 0.3 and last.weight == line.weight
    return is_near and is_alike and not NUMBERED.match(line.text) and line.page == last.page


def _reaches_far(last: Line) -> bool:
    left, right = last.column
    return last.x1 > left + 0.75 * (right - left)


def _fills(last: Line, line: Line, slack: int = 0) -> bool:
    """Whether the next line's first word would not have found room at the end of the last, but for `slack` letters."""
    width = (last.x1 - last.x0) / max(1, len(last.text))
    word = line.text.split(" ", 1)[0]
    slack = max(slack, 4 if last.text.endswith(":") else 0)  # a colon seldom ends a paragraph of prose
    return last.x1 + width * (0.9 * (len(word) + 1) + slack) > last.column[1]


def _hang(notes: list[list[Line]], blocks: list[PdfBlock]) -> None:
    """Footnotes hang on the last block of their page, which may go on over the page."""
    found = [PdfBlock("footnote", note) for note in notes]
    if blocks:
        blocks[-1].footnotes += found
    else:
        blocks += found
