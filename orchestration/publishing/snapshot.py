"""The published DuckDB file: a whole copy of the public tables, swapped in at once.

Here: copying and describing. Not here: which tables are public (catalogue), the swap (files), the other formats. A
reader that holds the old file keeps it until it reconnects; a reader never blocks the swap and never sees half a file.
The copy holds no index, primary keys included: DuckDB writes them in a form that clients before 1.1 can't open. Keys
are checked where the tables are built, and told by data_dictionary.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import UTC
from pathlib import Path

import duckdb

from orchestration.publishing.catalogue import PUBLIC_SCHEMA, Table, literal, public_tables, quoted
from orchestration.publishing.derived import Derived, derived_tables
from orchestration.publishing.files import make_folder, swapped_in
from orchestration.publishing.search import build_search, load_fts
from orchestration.publishing.stamp import STORAGE_VERSION, Stamp


@dataclass(frozen=True)
class Snapshot:
    """A published file: its tables with their row counts, and the stamp of the build."""

    path: Path
    bytes: int
    tables: tuple[Table, ...]
    rows: dict[str, int]
    stamp: Stamp


def publish_snapshot(
    warehouse: Path,
    target: Path,
    stamped: Callable[[duckdb.DuckDBPyConnection, str], Stamp],
    fts_extension: str = "fts",
) -> Snapshot:
    """Copy the public tables of the warehouse to a new file and swap it in at `target`.

    `stamped` gives the stamp of an attached warehouse; `fts_extension` is the name or path of DuckDB's extension for
    full-text search, used where it is installed. Raises PublishingError (disk full, folder not writable) or
    duckdb.Error with the old file untouched.
    """
    make_folder(target.parent)
    with swapped_in(target) as partial, duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        connection.execute(f"set temp_directory = {literal(str(warehouse.with_name('publishing.tmp')))}")
        connection.execute(f"attach {literal(str(warehouse))} as warehouse (read_only)")
        connection.execute(f"attach {literal(str(partial))} as published (storage_version '{STORAGE_VERSION}')")
        tables = public_tables(connection, "warehouse")
        stamp = stamped(connection, "warehouse")
        with_fts = load_fts(connection, fts_extension)
        connection.execute("begin")
        rows = {table.name: _copy(connection, table) for table in tables}
        for derived in derived_tables(tables, rows, stamp):
            rows[derived.table.name] = _add(connection, derived)
            tables.append(derived.table)
        build_search(connection, "published", tables, with_fts=with_fts)
        connection.execute("commit")
        connection.execute("detach published")
    tables.sort(key=lambda table: table.name)
    return Snapshot(target, target.stat().st_size, tuple(tables), rows, stamp)


def read_snapshot(path: Path) -> Snapshot:
    """The snapshot that a published file holds. Raises FileNotFoundError before the first publication."""
    if not path.exists():
        raise FileNotFoundError(f"Nothing is published at {path} yet. Run `make refresh`.")
    with duckdb.connect(str(path), read_only=True) as connection:
        row = connection.execute("select current_catalog()").fetchone()
        database = row[0] if row else path.stem
        keys: dict[str, list[str]] = {}
        for table, column in connection.execute(
            "select table_name, column_name from data_dictionary where key_position is not null "
            "order by table_name, key_position"
        ).fetchall():
            keys.setdefault(table, []).append(column)
        tables = [
            replace(table, primary_key=tuple(keys.get(table.name, ()))) for table in public_tables(connection, database)
        ]
        rows = {table.name: _count(connection, table) for table in tables}
        names = [field.name for field in fields(Stamp)]
        values = connection.execute(f"select {', '.join(names)} from dataset_version").fetchone() or ()
        stamp = dict(zip(names, values, strict=True))
    stamp["built_at"] = stamp["built_at"].replace(tzinfo=UTC)
    return Snapshot(path, path.stat().st_size, tuple(tables), rows, Stamp(**stamp))


def _count(connection: duckdb.DuckDBPyConnection, table: Table) -> int:
    row = connection.execute(f"select count(*) from {PUBLIC_SCHEMA}.{quoted(table.name)}").fetchone()
    return int(row[0]) if row else 0


def _copy(connection: duckdb.DuckDBPyConnection, table: Table) -> int:
    """Create one published table in the order of its key, with its descriptions. Returns its number of rows."""
    name = _create(connection, table)
    order = ", ".join(map(quoted, table.primary_key)) or "all"
    source = f"warehouse.{PUBLIC_SCHEMA}.{quoted(table.name)}"
    inserted = connection.execute(f"insert into {name} select * from {source} order by {order}").fetchone()
    return int(inserted[0]) if inserted else 0


def _add(connection: duckdb.DuckDBPyConnection, derived: Derived) -> int:
    """Create one table of publishing's own. Returns its number of rows."""
    name = _create(connection, derived.table)
    # A list a column: one statement, where a statement a row would take as long as everything else.
    lists = ", ".join(f"unnest(cast(? as {column.type}[]))" for column in derived.table.columns)
    values = [list(column) for column in zip(*derived.rows, strict=True)]
    connection.execute(f"insert into {name} select {lists}", values)
    return len(derived.rows)


def _create(connection: duckdb.DuckDBPyConnection, table: Table) -> str:
    name = f"published.{PUBLIC_SCHEMA}.{quoted(table.name)}"
    columns = [
        f"{quoted(column.name)} {column.type}{' not null' if table.is_required(column) else ''}"
        for column in table.columns
    ]
    connection.execute(f"create table {name} ({', '.join(columns)})")
    connection.execute(f"comment on table {name} is {literal(table.description)}")
    for column in table.columns:
        connection.execute(f"comment on column {name}.{quoted(column.name)} is {literal(column.description)}")
    return name
