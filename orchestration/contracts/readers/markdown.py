"""Markdown: the text as it stands, its blocks as hints, its inline marks left out of the clean text.

Here: the parts of Markdown that contracts use. Not here: rendering; anything unknown stays text.
"""

import re
from collections.abc import Iterator

from orchestration.contracts.marks import BULLET
from orchestration.contracts.model import Span
from orchestration.contracts.readers.plain import page_starts
from orchestration.contracts.source import Hint, HintKind, SourceText

_HEADING = re.compile(r"[ ]{0,3}(#{1,6})[ \t]+(?=\S)")
_CLOSING = re.compile(r"[ \t]+#+[ \t]*$")
_UNDERLINE = re.compile(r"[ ]{0,3}(?:=+|-+)[ \t]*$")
_RULE = re.compile(r"[ ]{0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_ITEM = re.compile(r"[ \t]*(?:[-+*•]|\d{1,2}[.)])[ \t]+(?=\S)")
_NUMBERED_ITEM = re.compile(r"[ \t]*\d{1,2}[.)][ \t]")
_NOTE = re.compile(r"[ ]{0,3}\[\^[^\]\s]{1,20}\]:[ \t]*")
_TABLE_ROW = re.compile(r"[ \t]*\|.*\|[ \t]*$")
_TABLE_RULE = re.compile(r"[ \t|:-]+$")
_CELL = re.compile(r"(?:[^|\\\n]|\\.)+")
_FENCE = re.compile(r"[ ]{0,3}(?:```|~~~)")
_QUOTE = re.compile(r"[ ]{0,3}>[ \t]?")
_INLINE = re.compile(
    r"""
      (?P<note>\[\^[^\]\s]{1,20}\])
    | (?P<image>!\[[^\]\n]{0,300}\]\([^)\n]{0,2000}\))
    | \[(?P<link>[^\]\n]{1,300})\](?P<target>\([^)\n]{0,2000}\))
    | (?P<tag></?(?:b|i|em|strong|u|span|br|sup|sub|a)(?:[ \t][^<>\n]{0,300})?/?>|<!--.{0,2000}?-->)
    | (?P<emphasis>\*{1,3}|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|`+)
    | (?P<escape>\\(?=[!-/:-@\[-`{-~]))
    """,
    re.VERBOSE | re.DOTALL,
)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|$)")


def read_markdown(text: str) -> SourceText:
    """The text with a hint a block; the marks of emphasis, links, notes and tags as markup. Never fails."""
    hints = tuple(_hints(text))
    markup = tuple(mark for hint in hints for mark in _markup(text, hint))
    return SourceText(text, pages=page_starts(text), hints=hints, markup=markup)


def _hints(text: str) -> Iterator[Hint]:
    kind: HintKind = "paragraph"
    start = end = -1
    is_fenced = False
    for line in _LINE.finditer(text):
        body = line.group().rstrip()
        if line.start() == len(text):
            break
        opening = 0 if is_fenced else _opening(body)
        if _FENCE.match(body):
            is_fenced = not is_fenced
        is_break = not body.strip() or _FENCE.match(body) or (not is_fenced and _RULE.match(body))
        if start >= 0 and not is_fenced and _UNDERLINE.match(body) and kind == "paragraph":
            yield Hint("heading", Span(start, end), 1 if "=" in body else 2)
            start = -1
            continue
        begins = is_break or opening or (not is_fenced and (_HEADING.match(body) or _TABLE_ROW.match(body)))
        if start >= 0 and begins:
            yield Hint(kind, Span(start, end))
            start = -1
        if is_break:
            continue
        offset = line.start()
        if not is_fenced and (heading := _HEADING.match(body)):
            closing = _CLOSING.search(body, heading.end() - 1)
            last = closing.start() if closing else len(body)
            if last > heading.end():
                yield Hint("heading", Span(offset + heading.end(), offset + last), len(heading.group(1)))
        elif not is_fenced and _TABLE_ROW.match(body):
            yield from _cells(body, offset)
        elif start >= 0:
            end = offset + len(body)
        else:
            kind = _kind(body) if opening else "paragraph"
            start, end = offset + opening, offset + len(body)
    if start >= 0:
        yield Hint(kind, Span(start, end))


def _opening(body: str) -> int:
    """How many characters mark the line as an item, a note or a quotation; 0 for none."""
    if note := _NOTE.match(body):
        return note.end()
    if _ITEM.match(body) and not _NUMBERED_ITEM.match(body):
        match = _ITEM.match(body)
    elif BULLET.match(body):
        match = BULLET.match(body)
    else:
        match = _QUOTE.match(body)
    return match.end() if match and not _RULE.match(body) else 0


def _kind(body: str) -> HintKind:
    if _NOTE.match(body):
        return "footnote"
    return "paragraph" if _QUOTE.match(body) else "bullet"


def _cells(body: str, offset: int) -> Iterator[Hint]:
    if _TABLE_RULE.match(body):
        return
    for cell in _CELL.finditer(body):
        words = cell.group().strip()
        if words:
            start = offset + cell.start() + cell.group().index(words)
            yield Hint("table", Span(start, start + len(words)))


def _markup(text: str, hint: Hint) -> Iterator[Span]:
    for match in _INLINE.finditer(text, hint.span.start, hint.span.end):
        if match.group("link") is not None:
            yield Span(match.start(), match.start() + 1)
            yield from _markup_inside(text, Span(*match.span("link")))
            yield Span(match.end("link"), match.end())
        elif match.group("emphasis") and _is_alone(text, match):
            continue
        else:
            yield Span(*match.span())


def _markup_inside(text: str, span: Span) -> Iterator[Span]:
    for match in _INLINE.finditer(text, span.start, span.end):
        if match.group("emphasis"):
            yield Span(*match.span())


def _is_alone(text: str, match: re.Match[str]) -> bool:
    """An asterisk between spaces or digits is a sign, not emphasis."""
    before, after = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
    return (not before.strip() and not after.strip()) or (before.isdigit() and after.isdigit())
