"""The published DuckDB file: a whole copy of the public tables, swapped in at once.

Here: copying, describing, swapping. Not here: which tables are public (catalogue), Parquet. A reader that holds the old
file keeps it until it reconnects; a reader never blocks the swap and never sees half a file.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration.publishing.catalogue import PUBLIC_SCHEMA, Table, literal, public_tables, quoted

STORAGE_VERSION = "v1.0.0"
"""The oldest storage format that holds everything published: readable by DuckDB clients from 1.0 on."""


@dataclass(frozen=True)
class Snapshot:
    """A published file: its tables with their row counts."""

    path: Path
    bytes: int
    tables: tuple[Table, ...]
    rows: dict[str, int]


def publish_snapshot(warehouse: Path, target: Path) -> Snapshot:
    """Copy the public tables of the warehouse to a new file and swap it in at `target`.

    Raises duckdb.Error or OSError (disk full, folder not writable) with the old file untouched.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(target.name + ".partial")
    partial.unlink(missing_ok=True)
    try:
        with duckdb.connect() as connection:
            connection.execute("set timezone = 'UTC'")
            connection.execute(f"attach {literal(str(warehouse))} as warehouse (read_only)")
            connection.execute(f"attach {literal(str(partial))} as published (storage_version '{STORAGE_VERSION}')")
            tables = public_tables(connection, "warehouse")
            connection.execute("begin")
            rows = {table.name: _copy(connection, table) for table in tables}
            connection.execute("commit")
            connection.execute("detach published")
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
        partial.with_name(partial.name + ".wal").unlink(missing_ok=True)
    return Snapshot(target, target.stat().st_size, tuple(tables), rows)


def _copy(connection: duckdb.DuckDBPyConnection, table: Table) -> int:
    """Create one published table in the order of its key, with its descriptions. Returns its number of rows."""
    name = f"published.{PUBLIC_SCHEMA}.{quoted(table.name)}"
    columns = [
        f"{quoted(column.name)} {column.type}{'' if column.is_nullable else ' not null'}" for column in table.columns
    ]
    if table.primary_key:
        columns.append(f"primary key ({', '.join(map(quoted, table.primary_key))})")
    connection.execute(f"create table {name} ({', '.join(columns)})")
    order = f" order by {', '.join(map(quoted, table.primary_key))}" if table.primary_key else " order by all"
    connection.execute(f"insert into {name} select * from warehouse.{PUBLIC_SCHEMA}.{quoted(table.name)}{order}")
    connection.execute(f"comment on table {name} is {literal(table.description)}")
    for column in table.columns:
        connection.execute(f"comment on column {name}.{quoted(column.name)} is {literal(column.description)}")
    counted = connection.execute(f"select count(*) from {name}").fetchone()
    return counted[0] if counted else 0
