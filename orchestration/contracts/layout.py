"""Layout: which lines of a raw text are cover, contents, headings, running headers, bullets, footnotes and prose.

Here: raw text in, blocks as raw spans out, each under its canonical section. Not here: hygiene, sentences, meaning.
Running headers, page numbers and the table of contents get no block: they are no text of the contract.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import cast

from orchestration.contracts.line_kinds import Line, classify
from orchestration.contracts.marks import BULLET, BULLET_MARKS, FOOTNOTE, is_sentence_end
from orchestration.contracts.model import BlockKind, Span
from orchestration.contracts.sections import place_of_masked, read_title
from orchestration.contracts.source import SourceText

_INLINE_BULLET = re.compile(rf"(?<=\S)\s+(?=[{BULLET_MARKS}]\s)")
_CLAUSE = re.compile(r"\s*[^.•]{4,80}\.(?=\s)")
_LONGEST_CLAUSE = 110
_UNDIVIDED = ("viable_cities_commitments", "authority_commitments", "strategic_projects", "contract")


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


def lay_out(source: SourceText) -> Layout:
    """Divide a text into blocks. Never fails: a text without any structure is one paragraph in `other`."""
    lines = _keep_subsections(_name_masked(classify(source)))
    headings = tuple((line.span.start, line.title.section) for line in lines
                     if line.kind == "heading" and line.title and line.title.section)  # fmt: skip
    sections = {section for _, section in headings}
    is_full = len(sections) >= 4 or any(line.kind == "contents" for line in lines)
    blocks = _hinted_blocks(lines, source.raw) if source.hints else _blocks(lines, source.raw)
    return Layout(tuple(_with_page(block, source.pages) for block in blocks), is_full, headings)


def _with_page(block: RawBlock, pages: tuple[int, ...]) -> RawBlock:
    """Pages count from 1, as people do."""
    if block.page is not None or not pages:
        return block
    return replace(block, page=max(1, bisect_right(pages, block.spans[0].start)))


def _name_masked(lines: list[Line]) -> list[Line]:
    """Give masked headings ("3.3. Xxxxxxxxxxxx xxx xxxxxxx") the section of their place."""
    found = list(lines)
    headings = [index for index, line in enumerate(lines) if line.kind == "heading"]
    for position, index in enumerate(headings):
        title = found[index].title
        if title is None or title.section or not title.is_masked:
            continue
        previous = _nearest_section(found, reversed(headings[:position]))
        following = _nearest_section(found, headings[position + 1 :])
        found[index] = replace(found[index], title=title._replace(section=place_of_masked(previous, following)))
    return found


def _nearest_section(lines: list[Line], indices: Iterable[int]) -> str | None:
    titles = (lines[index].title for index in indices)
    return next((title.section for title in titles if title and title.section), None)


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
            continues = blocks and blocks[-1].kind == "footnote" and not FOOTNOTE.match(line.text)
            if continues:
                blocks[-1] = replace(blocks[-1], spans=(*blocks[-1].spans, line.span))
            else:
                blocks.append(RawBlock("footnote", (line.span,), section))
        elif line.kind == "bullet":
            blocks.append(RawBlock("bullet", (_without_mark(line, raw),), section))
        elif line.kind == "table":
            blocks.append(RawBlock("table", (line.span,), section))
        elif line.kind == "text":
            section = _append_text(blocks, line, raw, section)
    return [block for block in blocks if any(span.end > span.start for span in block.spans)]


def _hinted_blocks(lines: list[Line], raw: str) -> list[RawBlock]:
    """One block a hinted line: the file has joined what belongs together."""
    blocks: list[RawBlock] = []
    section = "other"
    for line in lines:
        page = None if line.page is None else line.page + 1
        if line.kind in ("blank", "contents", "furniture"):
            continue
        if line.kind == "cover":
            blocks.append(RawBlock("cover", line.parts, "other", page))
        elif line.kind == "text":
            if len(line.parts) > 1:
                blocks.append(RawBlock("paragraph", line.parts, section, page))
                continue
            fresh = _prose(line.parts[0], raw, section, is_first=not blocks)
            section = fresh[-1].section if fresh else section
            blocks += [replace(block, page=page) for block in fresh]
        else:
            if line.kind == "heading" and line.title:
                section = line.title.section or section
            spans = line.parts
            if line.kind == "bullet":
                spans = (_trim(raw, spans[0], BULLET), *spans[1:])
            blocks.append(RawBlock(cast(BlockKind, line.kind), spans, section, page))
    return [block for block in blocks if any(span.end > span.start for span in block.spans)]


def _append_text(blocks: list[RawBlock], line: Line, raw: str, section: str) -> str:
    """Add a prose line: to the open paragraph where it goes on with it, else as a new one. Returns the section."""
    host = _open_block(blocks, line, raw)
    if host is not None:
        blocks[host] = replace(blocks[host], spans=(*blocks[host].spans, line.span))
        return section
    fresh = _prose(line.span, raw, section, is_first=not blocks)
    blocks += fresh
    return fresh[-1].section if fresh else section


def _prose(span: Span, raw: str, section: str, *, is_first: bool) -> list[RawBlock]:
    """What one line of prose holds: the opening clause of an excerpt as heading, a paragraph, bullets in the run."""
    blocks: list[RawBlock] = []
    start = span.start
    clause = _CLAUSE.match(raw[start : span.end][:_LONGEST_CLAUSE]) if is_first else None
    opened = read_title(clause.group()).section if clause else None
    if clause and opened:
        section = opened
        blocks.append(RawBlock("heading", (Span(start, start + clause.end()),), section))
        start += clause.end()
    for number, part in enumerate(_inline_parts(raw, Span(start, span.end))):
        if number or raw[part.start] in BULLET_MARKS:
            blocks.append(RawBlock("bullet", (_trim(raw, part, BULLET),), section))
        else:
            blocks.append(RawBlock("paragraph", (part,), section))
    return blocks


def _open_block(blocks: list[RawBlock], line: Line, raw: str) -> int | None:
    """The index of the block that this line continues: the last one of prose, across page furniture and footnotes."""
    index = len(blocks) - 1
    while index >= 0 and blocks[index].kind == "footnote":
        index -= 1
    if index < 0 or blocks[index].kind not in ("paragraph", "bullet"):
        return None
    last = blocks[index].spans[-1]
    between = raw[last.end : line.span.start]
    is_open = not is_sentence_end(raw[max(last.start, last.end - 8) : last.end])
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
    return _trim(raw, line.span, BULLET)


def _trim(raw: str, span: Span, mark: re.Pattern[str] | None = None) -> Span:
    start, end = span
    if mark and (match := mark.match(raw, start, end)):
        start = match.end()
    while start < end and raw[start].isspace():
        start += 1
    while end > start and raw[end - 1].isspace():
        end -= 1
    return Span(start, end)
