"""docs/data_dictionary.md, from the published file alone: the same words as in its comments.

Here: the page. Not here: the descriptions (dbt's YAML), the codes (dbt's seeds).
"""

from collections.abc import Iterator

import duckdb

from orchestration.publishing.catalogue import PUBLIC_SCHEMA, Table, quoted
from orchestration.publishing.snapshot import Snapshot

_CODE_LIST = ("code", "label_sv", "label_en", "definition_en", "source_standard", "sort_order")
_GROUPS = (
    ("Reports, ready for a chart", ("rpt_",)),
    ("Facts and the links between them", ("fct_", "bridge_", "passage")),
    ("Dimensions and texts", ("dim_", "contract_text")),
    ("Quality, and the data about the data", ("",)),
)
_HEAD = """# Data dictionary

What every public table and column means. Made by `make docs` from the published file, whose comments hold the same
words: change them in dbt's YAML, not here. A test compares the two. A name in **bold** is part of the primary key;
a type followed by `?` may be NULL.
"""


def dictionary_page(snapshot: Snapshot) -> str:
    """The whole page as Markdown."""
    with duckdb.connect(str(snapshot.path), read_only=True) as connection:
        return "\n".join(_lines(connection, snapshot.tables)) + "\n"


def _lines(connection: duckdb.DuckDBPyConnection, tables: tuple[Table, ...]) -> Iterator[str]:
    yield _HEAD
    lists = [table for table in tables if tuple(column.name for column in table.columns) == _CODE_LIST]
    left = [table for table in tables if table not in lists]
    for title, prefixes in _GROUPS:
        group = [table for table in left if table.name.startswith(prefixes)]
        left = [table for table in left if table not in group]
        yield f"## {title}\n"
        for table in group:
            yield from _described(table)
    yield "## Code lists\n"
    yield "Every code list has the same columns:\n"
    yield from _columns(lists[0]) if lists else ()
    for table in lists:
        yield from _codes(connection, table)


def _described(table: Table) -> Iterator[str]:
    yield f"### {table.name}\n"
    yield f"{table.description}\n"
    yield from _columns(table)


def _columns(table: Table) -> Iterator[str]:
    yield "| column | type | meaning |"
    yield "|---|---|---|"
    for column in table.columns:
        name = f"**{column.name}**" if column.name in table.primary_key else column.name
        kind = column.type.lower() + ("" if table.is_required(column) else "?")
        yield f"| {name} | {kind} | {_in_cell(column.description)} |"
    yield ""


def _codes(connection: duckdb.DuckDBPyConnection, table: Table) -> Iterator[str]:
    yield f"### {table.name}\n"
    yield f"{table.description}\n"
    yield "| code | svenska | English | meaning |"
    yield "|---|---|---|---|"
    for row in connection.execute(
        "select code, label_sv, label_en, definition_en "
        f"from {PUBLIC_SCHEMA}.{quoted(table.name)} order by sort_order, code"
    ).fetchall():
        yield f"| {' | '.join(map(_in_cell, row))} |"
    yield ""


def _in_cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
