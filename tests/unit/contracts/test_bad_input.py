"""Bad files: each costs itself, with a reason a person understands, and nothing else."""

import io
import socket
import sys
import time
import zipfile

import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from orchestration.contracts.document import divide
from orchestration.contracts.readers.docx import read_docx
from orchestration.contracts.readers.sandbox import Sandbox
from orchestration.contracts.reading import Limits, UnreadableFile, read
from orchestration.contracts.reasons import reason_codes
from tests.documents.contract import Contract, Piece, contract_of, gold_text
from tests.documents.docx import rezip, set_docx
from tests.documents.pdf import Style, set_pdf

SMALL = Contract(
    (),
    (
        Piece("heading", "3.1. Kommunens klimatmål", 2),
        Piece("paragraph", "Lunds kommun ska vara klimatneutral senast 2030 och det gäller alla."),
    ),
)
TEXT = "Lunds kommun ska vara klimatneutral 2030."


def refusal(data: bytes, name: str, limits: Limits | None = None, sandbox: Sandbox | None = None) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        read(data, name, limits or Limits(), sandbox)
    assert caught.value.code in reason_codes()
    assert " / " in caught.value.reason
    return caught.value


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return set_pdf(contract_of(gold_text("halmstad-2023")))


@pytest.mark.parametrize("name", ["tom.txt", "tom.pdf", "tom.docx", "tom.html", "tom.md"])
def test_an_empty_file_is_told_to_be_empty(name):
    assert refusal(b"", name).code == "empty"


def test_a_page_without_words_is_empty():
    assert refusal(b"<html><body><script>1</script></body></html>", "a.html").code == "empty"


def test_a_document_without_words_is_empty():
    assert refusal(set_docx(Contract((), ())), "a.docx").code == "empty"


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.95])
def test_a_truncated_pdf_is_damaged_and_not_silently_shorter(pdf, share):
    assert refusal(pdf[: int(share * len(pdf))], "a.pdf").code == "damaged"


def test_an_encrypted_pdf_asks_for_an_open_copy():
    assert refusal(set_pdf(SMALL, encrypt="hemligt"), "a.pdf").code == "encrypted"


def scanned(pages: int, words: str = "") -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target)
    if words:
        canvas.drawString(72, 700, words)
        canvas.showPage()
    for _ in range(pages):
        canvas.drawImage(ImageReader(Image.new("L", (60, 80), 128)), 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def test_a_pdf_with_some_scanned_pages_is_read_and_flagged():
    source = read(scanned(pages=1, words=f"{TEXT} {TEXT}"), "a.pdf").texts[0]
    assert source.raw == f"{TEXT} {TEXT}"
    assert divide(source).quality_flags == ("pages_without_text",)


def test_a_pdf_of_scanned_images_says_that_it_needs_text_recognition():
    found = refusal(scanned(pages=3), "a.pdf")
    assert found.code == "no_text_layer"
    assert "OCR" in found.reason


def test_a_pdf_of_5000_pages_is_refused_before_it_is_read():
    document = pypdfium2.PdfDocument.new()
    for _ in range(5_000):
        document.new_page(100, 100)
    target = io.BytesIO()
    document.save(target)
    begun = time.monotonic()
    found = refusal(target.getvalue(), "a.pdf")
    assert found.code == "too_many_pages"
    assert "5000" in found.reason
    assert time.monotonic() - begun < 10


def test_a_zip_bomb_is_not_unpacked():
    bomb = rezip(set_docx(SMALL), {"word/extra.xml": " " * 20_000_000}, {})
    assert len(bomb) < 100_000
    assert refusal(bomb, "a.docx").code == "zip_bomb"


def test_a_docx_with_entities_of_its_own_is_not_parsed():
    entity = '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document'
    data = rezip(set_docx(SMALL), {}, {"word/document.xml": ("<w:document", entity)})
    assert refusal(data, "a.docx").code == "damaged"


def test_remote_images_of_a_docx_are_never_fetched(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("the reader reached for the network")

    monkeypatch.setattr(socket, "socket", refuse)
    drawing = (
        '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData>'
        '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill>'
        '<a:blip r:link="rIdFar"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r></w:p>"
    )
    image = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    relation = f'<Relationship Id="rIdFar" Type="{image}" TargetMode="External" Target="http://127.0.0.1:9/x.png"/>'
    data = rezip(set_docx(SMALL), {}, {
        "word/document.xml": ("<w:sectPr", f"{drawing}<w:sectPr"),
        "word/_rels/document.xml.rels": ("</Relationships>", f"{relation}</Relationships>"),
    })  # fmt: skip
    assert "klimatneutral" in read_docx(data, Limits()).raw


def test_a_zip_that_is_cut_off_is_damaged():
    data = set_docx(SMALL)
    assert refusal(data[: len(data) // 2], "a.docx").code == "damaged"


def test_scripts_of_a_page_are_neither_run_nor_read():
    page = f"<html><body><script>document.write('999 procent')</script><p onclick='x()'>{TEXT}</p></body></html>"
    assert read(page.encode(), "a.html").texts[0].raw == TEXT


def test_escaped_tags_are_words_and_stay_words():
    page = "<html><body><p>Skriv &lt;script&gt;alert(1)&lt;/script&gt; aldrig.</p></body></html>"
    assert read(page.encode(), "a.html").texts[0].raw == "Skriv <script>alert(1)</script> aldrig."


def test_a_pdf_that_is_a_picture_is_told_apart():
    target = io.BytesIO()
    Image.new("L", (4, 4)).save(target, "PNG")
    found = refusal(target.getvalue(), "2023.pdf")
    assert found.code == "wrong_type"
    assert "PNG" in found.reason


def test_nul_bytes_are_left_out_of_the_clean_text_and_kept_in_the_raw():
    source = read(TEXT.replace("kommun", "kom\x00mun").encode(), "a.txt").texts[0]
    document = divide(source)
    assert "\x00" in source.raw
    assert document.clean.text == TEXT
    start, end = document.clean.raw_span(0, len(TEXT))
    assert source.raw[start:end] == source.raw


def test_one_line_of_50_mb_is_too_large():
    assert refusal(b"Lund " * 10_000_000, "a.txt").code == "too_large"


def test_text_beyond_the_limit_is_refused_whatever_the_format(pdf):
    limits = Limits(characters=2_000)
    page = f"<html><body><p>{TEXT * 100}</p></body></html>".encode()
    for data, name in ((TEXT.encode() * 100, "a.txt"), (page, "a.html"), (pdf, "a.pdf")):
        assert refusal(data, name, limits).code == "too_much_text"


def test_a_page_nested_deeper_than_any_stack_is_read():
    page = b"<html><body>" + b"<div>" * 20_000 + TEXT.encode() + b"</div>" * 20_000
    assert read(page, "a.html").texts[0].raw == TEXT


def test_a_reader_that_takes_too_long_is_stopped_and_the_next_file_is_read():
    sandbox = Sandbox([sys.executable, "-c", "import time; time.sleep(60)"])
    begun = time.monotonic()
    assert refusal(b"<html><body>a", "a.html", Limits(seconds=0.3), sandbox).code == "timeout"
    assert time.monotonic() - begun < 5
    assert read(b"<html><body>a", "a.html").texts[0].raw == "a"


def test_a_reader_that_crashes_costs_one_file():
    sandbox = Sandbox([sys.executable, "-c", "import os; os.kill(os.getpid(), 11)"])
    assert refusal(b"<html><body>a", "a.html", sandbox=sandbox).code == "crashed"
    sandbox.close()


def test_a_reader_that_answers_nonsense_is_not_trusted():
    nonsense = "import sys; sys.stdout.buffer.write(bytes(7) + bytes([7]) + b'{\"a\":1}'); sys.stdout.flush(); input()"
    sandbox = Sandbox([sys.executable, "-c", nonsense])
    assert refusal(b"<html><body>a", "a.html", sandbox=sandbox).code == "crashed"
    sandbox.close()


def test_a_file_that_needs_more_memory_than_allowed_is_refused():
    page = b"<html><body>" + b"<p>a</p>" * 1_000_000
    found = refusal(page, "a.html", Limits(memory_bytes=250_000_000))
    assert found.code == "out_of_memory"
    assert read(b"<html><body>a", "a.html").texts[0].raw == "a"


def test_the_child_serves_many_files(pdf):
    sandbox = Sandbox()
    read(pdf, "a.pdf", sandbox=sandbox)
    first = sandbox.process_id
    read(pdf, "b.pdf", sandbox=sandbox)
    assert sandbox.process_id == first
    sandbox.close()


def test_a_library_may_not_write_into_the_answers(pdf, capfd):
    read(pdf, "a.pdf")
    assert capfd.readouterr().out == ""


def test_reasons_hold_no_line_breaks_of_a_files_making():
    data = rezip(set_docx(SMALL), {"word/a\nb.xml": "<!DOCTYPE x>"}, {})
    assert "\n" not in refusal(data, "a.docx").reason


def test_a_zip_of_another_program_is_named():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("xl/workbook.xml", "<a/>")
    assert "Excel" in refusal(target.getvalue(), "a.docx").reason


def test_a_small_style_of_pdf_reads():
    assert TEXT.split()[0] in read(set_pdf(SMALL, Style(has_cover=False)), "a.pdf").texts[0].raw
