"""The file that a person fills in: as a Swedish Excel opens it, and back without a loss."""

from hypothesis import given
from hypothesis import strategies as st

from orchestration.corrections.current import load_codes
from orchestration.corrections.reading import Corrections, read_corrections
from orchestration.corrections.review import safe, write_review
from orchestration.settings import ROOT

CODES = load_codes(ROOT / "dbt_project" / "seeds" / "codes")
FACT = {"kind": "goal", "contract_version_id": "lund-2023", "quote": "- ska\n minska", "nr": None, "confidence": 0.5,
        "goal_type": "climate_neutral", "target_form": "end_state", "value": 12.5, "target_year": 2030}  # fmt: skip


def test_it_opens_in_a_swedish_excel():
    data = write_review(Corrections(), [FACT])
    assert data.startswith(b"\xef\xbb\xbfcontract_version_id;kind;quote;nr;action;")
    text = data.decode("utf-8-sig")
    assert "# kommun-år" in text
    assert "# municipality-year" in text
    assert ";12,5;" in text
    assert ";'- ska minska;" in text


def test_undecided_lines_change_nothing_until_they_are_judged():
    data = write_review(Corrections(), [FACT])
    found = read_corrections(data, CODES)
    assert (found.lines, found.refused, found.open_lines) == ((), (), 1)
    judged = data.decode("utf-8-sig").replace("'- ska minska;;;;;", "'- ska minska;;edit;Eva;2024-02-01;rätt")
    (line,) = read_corrections(judged.replace("rätt;0,5", "rätt;0,5").encode(), CODES).lines or (None,)
    assert (line.quote, line.action) == ("- ska minska", "edit")
    assert dict(line.values)["value"] == 12.5


def test_lines_that_are_there_stay_and_their_facts_are_not_asked_again():
    first = write_review(Corrections(), [FACT])
    again = write_review(read_corrections(first, CODES), [FACT, FACT | {"quote": "ny"}])
    assert read_corrections(again, CODES).open_lines == 2


def test_a_refused_formula_is_written_back_harmless():
    header = "contract_version_id;kind;quote;action;who;when;why\n"
    bad = read_corrections(f"{header}lund-2023;goal;=cmd|' /C calc'!A0;reject;E;2024-02-01;w\n".encode(), CODES)
    assert ";'=cmd" in write_review(bad, []).decode("utf-8-sig")


@given(st.text(alphabet="=+-@ab\t 'åä;\"", max_size=12))
def test_no_cell_is_a_formula_and_its_text_comes_back(cell):
    written = safe(cell)
    assert written.strip() == "-" or not written.lstrip().startswith(("=", "+", "-", "@"))
    assert written.removeprefix("'") == cell or written == cell
