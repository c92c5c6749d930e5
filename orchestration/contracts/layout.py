"""Layout: which lines of a raw text are cover, contents, headings, running headers, bullets, footnotes and prose.

Here: raw text in, blocks as raw spans out, each under its canonical section. Not here: hygiene, sentences, meaning.
Running headers, page numbers and the table of contents get no block: they are no text of the contract.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import Literal

from orchestration.contracts.model import BlockKind, Span
from orchestration.contracts.sections import Title, place_of_masked, read_title

LineKind = Literal["blank", "cover", "contents", "furniture", "heading", "bullet", "footnote", "text"]

_BULLET = re.compile(r"\s*(?:[•●▪◦‣∙·\uf0b7*]|[-–—](?=\s)|o(?=\s{2,}))\s*")
_INLINE_BULLET = re.compile(r"(?<=\S)\s+(?=[•●▪◦‣∙\uf0b7]\s)")
_PAGE_NUMBER = re.compile(
    r"\s*(?:sida\s+)?\d{1,3}(?:\s*\(\d{1,3}\)|\s*/\s*\d{1,3}|\s+av\s+\d{1,3})?\s*$", re.IGNORECASE
)
_VERSION_LINE = re.compile(r"\s*version\s+\d{4}\s*$", re.IGNORECASE)
_RUNNING_HEAD = re.compile(
    r"\s*(?:klimatkontrakt\b.{0,80}?\s\d{1,3}|\d{1,3}\s+klimatkontrakt\b.{0,80})\s*$", re.IGNORECASE
)
_CONTENTS_TITLE = re.compile(r"\s*(?:#+\s*)?innehåll(?:sförteckning)?\s*$", re.IGNORECASE)
_CONTENTS_LINE = re.compile(r".*(?:\.{3,}\s*|\s)\d{1,3}\s*$")
_NUMBERED = re.compile(r"\s*(?:#+\s*)?\d{1,2}(?:\.\d{1,2})*\.?\s+[A-ZÅÄÖX]")
_MARKED = re.compile(r"\s*#+\s+\S")
_FOOTNOTE = re.compile(r"\s*(?:\d{1,2}|\[\d{1,2}\]|[\u2070\xb9\xb2\xb3\u2074-\u2079]+)\s+\S")
_COVER = re.compile(r"\s*(?:mellan\b.*\bmyndighet|klimatkontrakt\s+2)", re.IGNORECASE)
_ENDS = re.compile(r"[.!?:…][”\"’)»]*\s*$")
_APPENDIX = re.compile(r"\s*bilag(?:a|or)\b", re.IGNORECASE)
_LONGEST_HEADING = 110
_UNDIVIDED = ("viable_cities_commitments", "authority_commitments", "strategic_projects", "contract")
_COVER_LINES = 12


@dataclass(frozen=True)
class Line:
    """One raw line with what it is taken for."""

    span: Span
    text: str
    kind: LineKind = "text"
    title: Title | None = None


@dataclass(frozen=True)
class RawBlock:
    """A heading, paragraph, bullet or footnote as the raw spans of its lines, under its canonical section."""

    kind: BlockKind
    spans: tuple[Span, ...]
    section: str
    page: int | None = None


@dataclass(frozen=True)
class Layout:
    """The blocks of a text in reading order and whether it is a whole contract."""

    blocks: tuple[RawBlock, ...]
    is_full_contract: bool
    headings: tuple[tuple[int, str], ...]
    """(raw offset of the heading line, section code) of every canonical heading."""


def lay_out(raw: str) -> Layout:
    """Divide a raw text into blocks. Never fails: a text without any structure is one paragraph in `other`."""
    lines = _classify(_lines(raw))
    lines = _keep_subsections(_name_masked(lines))
    headings = tuple((line.span.start, line.title.section) for line in lines
                     if line.kind == "heading" and line.title and line.title.section)  # fmt: skip
    sections = {section for _, section in headings}
    is_full = len(sections) >= 4 or any(line.kind == "contents" for line in lines)
    return Layout(tuple(_blocks(lines, raw)), is_full, headings)


def _lines(raw: str) -> list[Line]:
    lines, position = [], 0
    for text in raw.splitlines(keepends=True):
        body = text.rstrip()
        lines.append(Line(Span(position, position + len(body)), body, "text" if body.strip() else "blank"))
        position += len(text)
    return lines


def _classify(lines: list[Line]) -> list[Line]:
    repeated = _running_lines(lines)
    cover_end = _cover_end(lines)
    found: list[Line] = []
    in_contents = False
    for index, line in enumerate(lines):
        if line.kind == "blank":
            in_contents = in_contents and not (
                found and found[-1].kind == "contents" and _follows_heading(lines, index)
            )
            found.append(line)
            continue
        if index < cover_end:
            found.append(replace(line, kind="cover"))
            continue
        if _CONTENTS_TITLE.match(line.text):
            in_contents = True
            found.append(replace(line, kind="contents"))
            continue
        if in_contents:
            if _CONTENTS_LINE.match(line.text):
                found.append(replace(line, kind="contents"))
                continue
            in_contents = False
        after_break = not found or found[-1].kind in ("blank", "furniture", "cover")
        found.append(_classify_text(line, repeated, after_break=after_break))
    return _footnotes(found)


def _follows_heading(lines: list[Line], blank: int) -> bool:
    """Whether the text goes on after this blank line with something else than more contents."""
    rest = (line for line in lines[blank:] if line.kind != "blank")
    following = [line.text for _, line in zip(range(2), rest, strict=False)]
    return not all(_CONTENTS_LINE.match(text) for text in following)


def _classify_text(line: Line, repeated: set[str], *, after_break: bool) -> Line:
    text = line.text
    is_furniture = _PAGE_NUMBER.match(text) or _VERSION_LINE.match(text) or _RUNNING_HEAD.match(text)
    if is_furniture or _shape(text) in repeated:
        return replace(line, kind="furniture")
    if _BULLET.match(text):
        return replace(line, kind="bullet")
    if len(text.strip()) <= _LONGEST_HEADING:
        title = read_title(text)
        is_numbered = bool(_NUMBERED.match(text))
        is_marked = bool(_MARKED.match(text))
        is_open = not _ENDS.search(text) or is_marked
        is_title_length = len(title.words.split()) <= 9
        if (
            is_open
            and is_title_length
            and (
                (
                    title.section
                    and (is_numbered or is_marked or ((after_break or _APPENDIX.match(text)) and _is_bare_title(text)))
                )
                or (is_numbered and (title.is_masked or "." in title.number))
                or is_marked
            )
        ):
            return replace(line, kind="heading", title=title)
    return line


def _is_bare_title(text: str) -> bool:
    """An unnumbered line that is nothing but a short title: "Klimatanpassning", "Bilaga 1 - Länkar till dokument"."""
    stripped = text.strip()
    return stripped[:1].isupper() and len(stripped) <= 75 and "," not in stripped.rstrip(",")[-1:] and not re.search(
        r"\b(?:är|ska|har|var|blir|kommer|skall|pågår|antogs|finns)\b", stripped
    )  # fmt: skip


def _running_lines(lines: list[Line]) -> set[str]:
    """Shapes (digits as 0) of short lines that recur at least three times with differing numbers or the same words."""
    shapes = Counter(
        _shape(line.text) for line in lines
        if line.kind != "blank" and len(line.text) <= 90 and not _BULLET.match(line.text)
    )  # fmt: skip
    return {
        shape for shape, count in shapes.items() if count >= 3 and re.search(r"\d|klimatkontrakt", shape, re.IGNORECASE)
    }


def _shape(text: str) -> str:
    return re.sub(r"\d+", "0", " ".join(text.split()))


def _cover_end(lines: list[Line]) -> int:
    """How many lines at the head are the cover: up to the contents or the first blank line after cover words."""
    head = [line.text for line in lines[:_COVER_LINES]]
    if not any(_COVER.match(text) for text in head[:4]) and not any(_VERSION_LINE.match(text) for text in head[:2]):
        return 0
    for index, text in enumerate(head):
        is_end = not text.strip() or _CONTENTS_TITLE.match(text)
        is_prose = (
            len(text) > 60 and text.rstrip().endswith(".") and not re.search(r"myndighet|viable", text, re.IGNORECASE)
        )
        if index and (is_end or is_prose or (read_title(text).section and _NUMBERED.match(text))):
            return index
    return min(len(head), len(lines))


def _footnotes(lines: list[Line]) -> list[Line]:
    """A line that opens with a small number, stands before page furniture and is no heading is a footnote."""
    found = list(lines)
    for index, line in enumerate(lines):
        if line.kind != "furniture":
            continue
        back = index - 1
        while back >= 0 and found[back].kind == "text" and index - back <= 4:
            if _FOOTNOTE.match(found[back].text):
                for position in range(back, index):
                    found[position] = replace(found[position], kind="footnote")
                back -= 1
                continue
            back -= 1
    return found


def _name_masked(lines: list[Line]) -> list[Line]:
    """Give masked headings ("3.3. Xxxxxxxxxxxx xxx xxxxxxx") the section of their place."""
    found = list(lines)
    headings = [index for index, line in enumerate(lines) if line.kind == "heading"]
    for position, index in enumerate(headings):
        title = found[index].title
        if title is None or title.section or not title.is_masked:
            continue
        previous = next((found[i].title.section for i in reversed(headings[:position]) if found[i].title and found[i].title.section), None)  # type: ignore[union-attr]  # fmt: skip
        following = next((found[i].title.section for i in headings[position + 1 :] if found[i].title and found[i].title.section), None)  # type: ignore[union-attr]  # fmt: skip
        found[index] = replace(found[index], title=title._replace(section=place_of_masked(previous, following)))
    return found


def _keep_subsections(lines: list[Line]) -> list[Line]:
    """What others commit to stays theirs: "4.3. Innovation" under "4. Viable Cities åtaganden" opens no section."""
    found, parent = list(lines), ("", "")
    for index, line in enumerate(lines):
        if line.kind != "heading" or line.title is None:
            continue
        number, section = line.title.number, line.title.section
        if parent[0] and number.startswith(parent[0] + "."):
            found[index] = replace(line, title=line.title._replace(section=None))
        elif section in _UNDIVIDED and number.isdigit():
            parent = (number, section)
        elif number:
            parent = ("", "")
    return found


def _blocks(lines: list[Line], raw: str) -> list[RawBlock]:
    blocks: list[RawBlock] = []
    section = "other"
    for line in lines:
        if line.kind == "heading" and line.title:
            section = line.title.section or section
            blocks.append(RawBlock("heading", (line.span,), section))
        elif line.kind == "cover":
            blocks.append(RawBlock("cover", (line.span,), "other"))
        elif line.kind == "footnote":
            continues = blocks and blocks[-1].kind == "footnote" and not _FOOTNOTE.match(line.text)
            if continues:
                blocks[-1] = replace(blocks[-1], spans=(*blocks[-1].spans, line.span))
            else:
                blocks.append(RawBlock("footnote", (line.span,), section))
        elif line.kind == "bullet":
            blocks.append(RawBlock("bullet", (_without_mark(line, raw),), section))
        elif line.kind == "text":
            section = _append_text(blocks, line, raw, section, lines)
    return [block for block in blocks if any(span.end > span.start for span in block.spans)]


def _append_text(blocks: list[RawBlock], line: Line, raw: str, section: str, lines: list[Line]) -> str:
    """Add a prose line: to the open paragraph where it goes on with it, else as a new one. Returns the section."""
    host = _open_block(blocks, line, raw)
    if host is not None:
        blocks[host] = replace(blocks[host], spans=(*blocks[host].spans, line.span))
        return section
    start = line.span.start
    clause = re.match(r"\s*[^.•]{4,80}\.(?=\s)", line.text)
    if clause and not blocks:
        title = read_title(clause.group())
        if title.section:
            section = title.section
            blocks.append(RawBlock("heading", (Span(start, start + clause.end()),), section))
            start += clause.end()
    for number, part in enumerate(_inline_parts(raw, Span(start, line.span.end))):
        if number or raw[part.start] in "•●▪◦‣∙\uf0b7":
            blocks.append(RawBlock("bullet", (_trim(raw, part, _BULLET),), section))
        else:
            blocks.append(RawBlock("paragraph", (part,), section))
    return section


def _open_block(blocks: list[RawBlock], line: Line, raw: str) -> int | None:
    """The index of the block that this line continues: the last one of prose, across page furniture and footnotes."""
    index = len(blocks) - 1
    while index >= 0 and blocks[index].kind == "footnote":
        index -= 1
    if index < 0 or blocks[index].kind not in ("paragraph", "bullet"):
        return None
    last = blocks[index].spans[-1]
    between = raw[last.end : line.span.start]
    is_open = not _ENDS.search(raw[max(last.start, last.end - 4) : last.end])
    if between.strip() or between.count("\n") > 1:
        return index if is_open and not between.replace("\n", "").isspace() and _goes_on(line.text) else None
    return index


def _goes_on(text: str) -> bool:
    first = text.lstrip()[:1]
    return first.islower() or first.isdigit()


def _inline_parts(raw: str, span: Span) -> list[Span]:
    parts, start = [], span.start
    for match in _INLINE_BULLET.finditer(raw, span.start, span.end):
        parts.append(_trim(raw, Span(start, match.start())))
        start = match.end()
    parts.append(_trim(raw, Span(start, span.end)))
    return [part for part in parts if part.end > part.start]


def _without_mark(line: Line, raw: str) -> Span:
    return _trim(raw, line.span, _BULLET)


def _trim(raw: str, span: Span, mark: re.Pattern[str] | None = None) -> Span:
    start, end = span
    if mark and (match := mark.match(raw, start, end)):
        start = match.end()
    while start < end and raw[start].isspace():
        start += 1
    while end > start and raw[end - 1].isspace():
        end -= 1
    return Span(start, end)
