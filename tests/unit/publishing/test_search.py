import re
from pathlib import Path

import duckdb
import pytest
import snowballstemmer
from duckdb_extension_fts import __file__ as fts_package

from orchestration.settings import ROOT

FTS = Path(fts_package).parent / "extensions" / f"v{duckdb.__version__}" / "fts.duckdb_extension"


@pytest.fixture
def reader(snapshot):
    with duckdb.connect(str(snapshot.path), read_only=True) as connection:
        yield connection


def found(reader, words):
    return [key for (key,) in reader.execute("select row_id from search(?)", [words]).fetchall()]


def swedish_words() -> set[str]:
    """Every word of the texts that the project ships, and endings put on the shorter of them."""
    words: set[str] = set()
    for path in sorted((ROOT / "tests" / "gold").rglob("*.txt")) + sorted((ROOT / "raw").rglob("*.txt")):
        words |= set(re.findall("[a-zåäöé]+", path.read_text(encoding="utf-8").lower()))
    endings = (
        "s",
        "et",
        "ets",
        "heterna",
        "ande",
        "andets",
        "igt",
        "lig",
        "els",
        "fullt",
        "löst",
        "öst",
        "hetens",
        "at",
        "ast",
        "dd",
    )
    return words | {word + ending for word in sorted(words)[::7] for ending in endings}


def test_the_stemmer_in_sql_agrees_with_snowball_on_every_word_of_the_texts(reader):
    words = sorted(swedish_words())
    stems = reader.execute(
        "select search.stem(word) from (select unnest(?) as word, generate_subscripts(?, 1) as place) order by place",
        [words, words],
    ).fetchall()
    expected = snowballstemmer.stemmer("swedish").stemWords(words)
    assert len(words) > 10_000
    wrong = [
        (word, ours, theirs) for word, (ours,), theirs in zip(words, stems, expected, strict=True) if ours != theirs
    ]
    assert wrong == []


def test_a_word_is_found_in_any_inflection(reader):
    assert found(reader, "kommun buss") == ["p1"]
    assert found(reader, "BUSSARNA") == ["p1"]
    assert found(reader, "cykelbana") == ["p3"]


def test_a_word_is_found_as_part_of_a_compound_after_the_word_itself(reader, snapshot):
    assert found(reader, "budget") == ["p2"]


def test_texts_with_more_of_the_words_come_first(reader):
    assert found(reader, "utsläpp klimatbudget beslut") == ["p2", "p4"]


def test_a_search_for_nothing_or_for_stop_words_alone_finds_nothing(reader):
    assert found(reader, "") == []
    assert found(reader, "och på det") == []


def test_a_hit_tells_where_it_stands(reader):
    assert reader.execute(
        "select kind, contract_version_id, municipality_id, char_start, quote from search('cykelbanor')"
    ).fetchall() == [("passage", "umea-2023", "2480", 0, "Umeå bygger cykelbanor")]


def test_duckdbs_own_index_is_there_where_its_extension_is(publish):
    snapshot = publish(fts_extension=str(FTS))
    with duckdb.connect(str(snapshot.path), read_only=True) as reader:
        reader.execute(f"load '{FTS}'")
        assert reader.execute(
            "select row_id from search.searchable where fts_search_searchable.match_bm25(search_id, 'buss') is not null"
        ).fetchall() == [("p1",)]
        assert found(reader, "buss") == ["p1"]


def test_without_the_extension_no_trace_of_it_is_left(publish):
    snapshot = publish(fts_extension="no_such_extension")
    with duckdb.connect(str(snapshot.path), read_only=True) as reader:
        assert reader.execute("select count(*) from duckdb_schemas() where schema_name like 'fts%'").fetchone() == (0,)
