"""The real build as readers find it: described, stamped, documented, and open to old clients."""

import json
import re
import sqlite3

import duckdb
import pytest

from orchestration.publishing.cookbook import recipes
from orchestration.publishing.dictionary import dictionary_page
from orchestration.publishing.pages import DICTIONARY, WITH_ANSWERS
from orchestration.settings import ROOT

KEYLESS = {"load_log": "a line is NULL for a file that is one document"}


@pytest.fixture
def reader(published):
    with duckdb.connect(str(published.path), read_only=True) as connection:
        yield connection


def pages():
    return {name.name: (ROOT / name).read_text(encoding="utf-8") for name in WITH_ANSWERS}


def test_every_table_has_a_primary_key_that_holds(published, reader):
    assert {table.name for table in published.tables if not table.primary_key} == KEYLESS.keys()
    for table in published.tables:
        if table.primary_key:
            key = ", ".join(f'"{column}"' for column in table.primary_key)
            twice = reader.execute(f'select {key} from "{table.name}" group by all having count(*) > 1').fetchall()
            assert twice == [], table.name


def test_every_table_and_column_is_described_in_the_file_those_of_the_search_included(reader):
    assert (
        reader.execute(
            "select table_name, column_name from duckdb_columns() where not internal and coalesce(comment, '') = '' "
            "union all select table_name, null from duckdb_tables() where not internal and coalesce(comment, '') = ''"
        ).fetchall()
        == []
    )


def test_code_lists_have_both_languages(published, reader):
    lists = [
        table.name for table in published.tables if table.columns[0].name == "code" and table.name.startswith("dim_")
    ]
    assert len(lists) > 15
    for name in lists:
        assert (
            reader.execute(
                f"select code from {name} where trim(label_sv) = '' or trim(label_en) = '' or trim(definition_en) = ''"
            ).fetchall()
            == []
        ), name


def test_the_data_dictionary_in_docs_is_that_of_the_file(published):
    assert (ROOT / DICTIONARY).read_text(encoding="utf-8") == dictionary_page(published), "run `make docs`"


def test_the_cookbook_has_25_questions():
    found = recipes(pages()["cookbook.md"])
    assert len(found) == len({recipe.name for recipe in found}) == 25
    assert len(re.findall(r"^### \d+\. ", pages()["cookbook.md"], re.MULTILINE)) == 25


@pytest.mark.parametrize(
    ("page", "name"), [(page, recipe.name) for page, text in pages().items() for recipe in recipes(text)]
)
def test_a_query_in_the_docs_runs_and_answers_as_the_page_shows(reader, page, name):
    (recipe,) = [recipe for recipe in recipes(pages()[page]) if recipe.name == name]
    result = reader.execute(recipe.sql)
    assert [column[0] for column in result.description] == recipe.columns, "run `make docs`"
    if "No rows in this build." not in recipe.answer:  # the page shows the ten texts, of which these are part
        assert result.fetchall()


def test_every_copy_carries_the_same_stamp(refreshed, published):
    folder = refreshed.settings.published_dir
    build = published.stamp.build_id
    assert json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["build"]["build_id"] == build
    with sqlite3.connect(f"file:{folder / 'klimatlager.sqlite'}?mode=ro", uri=True) as reader:
        assert reader.execute("select build_id from dataset_version").fetchall() == [(build,)]
    for file in (folder / "parquet").iterdir():
        metadata = dict(duckdb.sql(f"select key, value from parquet_kv_metadata('{file}')").fetchall())
        assert metadata[b"build_id"].decode() == build
        assert metadata[b"extractor_version"].decode() == published.stamp.extractor_version
    assert build in (folder / "csv" / "dataset_version.csv").read_text(encoding="utf-8-sig")


def test_the_search_finds_passages_and_facts_of_the_real_texts(reader):
    kinds = {kind for (kind,) in reader.execute("select kind from search('klimatneutralt')").fetchall()}
    assert kinds == {"passage", "goal", "initiative"} | kinds
    assert reader.execute(
        "select count(*) from search('klimatneutralt') as s left join contract_text as t using (contract_version_id) "
        "where substr(raw_text, char_start + 1, char_end - char_start) is distinct from quote"
    ).fetchone() == (0,)


def test_published_files_name_no_folder_of_the_machine_and_no_secret(refreshed):
    home = str(refreshed.settings.data_dir).encode()
    for file in refreshed.settings.published_dir.rglob("*"):
        if file.is_file():
            assert home not in file.read_bytes(), file
