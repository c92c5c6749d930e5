"""What a file is and which encoding it has."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.contracts.readers.decode import decode
from orchestration.contracts.readers.detect import format_of
from orchestration.contracts.source import UnreadableFile

SWEDISH = "Kommunfullmäktige i Östersund antog på hösten en åtgärdsplan för växthusgaser: 83 procent – ”klimatneutral”."


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"%PDF-1.7\n", "a.txt", "pdf"),
        (b"<!DOCTYPE html><html>", "a.txt", "html"),
        (b"\xef\xbb\xbf<html lang='sv'>", "a", "html"),
        (b"PK\x03\x04....[Content_Types].xml....word/document.xml", "a.bin", "docx"),
        (b"# Rubrik", "a.md", "md"),
        (b"# Rubrik", "a.MARKDOWN", "md"),
        (b"Rubrik", "a", "txt"),
        (b"Rubrik", "a.csv", "txt"),
    ],
)
def test_content_tells_the_format_and_the_name_only_tells_texts_apart(data, name, expected):
    assert format_of(data, name) == expected


@pytest.mark.parametrize(
    ("data", "name", "code", "word"),
    [
        (b"\x89PNG\r\n\x1a\n....", "2023.pdf", "wrong_type", "PNG"),
        (b"\xd0\xcf\x11\xe0....", "2023.docx", "wrong_type", "Office"),
        (b"PK\x03\x04......xl/workbook.xml", "2023.docx", "wrong_type", "Excel"),
        (b"not a pdf at all", "2023.pdf", "damaged", "PDF"),
        (b"not a zip at all", "2023.docx", "damaged", "DOCX"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_set_aside_with_what_it_is(data, name, code, word):
    with pytest.raises(UnreadableFile) as refusal:
        format_of(data, name)
    assert refusal.value.code == code
    assert word in refusal.value.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_swedish_text_reads_the_same_in_every_encoding_programs_write(encoding):
    assert decode(SWEDISH.encode(encoding)).text == SWEDISH


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850", "cp437"])
def test_old_swedish_encodings_are_told_apart_by_their_letters(encoding):
    plain = SWEDISH.translate({ord("–"): "-", ord("”"): '"'})
    assert decode(plain.encode(encoding)).text == plain


def test_a_few_broken_bytes_do_not_turn_utf8_into_another_encoding():
    data = SWEDISH.encode()[:40] + b"\xff" + SWEDISH.encode()[40:]
    assert decode(data).encoding == "utf-8"
    assert "Östersund" in decode(data).text


def test_utf8_that_is_cut_in_the_middle_of_a_letter_is_still_utf8():
    assert decode("Utsläppen i Malm\u00f6".encode()[:-1]).text.startswith("Utsläppen i Malm")


def test_a_few_nul_bytes_stay_where_they_are():
    assert decode(b"Lund\x00 ska bli klimatneutralt. " * 10).text.count("\x00") == 10


@pytest.mark.parametrize("data", [b"", b"   \n\t", b"\xef\xbb\xbf", b"\xff\xfe", b"\x00" * 50])
def test_a_file_without_letters_is_empty(data):
    with pytest.raises(UnreadableFile) as refusal:
        decode(data)
    assert refusal.value.code == "empty"


def test_control_characters_in_mass_are_a_programs_data():
    with pytest.raises(UnreadableFile) as refusal:
        decode(bytes(range(1, 9)) * 20 + b"abc")
    assert refusal.value.code == "binary"


@given(st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]), min_size=1).filter(str.strip))
def test_every_text_in_utf8_comes_back_unchanged(text):
    if text.startswith("\ufeff") or not text.strip().strip("\x00\ufeff"):
        return
    assert decode(text.encode()).text == text


@given(st.binary(max_size=300))
def test_any_bytes_give_a_text_or_a_reason(data):
    with suppress(UnreadableFile):
        assert decode(data).text
