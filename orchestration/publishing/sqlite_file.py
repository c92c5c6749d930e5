"""klimatlager.sqlite: the public tables in one file for tools that know nothing else, from the published DuckDB file.

Here: the SQLite file. Times are ISO texts in UTC, truth values 0 and 1, lists JSON. What tables and columns mean stands
in the table data_dictionary and, for whoever looks at the schema, as comments in it.
"""

import sqlite3
from pathlib import Path

import duckdb

from orchestration.publishing.catalogue import PUBLIC_SCHEMA, Column, Table, quoted
from orchestration.publishing.files import swapped_in
from orchestration.publishing.snapshot import Snapshot

APPLICATION_ID = 0x4B4C4D4C
"""Marks the file as Klimatlager's ("KLML")."""

_TYPES = {"INTEGER": "INTEGER", "BIGINT": "INTEGER", "BOOLEAN": "INTEGER", "DOUBLE": "REAL"}
_BATCH = 20_000


def publish_sqlite(snapshot: Snapshot, target: Path) -> Path:
    """Write every public table to one SQLite file, with primary keys and an index a foreign key; swap it in."""
    with swapped_in(target) as partial, duckdb.connect(str(snapshot.path), read_only=True) as source:
        source.execute("set timezone = 'UTC'")
        sink = sqlite3.connect(partial)
        try:
            sink.executescript(
                f"pragma journal_mode = off; pragma synchronous = off; pragma application_id = {APPLICATION_ID};"
            )
            for table in snapshot.tables:
                _copy(source, sink, table)
            sink.commit()
        except sqlite3.Error as error:
            raise OSError(None, f"{error}") from error
        finally:
            sink.close()
    return target


def _copy(source: duckdb.DuckDBPyConnection, sink: sqlite3.Connection, table: Table) -> None:
    sink.execute(_create(table))
    cells = ", ".join(map(_cell, table.columns))
    rows = source.execute(f"select {cells} from {PUBLIC_SCHEMA}.{quoted(table.name)}")
    places = ", ".join("?" * len(table.columns))
    while batch := rows.fetchmany(_BATCH):
        sink.executemany(f"insert into {quoted(table.name)} values ({places})", batch)
    for column in foreign_keys(table):
        sink.execute(f"create index {quoted(f'{table.name}_{column}')} on {quoted(table.name)} ({quoted(column)})")


def foreign_keys(table: Table) -> list[str]:
    """The columns that other tables are joined on, the leading column of the primary key apart."""
    return [
        column.name
        for column in table.columns
        if column.type == "VARCHAR" and column.name.endswith("_id") and column.name not in table.primary_key[:1]
    ]


def _create(table: Table) -> str:
    lines = [
        f"  {quoted(column.name)} {_TYPES.get(column.type, 'TEXT')}{' NOT NULL' if table.is_required(column) else ''}"
        for column in table.columns
    ]
    comments = [column.description for column in table.columns]
    if table.primary_key:
        lines.append(f"  PRIMARY KEY ({', '.join(map(quoted, table.primary_key))})")
        comments.append("")
    ends = [","] * (len(lines) - 1) + [""]
    body = "\n".join(f"{line}{end}{_comment(text)}" for line, end, text in zip(lines, ends, comments, strict=True))
    return f"create table {quoted(table.name)} ({_comment(table.description)}\n{body}\n)"


def _comment(text: str) -> str:
    return f" -- {' '.join(text.split())}" if text else ""


def _cell(column: Column) -> str:
    name = quoted(column.name)
    if column.type.startswith("TIMESTAMP"):
        return f"strftime({name}, '%Y-%m-%d %H:%M:%S')"
    if column.type == "DATE":
        return f"cast({name} as varchar)"
    if column.type == "BOOLEAN":
        return f"cast({name} as integer)"
    if column.type in ("VARCHAR", "INTEGER", "BIGINT", "DOUBLE"):
        return name
    return f"cast(to_json({name}) as varchar)"
