"""What a file is, by its content first and its name second.

Here: magic bytes and the look of the first characters. Not here: whether the rest of the file is whole (its reader).
"""

import re
from pathlib import PurePath

from orchestration.contracts.reasons import Words, unreadable
from orchestration.contracts.source import FileFormat

_OTHERS = (
    (b"\x89PNG\r\n\x1a\n", Words("a PNG image", "en PNG-bild")),
    (b"\xff\xd8\xff", Words("a JPEG image", "en JPEG-bild")),
    (b"GIF8", Words("a GIF image", "en GIF-bild")),
    (b"II*\x00", Words("a TIFF image", "en TIFF-bild")),
    (b"MM\x00*", Words("a TIFF image", "en TIFF-bild")),
    (b"{\\rtf", Words("an RTF document", "ett RTF-dokument")),
    (b"\xd0\xcf\x11\xe0", Words("an old or password-protected Office document",
                                 "ett gammalt eller lösenordsskyddat Office-dokument")),
    (b"\x7fELF", Words("a program", "ett program")),
    (b"MZ\x90", Words("a program", "ett program")),
    (b"\x1f\x8b", Words("a gzip archive", "ett gzip-arkiv")),
    (b"7z\xbc\xaf", Words("a 7z archive", "ett 7z-arkiv")),
    (b"Rar!", Words("a RAR archive", "ett RAR-arkiv")),
    (b"SQLite format 3", Words("a database", "en databas")),
    (b"%!PS", Words("a PostScript document", "ett PostScript-dokument")),
)  # fmt: skip
_PACKAGES = (
    (b"word/document", None),
    (b"xl/workbook", Words("an Excel workbook", "en Excel-arbetsbok")),
    (b"ppt/presentation", Words("a PowerPoint presentation", "en PowerPoint-presentation")),
    (b"vnd.oasis.opendocument", Words("an OpenDocument file", "en OpenDocument-fil")),
    (b"word/", None),
    (b"", Words("a zip archive", "ett zip-arkiv")),
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
    if isinstance(found, Words):
        raise unreadable("wrong_type", expected=named.upper() if named else "text", found=found)
    if found:
        return found
    if named in ("pdf", "docx"):
        beginning = Words(f"it does not begin as a {named.upper()} does", f"den börjar inte som en {named.upper()}")
        raise unreadable("damaged", expected=named.upper(), found=beginning)
    if named:
        return named
    return "txt"


def _by_content(data: bytes) -> FileFormat | Words | None:
    """A format of ours, the words for another type, or None for what may be text."""
    head = data[:_PDF_WITHIN]
    if b"%PDF-" in head and not head.lstrip().startswith(b"<"):
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return next((words or "docx" for sign, words in _PACKAGES if sign in data))
    for magic, description in _OTHERS:
        if data.startswith(magic):
            return description
    if _HTML.match(head):
        return "html"
    return None
