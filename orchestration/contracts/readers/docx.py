"""DOCX: through mammoth to HTML, footnotes kept, images and everything outside the file left alone.

Here: what may be opened at all. Not here: blocks (html). Runs in the child process.
"""

import io
import zipfile
import zlib

import mammoth

from orchestration.contracts.readers.html import read_html
from orchestration.contracts.reasons import Words, megabytes, unreadable
from orchestration.contracts.source import Limits, SourceText

_BODY = "word/document.xml"
_STYLES = """
p[style-name^='toc '] => p.contents:fresh
p[style-name^='TOC '] => p.contents:fresh
p[style-name='Title'] => h1.title:fresh
"""
_SMALL_PART = 1_000_000


def read_docx(data: bytes, limits: Limits) -> SourceText:
    """The text of a DOCX. Raises UnreadableFile: damaged, encrypted, zip_bomb, empty, wrong_type."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check(package, limits)
        html = mammoth.convert_to_html(
            io.BytesIO(data), style_map=_STYLES, include_embedded_style_map=False, external_file_access=False,
            convert_image=_no_image,
        ).value  # fmt: skip
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise unreadable("damaged", expected="DOCX", found=str(error) or type(error).__name__) from None
    if not html.strip():
        raise unreadable("empty", bytes=len(data))
    return read_html(f"<body>{html}</body>", limits)


def _no_image(_image: object) -> list[object]:
    """Images are neither opened nor kept."""
    return []


def _check(package: zipfile.ZipFile, limits: Limits) -> None:
    """Refuse what would grow beyond measure, and XML that reaches outside itself."""
    parts = package.infolist()
    total = sum(part.file_size for part in parts)
    swollen = any(
        part.file_size > _SMALL_PART and part.file_size > limits.unpacked_ratio * max(1, part.compress_size)
        for part in parts
    )
    if total > limits.unpacked_bytes or swollen:
        raise unreadable("zip_bomb", found=megabytes(total))
    names = {part.filename for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise unreadable("encrypted", expected="DOCX")
    if _BODY not in names:
        raise unreadable("damaged", expected="DOCX", found=Words(f"{_BODY} is missing", f"{_BODY} saknas"))
    for part in parts:
        if part.filename.endswith((".xml", ".rels")) and _declares_entities(package.read(part)):
            name = part.filename
            found = Words(f"{name} declares entities of its own", f"{name} hänvisar till innehåll utanför filen")
            raise unreadable("damaged", expected="DOCX", found=found)


def _declares_entities(xml: bytes) -> bool:
    """Word never writes a document type; one in a DOCX is there to reach outside or to swell."""
    plain = xml.replace(b"\x00", b"")
    return b"<!DOCTYPE" in plain or b"<!ENTITY" in plain
