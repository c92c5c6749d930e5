"""raw/corrections.csv: every bad line is refused with its number and reason, and the good ones apply."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.corrections.current import load_codes
from orchestration.corrections.reading import read_corrections
from orchestration.settings import ROOT

CODES = load_codes(ROOT / "dbt_project" / "seeds" / "codes")
HEADER = "contract_version_id;kind;quote;nr;action;who;when;why;goal_type;target_form;status;value;target_year;initiative_type;name\n"
GOOD = "lund-2023;goal;Lund ska vara klimatneutralt 2030;;accept;Eva;2024-02-01;stämmer\n"


def read(text, encoding="utf-8"):
    return read_corrections(text.encode(encoding), CODES)


def refused(line):
    found = read(HEADER + line + "\n" + GOOD)
    assert [one.line for one in found.lines] == [3], "the good row applies"
    (refusal,) = found.refused
    assert refusal.line == 2
    return refusal.reason


def test_a_good_line_is_read_with_who_when_and_why():
    (line,) = read(HEADER + "lund-2023;mål;Lund ska\t vara neutralt;;ändra;Eva Ek;2024-02-01;fel år;;;;12,5;2030\n").lines
    assert (line.kind, line.action, line.who, str(line.when), line.why) == ("goal", "edit", "Eva Ek", "2024-02-01", "fel år")
    assert dict(line.values) == {"value": 12.5, "target_year": 2030}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("lund-2023;goal;q;;edit;Eva;2024-02-01;w;nonsense", "goal_type: a code"),
        ("lund-2023;goal;q;;guess;Eva;2024-02-01;w", "action: one of accept"),
        ("lund-2023;plan;q;;accept;Eva;2024-02-01;w", "kind: one of goal"),
        ("Lund 2023;goal;q;;accept;Eva;2024-02-01;w", "contract_version_id"),
        ("lund-2023;goal;q;;accept;Eva;1 februari;w", "when: a date"),
        ("lund-2023;goal;q;;accept;;2024-02-01;w", "who: nothing"),
        ("lund-2023;goal;q;;reject;Eva;2024-02-01;", "why: nothing"),
        ("lund-2023;goal;;;accept;Eva;2024-02-01;w", "quote: nothing"),
        ("lund-2023;goal;q;noll;accept;Eva;2024-02-01;w", "nr: a number"),
        ("lund-2023;goal;q;;edit;Eva;2024-02-01;w", "at least one attribute"),
        ("lund-2023;goal;q;;add;Eva;2024-02-01;w;climate_neutral", "needs target_form"),
        ("lund-2023;goal;q;;edit;Eva;2024-02-01;w;;;;;2030-talet", "target_year: a year"),
        ("lund-2023;goal;q;;edit;Eva;2024-02-01;w;;;;tolv", "value: a number"),
        ("lund-2023;goal;q;;edit;Eva;2024-02-01;w;;;-", "status: it can't be cleared"),
        ("lund-2023;goal;q;;edit;Eva;2024-02-01;w;;;;;;plan", "a goal has no such attribute"),
        ("lund-2023;goal;=cmd|' /C calc'!A0;;reject;Eva;2024-02-01;w", "formula"),
        ("lund-2023;goal;q;;reject;+Eva;2024-02-01;w", "formula"),
        ("lund-2023;goal;q;;reject;Eva;2024-02-01; @SUM(A1)", "formula"),
        ("lund-2023;goal;q;;accept;Eva;2024-02-01;w;;;;;;;;för;många", "cells were expected"),
    ],
)
def test_a_bad_line_is_refused_with_its_reason(line, words):
    assert words in refused(line)


def test_an_apostrophe_lets_a_text_begin_like_a_formula():
    (line,) = read(HEADER + "lund-2023;goal;'- halverade utsläpp;;accept;Eva;2024-02-01;w\n").lines
    assert line.quote == "- halverade utsläpp"


def test_a_dash_clears_a_number():
    (line,) = read(HEADER + "lund-2023;goal;q;;edit;Eva;2024-02-01;w;;;;-\n").lines
    assert line.values == (("value", None),)


@pytest.mark.parametrize("header", ["contract_version;kind;quote\n", "contract_version_id;kind;kind;quote\n", "kind;quote\n", "\x00\n"])
def test_a_wrong_header_refuses_the_file_and_says_what_was_expected(header):
    found = read(header + GOOD)
    assert not found.lines
    assert [refusal.line for refusal in found.refused] == [1]
    assert "contract_version_id, kind, quote" in found.refused[0].reason


def test_of_two_lines_for_one_fact_neither_applies():
    twin = "lund-2023;goal;Lund ska vara  klimatneutralt 2030;1;reject;Bo;2024-02-02;nej\n"
    found = read(HEADER + GOOD + twin)
    assert not found.lines
    assert [refusal.line for refusal in found.refused] == [2, 3]
    assert all("lines 2, 3 judge the same fact" in refusal.reason for refusal in found.refused)


def test_a_line_in_a_stray_encoding_is_refused_and_the_others_apply():
    other = "lund-2023;goal;Växthusgaserna ska minska;;accept;Åsa;2024-02-01;rätt\n"
    stray = "lund-2023;goal;Utsläppen ska minska;;accept;Eva;2024-02-01;w\n"
    data = (HEADER + other).encode() + stray.encode("cp1252") + GOOD.encode()
    found = read_corrections(data, CODES)
    assert [line.line for line in found.lines] == [2, 4]
    assert [(refusal.line, "UTF-8" in refusal.reason) for refusal in found.refused] == [(3, True)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_encodings_of_a_swedish_excel_are_read(encoding):
    (line,) = read(HEADER + "lund-2023;goal;Växthusgaserna ska minska;;accept;Åsa;2024-02-01;rätt\n", encoding).lines
    assert (line.quote, line.who) == ("Växthusgaserna ska minska", "Åsa")


def test_comments_and_blank_lines_and_open_lines_are_no_judgement():
    found = read("sep=;\n" + HEADER + "# kommun-år;slag\n\n;;;\nlund-2023;goal;q\n" + GOOD)
    assert (len(found.lines), found.open_lines, found.refused) == (1, 1, ())


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\n\n", b"sep=;\n", b'"', b"\x00\xff\xfe\xfa"])
def test_rubbish_is_no_error(data):
    assert not read_corrections(data, CODES).lines


def test_a_line_keeps_its_number_after_a_cell_with_line_breaks():
    found = read(HEADER + 'lund-2023;goal;"två\nrader";;accept;Eva;2024-02-01;w\n' + "lund-2023;goal;q;;bad;E;2024-02-01;w\n")
    assert [line.line for line in found.lines] == [2]
    assert [refusal.line for refusal in found.refused] == [4]


@given(st.binary(max_size=300), st.booleans())
def test_nothing_that_a_file_holds_is_an_error(data, has_header):
    found = read_corrections((HEADER.encode() if has_header else b"") + data, CODES)
    assert all(refusal.reason for refusal in found.refused)
