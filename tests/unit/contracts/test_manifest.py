"""raw/manifest.csv: what applies, what is refused, and how it says so."""

from datetime import date
from pathlib import Path

import pytest

from orchestration.contracts.manifest import ManifestEntry, read_manifest
from orchestration.contracts.municipalities import Register

REGISTER = Register.from_csv(Path(__file__).parents[3] / "dbt_project/seeds/municipalities.csv")
HEADER = "path,line,municipality_id,version_year,source_url,retrieved_on,licence\n"


@pytest.fixture
def manifest(tmp_path):
    def write(text: str | bytes):
        path = tmp_path / "manifest.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_manifest(path, REGISTER)

    return write


def test_a_missing_or_empty_manifest_says_nothing(tmp_path, manifest):
    assert read_manifest(tmp_path / "none.csv", REGISTER).entries == {}
    assert manifest("").errors == ()


def test_a_row_is_found_by_file_and_line(manifest):
    found = manifest(HEADER + "a.txt,7,2081,2023,https://x.se,2024-01-31,CC0\n")
    assert found.lookup("a.txt", 7) == ManifestEntry(
        "a.txt", 7, "2081", 2023, "https://x.se", date(2024, 1, 31), "CC0", manifest_line=2
    )
    assert found.lookup("a.txt", 8) is None


def test_a_row_without_line_holds_for_all_lines_that_have_none_of_their_own(manifest):
    found = manifest(HEADER + "a.txt,,,2023,,,\na.txt,2,,2022,,,\n")
    assert [found.lookup("a.txt", line).version_year for line in (None, 1, 2)] == [2023, 2023, 2022]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_spreadsheets_may_write_it_as_they_like(manifest, encoding):
    text = HEADER.replace(",", ";") + "järfälla/2023.pdf;;123;2023;;;\r\n"
    entry = manifest(text.encode(encoding)).lookup("järfälla/2023.pdf")
    assert entry.municipality_id == "0123"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("a.txt,,9999,,,,", "municipality_id"),
        ("a.txt,,Lund,,,,", "1281 is Lund's"),
        ("a.txt,,,1999,,,", "version_year"),
        ("a.txt,,,2099,,,", "version_year"),
        ("a.txt,0,,,,,", "line"),
        ("a.txt,x,,,,,", "line"),
        (",,1281,,,,", "path"),
        ("../a.txt,,1281,,,,", "path"),
        ("/etc/passwd,,1281,,,,", "path"),
        ("a.txt,,,,,31/1 2024,", "retrieved_on"),
        ("a.txt,,,,,,CC0,more", "cells"),
    ],
)
def test_a_bad_row_is_refused_by_its_line_and_the_good_ones_apply(manifest, row, words):
    found = manifest(HEADER + row + "\nb.txt,,1281,2023,,,\n")
    assert [(error.line, words in error.reason) for error in found.errors] == [(2, True)]
    assert found.lookup("b.txt").municipality_id == "1281"
    assert found.lookup("a.txt") is None


def test_of_two_rows_for_one_file_neither_applies(manifest):
    found = manifest(HEADER + "a.txt,,1281,,,,\na.txt,,1280,,,,\nb.txt,,1280,,,,\n")
    assert found.lookup("a.txt") is None
    assert "line 2" in found.errors[0].reason
    assert found.lookup("b.txt") is not None


@pytest.mark.parametrize("header", ["file,line\n", "path,path,line\n", "line,version_year\n"])
def test_a_wrong_header_is_told_once_and_no_row_applies(manifest, header):
    found = manifest(header + "a.txt,1,2\n")
    assert [error.line for error in found.errors] == [1]
    assert found.entries == {}


def test_blank_rows_comments_and_fewer_columns_do_no_harm(manifest):
    found = manifest("path,municipality_id\n\n# tio kommuner\na.txt,1281\n,\n")
    assert found.errors == ()
    assert found.lookup("a.txt").municipality_id == "1281"


def test_a_manifest_that_is_no_text_is_one_error(manifest):
    assert len(manifest(bytes(range(1, 9)) * 20).errors) == 1
