"""Full-text search inside the published DuckDB file: `from search('elbussar')`, in any client, without an extension.

Here: the index over passages and quotes, and DuckDB's own fts index where that extension is installed. Not here: the
stemmer and the search itself, which are SQL macros in the file (stem.sql, search.sql).
"""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from orchestration.publishing.catalogue import PUBLIC_SCHEMA, Table, literal, quoted

_FOLDER = Path(__file__).parent
_STEM_MACROS = (_FOLDER / "stem.sql").read_text(encoding="utf-8")
_SEARCH_MACRO = (_FOLDER / "search.sql").read_text(encoding="utf-8")
_STOPWORDS = (_FOLDER / "stopwords_sv.txt").read_text(encoding="utf-8").split()
_SOURCES = (
    ("passage", "passage", "passage_id"),
    ("goal", "fct_goal", "goal_version_id"),
    ("outcome", "fct_outcome", "outcome_id"),
    ("initiative", "fct_initiative", "initiative_version_id"),
)
_PLACE = ("contract_version_id", "municipality_id", "section", "char_start", "char_end", "quote")

_COMMENTS = {
    "searchable": (
        "One row per text that full-text search finds: a passage, or the quote of a goal, outcome or initiative.",
        {
            "search_id": "Number of the text in this copy.",
            "kind": "What it is: passage, goal, outcome or initiative.",
            "row_id": "Key in passage, fct_goal, fct_outcome or fct_initiative.",
            "contract_version_id": "Key of the contract version.",
            "municipality_id": "SCB's municipality code, four digits as text.",
            "section": "Canonical section; code in dim_section.",
            "char_start": "First character of the quote, counted from 0 in raw_text.",
            "char_end": "The character after the quote's last, counted from 0 in raw_text.",
            "quote": "The words.",
        },
    ),
    "known_stem": (
        "One row per stem of a Swedish word that stands in a text.",
        {"stem_id": "Number of the stem in this copy.", "stem": "The stem.", "texts": "Number of texts that have it."},
    ),
    "posting": (
        "One row per stem and text in which it stands.",
        {
            "stem_id": "Number of the stem in search.known_stem.",
            "search_id": "Number of the text in search.searchable.",
        },
    ),
}


def load_fts(connection: duckdb.DuckDBPyConnection, extension: str = "fts") -> bool:
    """Load DuckDB's fts extension, by name or path, if it is installed; nothing is downloaded."""
    try:
        connection.execute("set autoinstall_known_extensions = false")
        connection.execute(f"load {literal(extension)}")
    except duckdb.Error:  # not installed here: the macros do without
        return False
    return True


def build_search(
    connection: duckdb.DuckDBPyConnection, database: str, tables: Sequence[Table], *, with_fts: bool
) -> None:
    """Make schema `search` and the macro `search` in an attached database, from its own tables.

    Nothing is made where the database has neither passages nor facts. `with_fts` (the extension is loaded) makes its
    index on search.searchable as well, for clients that have the extension too.
    """
    names = {table.name for table in tables}
    sources = [
        f"select {literal(kind)} as kind, {quoted(key)} as row_id, {', '.join(_PLACE)} from {PUBLIC_SCHEMA}.{table}"
        for kind, table, key in _SOURCES
        if table in names
    ]
    if not sources:
        return
    row = connection.execute("select current_catalog()").fetchone()
    before = row[0] if row else "memory"
    connection.execute(f"use {quoted(database)}")
    connection.execute(_STEM_MACROS)
    _fill(connection, sources)
    connection.execute(_SEARCH_MACRO)
    _describe(connection)
    if with_fts:
        connection.execute(
            "pragma create_fts_index('search.searchable', 'search_id', 'quote', stemmer = 'swedish', "
            "stopwords = 'none', ignore = '[^0-9a-zà-öø-ÿ]+', strip_accents = 0)"
        )
    connection.execute(f"use {quoted(before)}")


def _fill(connection: duckdb.DuckDBPyConnection, sources: Sequence[str]) -> None:
    texts = " union all ".join(sources)
    connection.execute(
        "create table search.searchable as "
        f"select (row_number() over (order by kind = 'passage', kind, row_id))::integer as search_id, * from ({texts}) "
        "order by search_id"
    )
    connection.execute(
        "create temp table word as "
        "select distinct search_id, unnest(search.words(quote)) as word from search.searchable"
    )
    connection.execute("delete from temp.word where word in (select unnest(?))", [_STOPWORDS])
    # Step by step rather than with search.stem: each step is worked out once a word.
    connection.execute(
        "create temp table stemmed as "
        "with one as (select distinct word, search.kept(word) as kept from temp.word), "
        "two as (select word, kept, search.without_main_suffix(word, kept) as stem from one), "
        "three as (select word, kept, search.without_pair(stem, kept) as stem from two) "
        "select word, search.without_other_suffix(stem, kept) as stem from three"
    )
    connection.execute(
        "create table search.known_stem as "
        "select (row_number() over (order by stem))::integer as stem_id, stem, "
        "count(distinct search_id)::integer as texts "
        "from temp.word inner join temp.stemmed using (word) group by stem order by stem"
    )
    connection.execute(
        "create table search.posting as select distinct stem_id, search_id "
        "from temp.word inner join temp.stemmed using (word) inner join search.known_stem using (stem) "
        "order by stem_id, search_id"
    )
    connection.execute("drop table temp.word; drop table temp.stemmed")


def _describe(connection: duckdb.DuckDBPyConnection) -> None:
    for table, (description, columns) in _COMMENTS.items():
        connection.execute(f"comment on table search.{table} is {literal(description)}")
        for column, text in columns.items():
            connection.execute(f"comment on column search.{table}.{column} is {literal(text)}")
