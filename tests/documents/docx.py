"""Contracts set as DOCX with python-docx: styles, lists, tables, headers, and footnotes, which it lacks."""

import io
import zipfile
from xml.sax.saxutils import escape

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from tests.documents.contract import Contract

_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


def set_docx(contract: Contract, *, table: tuple[tuple[str, ...], ...] = ()) -> bytes:
    """The contract as the bytes of a DOCX."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Klimatkontrakt 2030"
    document.sections[0].footer.paragraphs[0].text = "Sida 1 av 30"
    notes: list[str] = []
    for line in contract.cover:
        document.add_paragraph(line)
    for piece in contract.pieces:
        if piece.kind == "heading":
            paragraph = document.add_heading(piece.text, piece.level)
        else:
            paragraph = document.add_paragraph(style="List Bullet" if piece.kind == "bullet" else None)
            _add_runs(paragraph, piece.text)
        if piece.note:
            notes.append(piece.note)
            _add_reference(paragraph, len(notes))
    if table:
        grid = document.add_table(len(table), len(table[0]))
        for row, cells in zip(grid.rows, table, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    target = io.BytesIO()
    document.save(target)
    return _with_footnotes(target.getvalue(), notes) if notes else target.getvalue()


def _add_runs(paragraph: Paragraph, text: str) -> None:
    """Runs as an editor leaves them: split in the middle of words, CO2 with a subscript."""
    for number, part in enumerate(text.split("CO2")):
        if number:
            paragraph.add_run("CO")
            paragraph.add_run("2").font.subscript = True
        middle = len(part) // 2
        paragraph.add_run(part[:middle])
        paragraph.add_run(part[middle:]).bold = number % 2 == 1


def _add_reference(paragraph: Paragraph, number: int) -> None:
    run = paragraph.add_run()
    run.font.superscript = True
    reference = OxmlElement("w:footnoteReference")
    reference.set(qn("w:id"), str(number))
    run._r.append(reference)


def _with_footnotes(data: bytes, notes: list[str]) -> bytes:
    body = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:r><w:t>{escape(note)}</w:t></w:r></w:p></w:footnote>'
        for number, note in enumerate(notes, 1)
    )
    parts = {"word/footnotes.xml": f'<?xml version="1.0"?><w:footnotes xmlns:w="{_NAMESPACE}">{body}</w:footnotes>'}
    relation = f'<Relationship Id="rIdNotes" Type="{_RELATION}" Target="footnotes.xml"/>'
    return rezip(data, parts, {
        "word/_rels/document.xml.rels": ("</Relationships>", f"{relation}</Relationships>"),
        "[Content_Types].xml": (
            "</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{_CONTENT_TYPE}"/></Types>'
        ),
    })  # fmt: skip


def rezip(data: bytes, added: dict[str, str], replaced: dict[str, tuple[str, str]]) -> bytes:
    """The package with parts added and words replaced in others."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name in source.namelist():
            part = source.read(name)
            if name in replaced:
                old, new = replaced[name]
                part = part.decode().replace(old, new).encode()
            package.writestr(name, part)
        for name, text in added.items():
            package.writestr(name, text)
    return target.getvalue()
