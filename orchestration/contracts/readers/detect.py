"""What a file is, by its content first and its name second.

Here: magic bytes and the look of the first characters. Not here: whether the rest of the file is whole (its reader).
"""

import re
from pathlib import PurePath
from typing import get_args

from orchestration.contracts.reasons import unreadable
from orchestration.contracts.source import FileFormat

_OTHERS = (
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0", "an old or password-protected Office document (.doc, .xls, .ppt)"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"SQLite format 3", "a database"),
    (b"%!PS", "a PostScript document"),
)
_PDF_WITHIN = 1024
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype\s+html|html|head|body|meta|title|main|article|section|div|h[1-6]|p|table|ul|ol|script|style)[\s>/]",
    re.IGNORECASE | re.DOTALL,
)
_ENDINGS: dict[str, FileFormat] = {
    ".txt": "txt", ".text": "txt", ".md": "md", ".markdown": "md", ".html": "html", ".htm": "html", ".xhtml": "html",
    ".docx": "docx", ".pdf": "pdf",
}  # fmt: skip
READABLE_SUFFIXES = frozenset(_ENDINGS)
"""File endings that a contract may have, lower case, with the dot."""


def format_of(data: bytes, name: str) -> FileFormat:
    """The format of a file's content. The name only tells Markdown and HTML from plain text.

    Raises UnreadableFile: wrong_type (the name promises something else than what is there), unknown_type.
    """
    named = _ENDINGS.get(PurePath(name).suffix.lower())
    found = _by_content(data)
    if found in get_args(FileFormat):
        return found  # type: ignore[return-value]
    if found:
        raise unreadable("wrong_type", expected=named.upper() if named else "text", found=found)
    if named in ("pdf", "docx"):
        raise unreadable("damaged", expected=named.upper(), found=f"it does not begin as a {named.upper()} does")
    if named:
        return named
    return "txt"


def _by_content(data: bytes) -> str | None:
    """A format of ours, a description of another type, or None for what may be text."""
    head = data[:_PDF_WITHIN]
    if b"%PDF-" in head and not head.lstrip().startswith(b"<"):
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "docx" if b"word/" in data or b"[Content_Types].xml" in head else "a zip archive"
    for magic, description in _OTHERS:
        if data.startswith(magic):
            return description
    if _HTML.match(head):
        return "html"
    return None
