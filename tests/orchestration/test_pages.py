"""A quote can be cited by page: what the published file says is what a PDF reader shows on that page."""

import re

import duckdb
import pypdfium2
import pytest

CITED = {
    "fct_goal": ("quote", "page"),
    "fct_outcome": ("quote", "page"),
    "fct_initiative": ("quote", "page"),
    "bridge_initiative_actor": ("quote", "page"),
    "fct_evidence": ("quote", "page"),
    "passage": ("quote", "page"),
    "rpt_goal": ("quote", "page"),
    "rpt_initiative": ("quote", "page"),
    "rpt_goal_history": ("quote", "page"),
}


@pytest.fixture(scope="module")
def published(refreshed):
    with duckdb.connect(str(refreshed.settings.published_file), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def pages(refreshed):
    """The words of each page of the one PDF, as PDFium reads them."""
    document = pypdfium2.PdfDocument(refreshed.settings.raw_dir / "halmstad" / "2024.pdf")
    return [page.get_textpage().get_text_bounded() for page in document]


def letters(text: str) -> str:
    """Letters alone: columns, line ends, hyphens and note numbers differ between readers."""
    return re.sub(r"[^a-zåäö]", "", text.casefold())


def is_on(quote: str, page: str) -> bool:
    return letters(quote)[:12] in letters(page)


@pytest.mark.parametrize("table", CITED)
def test_the_words_stand_on_the_page_that_is_cited(published, pages, table):
    quote, page = CITED[table]
    rows = published.execute(
        f"select {quote}, {page} from {table} where contract_version_id = 'halmstad-2024'"
    ).fetchall()
    assert len({page for _, page in rows}) > 1
    assert [row for row in rows if row[1] is None or not is_on(row[0], pages[row[1] - 1])] == []


@pytest.mark.parametrize("table", CITED)
def test_texts_without_pages_give_none(published, table):
    page = CITED[table][1]
    found = published.execute(
        f"select count(*), count({page}) from {table} where contract_version_id = 'karlskrona-2022'"
    ).fetchone()
    assert found is not None
    assert found[0] > 0
    assert found[1] == 0


def test_a_change_cites_the_page_of_the_side_that_has_pages(published, pages):
    rows = published.execute(
        "select quote_to, page_to, page_from from rpt_change "
        "where to_contract_version_id = 'halmstad-2024' and quote_to is not null"
    ).fetchall()
    assert rows
    assert [row for row in rows if row[1] is None or not is_on(row[0], pages[row[1] - 1])] == []
    assert {row[2] for row in rows} == {None}, "2023 is plain text"
