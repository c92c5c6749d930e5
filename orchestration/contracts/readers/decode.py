"""Bytes to text: byte-order mark, then strict UTF-8, then the old Swedish encodings scored by å, ä and ö.

Here: which encoding a text file has. Not here: HTML's own declarations (its reader), hygiene.
"""

import re
from typing import NamedTuple

from orchestration.contracts.reasons import Words, unreadable

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\x00\x00", "utf-32-le"), (b"\x00\x00\xfe\xff", "utf-32-be"),
          (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))  # fmt: skip
_OLD = ("cp1252", "mac_roman", "cp850", "cp437")
_SWEDISH = re.compile(r"(?<![^\W\d_])[A-ZÅÄÖ]?[a-zåäöé]*[åäöÅÄÖéÉ][a-zåäöé]*(?![^\W\d_])")
_USUAL = frozenset("åäöÅÄÖéÉüÜ–—”“’‘»«…•§°²³½·\xa0€")
_SAMPLE = 200_000
_SEEN_CONTROLS = frozenset("\t\n\r\f\v\x1c\x1d\x1e\x85")
_MOST_CONTROLS = 0.05


class Decoded(NamedTuple):
    """A text and the encoding that it was read by."""

    text: str
    encoding: str


def decode(data: bytes) -> Decoded:
    """The text of a file, its line ends and characters as they are, without the byte-order mark.

    A few NUL bytes stay where they are (hygiene drops them). Raises UnreadableFile: empty, damaged, binary.
    """
    decoded = _decode(data)
    if not decoded.text.strip().strip("\x00\ufeff"):
        raise unreadable("empty", bytes=len(data))
    controls = sum(letter < " " and letter not in _SEEN_CONTROLS for letter in decoded.text[:_SAMPLE])
    share = controls / min(len(decoded.text), _SAMPLE)
    if share > _MOST_CONTROLS:
        raise unreadable("binary", found=f"{share:.0%}")
    return decoded


def _decode(data: bytes) -> Decoded:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding)
    if wide := _wide_without_mark(data):
        return _strict(data, wide)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        return _nearly_utf8(data, error) or _best_old(data)


def _strict(data: bytes, encoding: str) -> Decoded:
    """By the encoding that the mark promises; what it can't mean becomes U+FFFD, a cut last character is dropped."""
    if encoding.startswith("utf-16"):
        data = data[: len(data) // 2 * 2]
    elif encoding.startswith("utf-32"):
        data = data[: len(data) // 4 * 4]
    text = data.decode(encoding, errors="replace")
    if text.count("\ufffd") > max(4, len(text) // 50):
        expected = Words(f"text in {encoding.upper()}", f"text i {encoding.upper()}")
        raise unreadable("damaged", expected=expected, found=Words("meaningless bytes", "byte utan mening"))
    return Decoded(text, encoding)


def _wide_without_mark(data: bytes) -> str | None:
    """UTF-16 without a mark: in western text every other byte is zero."""
    sample = data[:4096]
    if len(sample) < 8 or b"\x00" not in sample:
        return None
    even, odd = sample[::2].count(0) / len(sample[::2]), sample[1::2].count(0) / len(sample[1::2])
    if odd > 0.7 and even < 0.2:
        return "utf-16-le"
    if even > 0.7 and odd < 0.2:
        return "utf-16-be"
    return None


def _nearly_utf8(data: bytes, error: UnicodeDecodeError) -> Decoded | None:
    """UTF-8 with a few broken bytes is still UTF-8 when more of its letters are whole than broken."""
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    whole = len(text) - sum(letter < "\x80" for letter in text) - broken
    if whole > 2 * broken or (error.start >= len(data) - 3 and whole):
        return Decoded(text, "utf-8")
    return None


def _best_old(data: bytes) -> Decoded:
    sample = data[:_SAMPLE]
    encoding = max(_OLD, key=lambda name: (_score(sample.decode(name, errors="replace")), -_OLD.index(name)))
    return Decoded(data.decode(encoding, errors="replace"), encoding)


def _score(text: str) -> int:
    """Swedish words that the reading gives, less the letters that Swedish prose never has."""
    strange = sum(letter >= "\x80" and letter not in _USUAL for letter in text)
    return 2 * len(_SWEDISH.findall(text)) - 3 * strange
