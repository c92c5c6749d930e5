"""What each line of a raw text is: cover, contents, heading, running header, bullet, footnote or prose.

Here: the lines of plain text by their look, the blocks of a laid-out file by its hints. Not here: joining lines to
blocks (layout), titles to sections (sections).
"""

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

from orchestration.contracts.marks import (
    BULLET,
    CONTENTS_TITLE,
    FOOTNOTE,
    NUMBERED,
    PAGE_NUMBER,
    RUNNING_HEAD,
    VERSION_LINE,
    is_contents_line,
    is_sentence_end,
    shape,
)  # fmt: skip
from orchestration.contracts.model import Span
from orchestration.contracts.sections import Title, read_title
from orchestration.contracts.source import Hint, SourceText

LineKind = Literal["blank", "cover", "contents", "furniture", "heading", "bullet", "footnote", "table", "text"]


_MARKED = re.compile(r"\s*#+\s+\S")
_BROKEN = re.compile(r"(?<=[a-zåäö])- (?=[a-zåäö])(?!och\b|eller\b|samt\b)")
_COVER = re.compile(r"\s*(?:mellan\b.*\bmyndighet|klimatkontrakt\s+2)", re.IGNORECASE)
_SENTENCE_INSIDE = re.compile(r"[a-zåäö]{2}\.\s+[A-ZÅÄÖ]")
_APPENDIX = re.compile(r"\s*bilag(?:a|or)\b", re.IGNORECASE)
_CELLS = re.compile(r"\S\s+[|→]\s+\S")
"""A row of an indicator table written as text: "Solel: 1,1 GWh (2022) | målvärde 4 GWh (2030)"."""
_LONGEST_HEADING = 110
_COVER_LINES = 12


@dataclass(frozen=True)
class Line:
    """One raw line with what it is taken for."""

    span: Span
    text: str
    kind: LineKind = "text"
    title: Title | None = None
    parts: tuple[Span, ...] = ()
    """Of a block known by the file's own layout: its raw lines."""
    page: int | None = None
    level: int = 0


def classify(source: SourceText) -> list[Line]:
    """The lines of a text, or the blocks that its file's layout gives, with what each is."""
    if source.hints:
        return _classify_hinted(source.raw, [_hinted_line(source.raw, hint) for hint in source.hints])
    return _footnotes(_classify(_lines(source.raw)))


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
        if CONTENTS_TITLE.match(line.text):
            in_contents = True
            found.append(replace(line, kind="contents"))
            continue
        if in_contents:
            if is_contents_line(line.text):
                found.append(replace(line, kind="contents"))
                continue
            in_contents = False
        after_break = not found or found[-1].kind in ("blank", "furniture", "cover")
        found.append(_classify_text(line, repeated, after_break=after_break))
    return found


def _hinted_line(raw: str, hint: Hint) -> Line:
    """A block as one line of text, its raw lines kept as parts."""
    parts, position = [], hint.span.start
    for text in raw[hint.span.start : hint.span.end].splitlines(keepends=True):
        body = text.strip()
        start = position + (len(text) - len(text.lstrip()))
        if body:
            parts.append(Span(start, start + len(body)))
        position += len(text)
    text = _BROKEN.sub("", " ".join(raw[part.start : part.end] for part in parts))
    kind: LineKind = "blank" if not parts else "text" if hint.kind == "paragraph" else hint.kind
    return Line(hint.span, text, kind, parts=tuple(parts), page=hint.page, level=hint.level)


def _classify_hinted(raw: str, lines: list[Line]) -> list[Line]:
    """The file's word stands; what it calls a paragraph may still be cover, contents, a bold heading or a bullet."""
    written = [line for line in lines if line.kind != "blank"]
    cover_end = 0 if any(line.kind == "cover" for line in written) else _hinted_cover_end(raw, written)
    found: list[Line] = []
    in_contents = False
    for index, line in enumerate(written):
        if CONTENTS_TITLE.match(line.text):
            in_contents = True
            found.append(replace(line, kind="contents"))
        elif index < cover_end and line.kind in ("text", "heading"):
            found.append(replace(line, kind="cover"))
        elif in_contents and line.kind not in ("cover", "table", "footnote") and is_contents_line(line.text):
            found.append(replace(line, kind="contents"))
        elif line.kind == "heading":
            in_contents = False
            found.append(replace(line, title=read_title(line.text)))
        elif line.kind == "text":
            in_contents = False
            found.append(_classify_text(line, set(), after_break=True))
        else:
            in_contents = in_contents and line.kind in ("contents", "bullet")
            found.append(line)
    return _without_unnumbered_subheadings(found)


def _without_unnumbered_subheadings(lines: list[Line]) -> list[Line]:
    """Under a numbered heading that is a section, a lower unnumbered one ("Mobilitet") opens no section of its own."""
    found, level = list(lines), 0
    for index, line in enumerate(lines):
        if line.kind != "heading" or line.title is None or not line.level:
            continue
        if line.title.section and line.title.number:
            level = line.level
        elif level and line.level > level and not line.title.number and not _APPENDIX.match(line.text):
            found[index] = replace(line, title=line.title._replace(section=None))
    return found


def _follows_heading(lines: list[Line], blank: int) -> bool:
    """Whether the text goes on after this blank line with something else than more contents."""
    rest = (line for line in islice(lines, blank, blank + _COVER_LINES) if line.kind != "blank")
    following = [line.text for line in islice(rest, 2)]
    return not all(is_contents_line(text) for text in following)


def _classify_text(line: Line, repeated: set[str], *, after_break: bool) -> Line:
    text = line.text
    is_furniture = PAGE_NUMBER.match(text) or VERSION_LINE.match(text) or RUNNING_HEAD.match(text)
    if is_furniture or shape(text) in repeated:
        return replace(line, kind="furniture")
    if BULLET.match(text):
        return replace(line, kind="bullet")
    if _CELLS.search(text):
        return replace(line, kind="table")
    if len(text.strip()) <= _LONGEST_HEADING:
        title = read_title(text)
        is_numbered = bool(NUMBERED.match(text))
        is_marked = bool(_MARKED.match(text))
        is_open = not is_sentence_end(text) or is_marked
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
        shape(line.text) for line in lines
        if line.kind != "blank" and len(line.text) <= 90 and not BULLET.match(line.text) and not line.text.endswith(".")
    )  # fmt: skip
    return {
        found for found, count in shapes.items() if count >= 3 and re.search(r"\d|klimatkontrakt", found, re.IGNORECASE)
    }


def _cover_end(lines: list[Line]) -> int:
    """How many lines at the head are the cover: up to the contents or the first blank line after cover words."""
    head = [line.text for line in lines[:_COVER_LINES]]
    if not any(_COVER.match(text) for text in head[:4]) and not any(VERSION_LINE.match(text) for text in head[:2]):
        return 0
    for index, text in enumerate(head):
        if index and (not text.strip() or _ends_cover(text)):
            return index
    return min(len(head), len(lines))


def _ends_cover(text: str) -> bool:
    """Contents, a numbered title or prose: what stands behind a cover."""
    is_closed = is_sentence_end(text) and not re.search(r"myndighet|viable", text, re.IGNORECASE)
    is_prose = len(text) > 60 and (is_closed or bool(_SENTENCE_INSIDE.search(text)))
    is_title = bool(NUMBERED.match(text)) and read_title(text).section is not None
    return bool(CONTENTS_TITLE.match(text)) or is_prose or is_title


def _hinted_cover_end(raw: str, lines: list[Line]) -> int:
    """As `_cover_end`, for blocks: a cover may be one block of several lines."""
    head = lines[:_COVER_LINES]
    first = [raw[part.start : part.end] for line in head[:4] for part in line.parts]
    if not any(_COVER.match(text) or VERSION_LINE.match(text) for text in first):
        return 0
    return next((index for index, line in enumerate(head) if _ends_cover(line.text)), len(head))


def _footnotes(lines: list[Line]) -> list[Line]:
    """A line that opens with a small number, stands before page furniture and is no heading is a footnote."""
    found = list(lines)
    for index, line in enumerate(lines):
        if line.kind != "furniture":
            continue
        back = index - 1
        while back >= 0 and found[back].kind == "text" and index - back <= 4:
            if FOOTNOTE.match(found[back].text):
                for position in range(back, index):
                    found[position] = replace(found[position], kind="footnote")
                back -= 1
                continue
            back -= 1
    return found
