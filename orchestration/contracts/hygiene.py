"""Text hygiene: what a reader's eye corrects, corrected, with the way back to every raw character.

Here: broken hyphens, note digits glued to words and years, control characters, white space, NFC.
Not here: what is a heading or a page number (layout), and anything that changes meaning. NFC and never NFKC, which
would turn `2040³¹` into `204031`.
"""

import re
import tomllib
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from orchestration.contracts.model import CleanText, Piece, Span

_LEXICON = Path(__file__).parent / "lexicon" / "hygiene.toml"

_EVENT = re.compile(
    r"""
      (?P<joined>(?<=[^\W\d_])(?:\ufffe|\xad[ \t]*\n|\xad)\s*(?=[^\W\d_]))
    | (?P<broken>(?<=[a-zåäöéü])[-\u2010]\s+(?=[a-zåäöéü]))
    | (?P<kept_hyphen>(?<=[^\W_])[-\u2010–]\n\s*(?=[^\W_]))
    | (?P<superscript>(?<=[^\s])[\u2070\xb9\xb2\xb3\u2074-\u2079]+)
    | (?P<subscript>(?<=CO)\u2082)
    | (?P<year_note>(?<![\d.,])(?<!\d\s)(?:19|20)\d\d\d{1,2}(?![\d%])(?![.,]\d))
    | (?P<word_note>(?<=[a-zåäöéü]{3})\d{1,2}(?![\w%,-])(?!\.\d))
    | (?P<acronym_note>(?<=[A-ZÅÄÖ]{3})\d{1,2}(?![\w%]))
    | (?P<stop_note>(?:(?<=[a-zåäöéü”"»)][.,;:])|(?<=20\d\d\.))\d{1,2}(?=\s+[A-ZÅÄÖ]|\s*$))
    | (?P<invisible>[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u2060\ufeff\xad\ufffe])
    | (?P<space>\s{2,}|[^\S ])
    """,
    re.VERBOSE,
)


@cache
def _lexicon() -> dict[str, frozenset[str]]:
    with _LEXICON.open("rb") as file:
        return {key: frozenset(words) for key, words in tomllib.load(file).items()}


_NEXT_WORD = re.compile(r"\s*([^\W\d_]+|%)")
_LAST_WORD = re.compile(r"[^\W\d_]+(?=\s*$)")
_YEAR_RANGE = range(1985, 2061)


def clean(raw: str, blocks: Iterable[Sequence[Span]], markup: Sequence[Span] = ()) -> CleanText:
    """The given blocks after hygiene, one a line, in the order given.

    A block is the raw spans of its lines, as layout found them; what lies between the spans (page numbers, running
    headers) is left out of the clean text but stays in `raw`, so that no offset moves. So is `markup`: spans in the
    order of the text, none overlapping.
    """
    parts: list[str] = []
    pieces: list[Piece] = []
    position = 0
    markup_ends = [span.end for span in markup]
    for number, spans in enumerate(blocks):
        if number:
            parts.append("\n")
            pieces.append(Piece(position, position + 1, spans[0].start, spans[0].start))
            position += 1
        for text, start, end in _block(raw, _Lines(spans, markup, markup_ends)):
            if text:
                parts.append(text)
                pieces.append(Piece(position, position + len(text), start, end))
                position += len(text)
    return CleanText(raw, "".join(parts), tuple(pieces))


def _block(raw: str, lines: "_Lines") -> Iterable[tuple[str, int, int]]:
    """(clean text, raw start, raw end) for one block, left to right; literal stretches come whole."""
    source = lines.joined(raw)
    ends = None
    if not unicodedata.is_normalized("NFC", source):
        source, ends = _compose(source)
    for text, start, end in _edits(source):
        if ends is not None and len(text) == end - start:
            for index, letter in enumerate(text, start):
                yield letter, lines.raw(ends[index]), lines.raw_end(ends[index + 1])
        elif ends is not None:
            yield text, lines.raw(ends[start]), lines.raw_end(ends[end])
        elif len(text) == end - start:
            for first, last in lines.unbroken(start, end):
                yield text[first - start : last - start], lines.raw(first), lines.raw_end(last)
        else:
            yield text, lines.raw(start), lines.raw_end(end)


class _Lines:
    """The lines of a block joined, less the markup in them, and from a position in that to its raw offset."""

    def __init__(self, spans: Sequence[Span], markup: Sequence[Span], markup_ends: Sequence[int]) -> None:
        self._spans: list[Span] = []
        self._starts: list[int] = []
        self._glue: list[str] = []
        position = 0
        for span in spans:
            for number, part in enumerate(_without(span, markup, markup_ends)):
                glue = "\n" if self._spans and number == 0 else ""
                position += len(glue)
                self._starts.append(position)
                self._spans.append(part)
                self._glue.append(glue)
                position += part.end - part.start

    def joined(self, raw: str) -> str:
        return "".join(
            glue + raw[span.start : span.end] for glue, span in zip(self._glue, self._spans, strict=True)
        )  # fmt: skip

    def unbroken(self, start: int, end: int) -> Iterable[tuple[int, int]]:
        """The stretch in pieces that are unbroken in the raw text too."""
        first = bisect_right(self._starts, start)
        while first < len(self._starts) and self._starts[first] < end:
            yield start, self._starts[first]
            start = self._starts[first]
            first += 1
        yield start, end

    def raw(self, position: int) -> int:
        index = bisect_right(self._starts, position) - 1
        return self._spans[index].start + position - self._starts[index]

    def raw_end(self, position: int) -> int:
        return self.raw(position - 1) + 1 if position else self.raw(0)


def _without(span: Span, markup: Sequence[Span], markup_ends: Sequence[int]) -> Iterable[Span]:
    """The parts of a line between its markup; one empty part where nothing else is left."""
    start, is_empty = span.start, True
    for mark in markup[bisect_right(markup_ends, span.start) :]:
        if mark.start >= span.end:
            break
        if mark.start > start:
            yield Span(start, mark.start)
            is_empty = False
        start = max(start, mark.end)
    if start < span.end or is_empty:
        yield Span(min(start, span.end), span.end)


def _compose(source: str) -> tuple[str, list[int]]:
    """The text in NFC and, for each composed character, where it starts in the source (and one past the last)."""
    parts, starts = [], []
    for cluster in re.finditer(r"[^\u0300-\u036f][\u0300-\u036f]*|[\u0300-\u036f]+", source):
        composed = unicodedata.normalize("NFC", cluster.group())
        parts.append(composed)
        starts.extend([cluster.start()] + [cluster.end()] * (len(composed) - 1))
    return "".join(parts), [*starts, len(source)]


def _edits(source: str) -> Iterable[tuple[str, int, int]]:
    position = 0
    for match in _EVENT.finditer(source):
        if match.start() < position:
            continue
        start, end, text = _edit(source, match)
        if text is None:
            continue
        if start > position:
            yield source[position:start], position, start
        if text or end > start:
            yield text, start, end
        position = end
    if position < len(source):
        yield source[position:], position, len(source)


def _edit(source: str, match: re.Match[str]) -> tuple[int, int, str | None]:
    """What one match turns into: (start, end, replacement), replacement None where it must stay as it is."""
    start, end = match.span()
    words = _lexicon()
    match match.lastgroup:
        case "joined" | "invisible":
            return start, end, ""
        case "broken":
            return start, end, match.group()[0] + " " if _is_suspended(source, start, end) else ""
        case "kept_hyphen":
            return start, end, match.group()[0] + (" " if _is_suspended(source, start, end) else "")
        case "superscript":
            is_unit = source[start - 1] in "mM" and not source[max(0, start - 3) : start].isalpha()
            return start, end, None if is_unit else ""
        case "subscript":
            return start, end, "2"
        case "year_note":
            return start + 4, end, "" if _is_year_with_note(source, start, end) else None
        case "word_note" | "acronym_note":
            word = _LAST_WORD.search(source, max(0, start - 40), start)
            keep = word and (word.group().casefold() in words["keeps_its_digits"] or word.group().endswith("CO"))
            return start, end, None if keep else ""
        case "stop_note":
            return start, end, ""
        case _:
            return start, end, " "


def _is_suspended(source: str, start: int, end: int) -> bool:
    """Whether a hyphen stands for a word to come ("energi- och klimatplan"), not in a broken word ("gemen- samt")."""
    words = _lexicon()
    following = _NEXT_WORD.match(source, end)
    if following is None or following.group(1) not in words["after_suspended_hyphen"]:
        return False
    before = _LAST_WORD.search(source, max(0, start - 40), start)
    return not (before and before.group().casefold() + following.group(1) in words["whole_when_joined"])


def _is_year_with_note(source: str, start: int, end: int) -> bool:
    """2040 + note 31 is a year with a note; 20400 ton and omkring 20300 personer are quantities."""
    words = _lexicon()
    if int(source[start : start + 4]) not in _YEAR_RANGE or source[start + 4] == "0":
        return False
    following = _NEXT_WORD.match(source, end)
    if following and following.group(1).casefold() in words["counted_after_number"]:
        return False
    before = _LAST_WORD.search(source, max(0, start - 20), start)
    return not (before and before.group().casefold() in words["approximates_number"])
