"""What the lines of a contract look like: bullets, page numbers, contents, footnotes, sentence ends.

Only patterns here, shared by the layout of plain text and the readers of laid-out formats.
"""

import re

BULLET_MARKS = "•●▪◦‣∙\uf0b7"
BULLET = re.compile(rf"\s*(?:[{BULLET_MARKS}·*]|[-–—](?=\s)|o(?=\s{{2,}}))\s*")
PAGE_NUMBER = re.compile(
    r"\s*(?:sida\s+|[-–]\s*)?\d{1,3}(?:\s*\(\d{1,3}\)|\s*/\s*\d{1,3}|\s+av\s+\d{1,3}|\s*[-–])?\s*$", re.IGNORECASE
)
VERSION_LINE = re.compile(r"\s*version\s+\d{4}\s*$", re.IGNORECASE)
RUNNING_HEAD = re.compile(
    r"\s*(?:klimatkontrakt\b.{0,80}?\s\d{1,3}|\d{1,3}\s+klimatkontrakt\b.{0,80})\s*$", re.IGNORECASE
)
CONTENTS_TITLE = re.compile(r"\s*(?:#+\s*)?innehåll(?:sförteckning)?\s*$", re.IGNORECASE)
NUMBERED = re.compile(r"\s*(?:#+\s*)?\d{1,2}(?:\.\d{1,2})*\.?\s+[A-ZÅÄÖX]")
FOOTNOTE = re.compile(
    r"\s*(?:\d{1,2}|\[\d{1,2}\]|[\u2070\xb9\xb2\xb3\u2074-\u2079]+)\s+(?![a-zåäö%])\S|\s*\d{1,2}\s+(?:https?:|www\.)"
)
ENDS = re.compile(r"[.!?:…][”\"’)»]*\s*$")
_CONTENTS_END = re.compile(r"(?:\.{3,}\s*|\s)\d{1,3}\s*$")
_CONTENTS_TAIL = 40


def is_contents_line(text: str) -> bool:
    """A title, dots or white space, a page number."""
    return bool(_CONTENTS_END.search(text[-_CONTENTS_TAIL:]))


def is_sentence_end(text: str) -> bool:
    """Whether a line's text ends a sentence."""
    return bool(ENDS.search(text[-8:]))


def shape(text: str) -> str:
    """A line with its numbers as 0: what recurs on every page."""
    return re.sub(r"\d+", "0", " ".join(text.split()))
