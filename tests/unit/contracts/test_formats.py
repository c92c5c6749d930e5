"""The same contract reads the same in every format: sentences, sections, pages, notes apart."""

import pytest

from orchestration.contracts.document import divide
from orchestration.contracts.layout import lay_out
from orchestration.contracts.reading import SourceText, read
from orchestration.contracts.source import hints_of, source_from_hints
from orchestration.extraction.extract import extract
from tests.documents.contract import READABLE, Contract, Piece, agreement, contract_of, gold_text
from tests.documents.docx import set_docx
from tests.documents.markup import set_html, set_markdown
from tests.documents.pdf import Style, set_pdf
from tests.unit.contracts.test_identity import REGISTER

TABLE = (
    ("Mål", "Målår", "Nivå"),
    ("Klimatneutral kommun som geografiskt område", "2030", "Nettonoll"),
    ("Fossilbränslefri organisation", "2025", "Alla fordon"),
)
STYLES = {
    "one column": Style(),
    "two columns": Style(columns=2, is_heading_large=False),
    "justified": Style(is_justified=True),
    "bold headings": Style(is_heading_large=False, paragraph_gap=0.3),
    "indented": Style(indent=18, paragraph_gap=0),
    "no gaps": Style(paragraph_gap=0),
}


def text_of(data: bytes, name: str) -> SourceText:
    return read(data, name).texts[0]


def paragraphs(*texts: str) -> Contract:
    return Contract((), tuple(Piece("paragraph", text) for text in texts))


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", READABLE)
def test_a_pdf_says_what_the_plain_text_says(name, style):
    raw = gold_text(name)
    data = set_pdf(contract_of(raw, every_note=4), STYLES[style])
    assert agreement(text_of(data, "a.pdf"), raw) >= 0.95


@pytest.mark.parametrize("name", READABLE)
def test_docx_html_and_markdown_say_what_the_plain_text_says(name):
    raw = gold_text(name)
    contract = contract_of(raw, every_note=4)
    assert agreement(text_of(set_docx(contract), "a.docx"), raw) >= 0.98
    assert agreement(text_of(set_html(contract).encode(), "a.html"), raw) >= 0.98
    assert agreement(text_of(set_markdown(contract).encode(), "a.md"), raw) >= 0.98


def facts_of(source: str | SourceText, municipality: str) -> set[tuple[str, ...]]:
    facts = extract(divide(source), REGISTER.named(municipality))
    return (
        {("goal", goal.goal_type, str(goal.value), str(goal.target_year)) for goal in facts.goals}
        | {("outcome", outcome.outcome_type, str(outcome.value), str(outcome.year)) for outcome in facts.outcomes}
        | {("initiative", one.initiative_type, one.name, one.status) for one in facts.initiatives}
    )


def facts_agreement(found: SourceText, raw: str, municipality: str) -> float:
    expected, got = facts_of(raw, municipality), facts_of(found, municipality)
    return 2 * len(expected & got) / (len(expected) + len(got)) if expected or got else 1.0


@pytest.mark.parametrize("name", READABLE)
def test_the_facts_of_every_format_are_those_of_the_plain_text(name):
    raw, municipality = gold_text(name), name.rsplit("-", 1)[0]
    contract = contract_of(raw, every_note=4)
    assert facts_agreement(text_of(set_docx(contract), "a.docx"), raw, municipality) >= 0.98
    assert facts_agreement(text_of(set_html(contract).encode(), "a.html"), raw, municipality) >= 0.98
    assert facts_agreement(text_of(set_markdown(contract).encode(), "a.md"), raw, municipality) >= 0.98
    assert facts_agreement(text_of(set_pdf(contract), "a.pdf"), raw, municipality) >= 0.95


def test_running_headers_footers_and_page_numbers_are_gone():
    source = text_of(set_pdf(contract_of(gold_text("halmstad-2023")), Style(header="Klimatkontrakt Halmstad")), "a.pdf")
    assert "Klimatkontrakt Halmstad" not in source.raw
    assert "(30)" not in source.raw


def test_the_table_of_contents_is_no_text_of_the_contract():
    source = text_of(set_pdf(contract_of(gold_text("halmstad-2023"))), "a.pdf")
    texts = [sentence.text for sentence in divide(source).sentences]
    assert texts.count("3.2. Strategi") == 1
    assert not any("....." in text for text in texts)


def test_a_sentence_knows_the_page_on_which_it_begins():
    filler = "Kommunen arbetar vidare med klimatet i alla sina verksamheter. " * 60
    source = text_of(set_pdf(paragraphs(filler, "Sist av allt kommer detta."), Style(has_cover=False)), "a.pdf")
    sentences = divide(source).sentences
    assert sentences[0].page == 1
    assert sentences[-1].page == len(source.pages) > 1
    assert [sentence.page for sentence in sentences] == sorted(sentence.page or 0 for sentence in sentences)


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.html", "a.md", "a.txt"])
def test_what_is_kept_of_a_text_gives_the_same_sentences_on_the_same_pages(name):
    raw = gold_text("halmstad-2023")
    contract = contract_of(raw, every_note=2)
    data = {
        "a.pdf": set_pdf(contract),
        "a.docx": set_docx(contract),
        "a.html": set_html(contract).encode(),
        "a.md": b"Lund ska bli **klimatneutralt** [senast 2030](https://lund.se)[^1].\n",
        "a.txt": raw.encode(),
    }[name]
    source = text_of(data, name)
    assert divide(source_from_hints(source.raw, hints_of(source))).sentences == divide(source).sentences


def test_a_footnote_of_a_pdf_has_a_page():
    source = text_of(set_pdf(contract_of(gold_text("halmstad-2023"), every_note=2)), "a.pdf")
    notes = [sentence for sentence in divide(source).sentences if sentence.kind == "footnote"]
    assert notes
    assert all(note.page for note in notes)


def test_a_sentence_across_a_page_break_is_one_sentence():
    filler = "Kommunen arbetar vidare med klimatet i alla sina verksamheter under hela året. " * 70
    source = text_of(set_pdf(paragraphs(filler.strip()), Style(has_cover=False)), "a.pdf")
    assert {sentence.text for sentence in divide(source).sentences} == {filler.split(".")[0] + "."}


def test_note_numbers_are_no_part_of_years_and_words():
    contract = Contract(
        (),
        (
            Piece("paragraph", "Kommunen ska vara klimatneutral 2040", note="Beslut i maj 2022."),
            Piece(
                "paragraph",
                "Lunds kommun har en plan för allt det som ska göras under de år som kommer och för det hela",
                note="Planen antogs.",
            ),
        ),
    )
    for data, name in (
        (set_pdf(contract, Style(has_cover=False)), "a.pdf"),
        (set_docx(contract), "a.docx"),
        (set_html(contract).encode(), "a.html"),
        (set_markdown(contract).encode(), "a.md"),
    ):
        sentences = divide(text_of(data, name)).sentences
        said = [sentence.text for sentence in sentences if sentence.kind != "footnote"]
        assert said == [piece.text for piece in contract.pieces], name
        notes = " ".join(sentence.text for sentence in sentences if sentence.kind == "footnote")
        assert "Beslut i maj 2022." in notes
        assert "Planen antogs." in notes


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.html", "a.md"])
def test_a_footnote_gives_no_facts_and_parts_none(name):
    note = (
        "Utsläppen i kommunen ska minska med 80 procent till 2035 enligt klimatplanen, som antogs av fullmäktige 2021."
    )
    said = ("Lunds kommun ska bli klimatneutral som geografiskt område till 2030.", "Kommunen har två mål. " * 9)
    pieces = (Piece("heading", "3.1. Kommunens klimatmål", 2), *(Piece("paragraph", text.strip()) for text in said))
    noted = (*pieces[:-1], Piece("paragraph", said[-1].strip(), note=note))

    def data(parts: tuple[Piece, ...]) -> bytes:
        contract = Contract((), parts)
        return {
            "a.pdf": set_pdf(contract, Style(has_cover=False)),
            "a.docx": set_docx(contract),
            "a.html": set_html(contract).encode(),
            "a.md": set_markdown(contract).encode(),
        }[name]

    source = text_of(data(noted), name)
    assert [sentence.kind for sentence in divide(source).sentences].count("footnote") == 1
    assert facts_of(source, "lund") == facts_of(text_of(data(pieces), name), "lund") != set()


def test_a_footnote_keeps_the_section_it_hangs_in():
    contract = Contract(
        (),
        (
            Piece("heading", "3.1. Kommunens klimatmål", 2),
            Piece("paragraph", "Målet är 2030.", note="Beslut i maj."),
            Piece("heading", "3.2. Strategi", 2),
            Piece("paragraph", "Vi har en plan."),
        ),
    )
    for data, name in ((set_docx(contract), "a.docx"), (set_html(contract).encode(), "a.html")):
        notes = [sentence for sentence in divide(text_of(data, name)).sentences if sentence.kind == "footnote"]
        assert [note.section for note in notes] == ["climate_goals"], name


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.html", "a.md"])
def test_tables_are_read_cell_by_cell(name):
    contract = paragraphs("Lunds kommun har satt upp sina mål för klimatet i tabellen nedan.")
    data = {
        "a.pdf": set_pdf(contract, Style(has_cover=False, tables=(TABLE,))),
        "a.docx": set_docx(contract, table=TABLE),
        "a.html": set_html(contract, table=TABLE).encode(),
        "a.md": set_markdown(contract, table=TABLE).encode(),
    }[name]
    cells = [sentence.text for sentence in divide(text_of(data, name)).sentences if sentence.kind == "table"]
    assert cells == [cell for row in TABLE for cell in row]


WIDE = (
    ("Insats", "Ansvarig nämnd", "Klart", "Status"),
    ("Utbyggnad av laddplatser vid kommunens egna fastigheter och badhus", "Tekniska nämnden", "2026", "Pågår"),
    ("Energieffektivisering av skolor", "Fastighetsnämnden och kommunens bostadsbolag", "2027", "Planerad"),
    ("Klimatbudget", "Kommunstyrelsen", "2025", "Beslutad"),
)
SHORT = (
    ("Sektor", "2019", "2022"), ("Transporter", "120,5", "98,1"), ("El och fjärrvärme", "45,2", "31,0"),
    ("Jordbruk", "33,9", "33,1"), ("Avfall", "4,4", "3,9"),
)  # fmt: skip
PAIRS = (("Period", "Budget"), ("2023–2026", "1 450 kton"), ("2027–2030", "610 kton"), ("2031–2040", "240 kton"))


@pytest.mark.parametrize(
    ("table", "gap", "right"),
    [
        (TABLE, 6, ()), (WIDE, 6, ()), (WIDE, 4, (2,)), (SHORT, 6, (1, 2)), (SHORT, 0, (1, 2)), (SHORT, 0, ()),
        (PAIRS, 0, ()), (PAIRS, 8, (1,)),
    ],
)  # fmt: skip
def test_tables_without_lines_are_read_cell_by_cell(table, gap, right):
    said = (
        "Lunds kommun har satt upp sina mål för klimatet i tabellen nedan, och följer dem varje år i sin redovisning."
    )
    style = Style(has_cover=False, tables=(table,), is_ruled=False, row_gap=gap, right_aligned=right)
    sentences = divide(text_of(set_pdf(paragraphs(*[said] * 6), style), "a.pdf")).sentences
    assert [sentence.text for sentence in sentences if sentence.kind == "table"] == [
        cell for row in table for cell in row
    ]
    assert [sentence.text for sentence in sentences if sentence.kind != "table"] == [said] * 6


@pytest.mark.parametrize("columns", [2, 3])
@pytest.mark.parametrize("is_justified", [False, True])
@pytest.mark.parametrize("name", READABLE)
def test_columns_of_prose_are_no_table(name, is_justified, columns):
    style = Style(columns=columns, is_justified=is_justified, is_heading_large=False, margin=50)
    source = text_of(set_pdf(contract_of(gold_text(name)), style), "a.pdf")
    assert [sentence.text for sentence in divide(source).sentences if sentence.kind == "table"] == []


def test_columns_are_read_one_after_the_other():
    left = "Vänster spalt handlar om energi och om hur kommunen sparar den i sina hus. " * 30
    right = "Höger spalt handlar om resor och om hur invånarna cyklar till sina arbeten. " * 30
    source = text_of(set_pdf(paragraphs(left.strip(), right.strip()), Style(columns=2, has_cover=False)), "a.pdf")
    found = {sentence.text for sentence in divide(source).sentences}
    assert found == {left.split(".")[0] + ".", right.split(".")[0] + "."}


@pytest.mark.parametrize(
    ("title", "section"),
    [
        ("3.5 Klimatinvesteringsplan/climate city deficit", "investment_plan"),
        ("2.4 Climate city deficit och finansiering", "investment_plan"),
        ("3.7. Regionalt innovationscentrum", "innovation_hub"),
        ("1.7 Innovationsnav", "innovation_hub"),
        ("5.1 Kommunens klimatmål", "climate_goals"),
        ("Viktigaste uppdateringar för staden", "updates_municipality"),
        ("Bilaga 2: Länkar", "appendix"),
    ],
)
def test_sections_are_known_by_their_titles_in_every_format(title, section):
    contract = Contract(
        (),
        (
            Piece("heading", "2. Parter", 1),
            Piece("paragraph", "Kommunen och staten är parter."),
            Piece("heading", title, 1),
            Piece("paragraph", "Arbetet går vidare som planerat."),
        ),
    )
    files = (
        ("a.docx", set_docx(contract)),
        ("a.html", set_html(contract).encode()),
        ("a.md", set_markdown(contract).encode()),
        ("a.pdf", set_pdf(contract, Style(has_cover=False))),
    )
    for name, data in files:
        assert [code for _, code in lay_out(text_of(data, name)).headings] == ["parties", section], name


def test_form_feeds_of_a_text_file_begin_pages():
    source = text_of("Lunds kommun bygger.\n\fMalmö river.\n".encode(), "a.txt")
    assert [sentence.page for sentence in divide(source).sentences] == [1, 2]


def test_markdown_marks_are_left_out_of_the_clean_text_and_kept_in_the_raw():
    source = text_of(b"Lund ska bli **klimatneutralt** [senast 2030](https://lund.se)[^1].\n", "a.md")
    document = divide(source)
    assert document.clean.text == "Lund ska bli klimatneutralt senast 2030."
    start, end = document.clean.raw_span(*document.sentences[0].span)
    assert source.raw[start:end] == source.raw.strip()


def test_menus_and_footers_of_a_web_page_are_no_text_of_the_contract():
    raw = text_of(set_html(paragraphs("Lunds kommun bygger.")).encode(), "a.html").raw
    assert raw == "Lunds kommun bygger."
