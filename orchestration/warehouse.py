"""The working warehouse file: who may write it, and how frames get into it.

Here: the lock, the connection, the raw tables, and replacing rows. Not here: what the rows mean, and dbt. One process
writes at a time; readers of the data never open this file, they open the published one.
"""

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pandas as pd
from filelock import FileLock, Timeout

_RAW_SCHEMA = (Path(__file__).parent / "raw_schema.sql").read_text(encoding="utf-8")
_SCHEMA_VERSION = hashlib.sha256(_RAW_SCHEMA.encode()).hexdigest()[:12]


class WarehouseLockedError(RuntimeError):
    """Another process writes the warehouse and did not finish in time."""


class Warehouse:
    """The working file `path`, guarded by a lock file beside it. The lock is reentrant within one process."""

    def __init__(self, path: Path, lock_timeout_seconds: float) -> None:
        self.path = path
        self._timeout = lock_timeout_seconds
        self._lock = FileLock(path.with_suffix(".lock"), is_singleton=True, thread_local=False)
        self._holder = path.with_suffix(".lock.holder")

    @contextmanager
    def locked(self, purpose: str) -> Iterator[None]:
        """Hold the write lock. Raises WarehouseLockedError, naming the holder, when the wait is over."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.acquire(timeout=self._timeout, poll_interval=0.1)
        except Timeout:
            raise WarehouseLockedError(
                f"The warehouse {self.path} is being written by {self._describe_holder()}, and it did not finish "
                f"within {self._timeout:g} seconds. Wait for it, or end that process, and run this again."
            ) from None
        try:
            if self._lock.lock_counter == 1:
                holder = {
                    "pid": os.getpid(),
                    "purpose": purpose,
                    "since": datetime.now(UTC).isoformat(timespec="seconds"),
                }
                self._holder.write_text(json.dumps(holder), encoding="utf-8")
            yield
        finally:
            self._lock.release()

    def _describe_holder(self) -> str:
        try:
            holder = json.loads(self._holder.read_text(encoding="utf-8"))
            return f"process {holder['pid']} ({holder['purpose']}, since {holder['since']})"
        except (OSError, ValueError, KeyError):
            return "another process"

    @contextmanager
    def write(self, purpose: str) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection in one transaction: committed at the end, rolled back on an exception. Times are UTC."""
        with self.locked(purpose):
            connection = duckdb.connect(str(self.path))
            try:
                _prepare(connection)
                connection.execute("begin")
                yield connection
                connection.execute("commit")
                connection.execute("checkpoint")
            finally:
                connection.close()

    @contextmanager
    def read(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A read-only connection for the pipeline's own stages. Raises FileNotFoundError before the first refresh."""
        if not self.path.exists():
            raise FileNotFoundError(f"There is no warehouse at {self.path} yet. Run `make refresh` first.")
        with self.locked("reading"):
            connection = duckdb.connect(str(self.path), read_only=True)
            try:
                connection.execute("set timezone = 'UTC'")
                yield connection
            finally:
                connection.close()

    def columns(self) -> dict[str, dict[str, str]]:
        """Types of the columns of each table and view, by "schema.table" and name, in order."""
        found: dict[str, dict[str, str]] = {}
        with self.read() as connection:
            for place, column, kind in connection.execute(
                "select schema_name || '.' || table_name, column_name, data_type from duckdb_columns() "
                "where not internal and database_name = current_database() order by 1, column_index"
            ).fetchall():
                found.setdefault(place, {})[column] = kind
        return found

    def row_counts(self, schema: str) -> dict[str, int]:
        """Rows of each table of a schema."""
        with self.read() as connection:
            tables = connection.execute(
                "select table_name from duckdb_tables() where schema_name = ? order by 1", [schema]
            ).fetchall()
            counts = {}
            for (table,) in tables:
                row = connection.execute(f'select count(*) from {schema}."{table}"').fetchone()
                counts[table] = int(row[0]) if row else 0
            return counts


def _prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the raw tables. Tables of an older shape are dropped: they are rebuilt from the archive."""
    connection.execute("set timezone = 'UTC'")
    connection.execute("create schema if not exists meta")
    connection.execute("create table if not exists meta.raw_schema (version varchar not null)")
    known = connection.execute("select version from meta.raw_schema").fetchone()
    if known and known[0] == _SCHEMA_VERSION:
        return
    connection.execute("begin")
    connection.execute("drop schema if exists raw cascade")
    connection.execute(_RAW_SCHEMA)
    connection.execute("delete from meta.raw_schema")
    connection.execute("insert into meta.raw_schema values (?)", [_SCHEMA_VERSION])
    connection.execute("commit")


def empty_raw_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Forget everything that was read, so that the next stages read the archive anew."""
    tables = connection.execute("select table_name from duckdb_tables() where schema_name = 'raw'").fetchall()
    for (table,) in tables:
        connection.execute(f"delete from raw.{table}")


def replace_table(connection: duckdb.DuckDBPyConnection, table: str, rows: pd.DataFrame) -> None:
    """Let raw.<table> hold exactly the frame's rows, columns matched by name."""
    connection.execute(f"delete from raw.{table}")
    insert_rows(connection, table, rows)


def replace_documents(
    connection: duckdb.DuckDBPyConnection, table: str, rows: pd.DataFrame, documents: Sequence[str]
) -> None:
    """Replace the rows of these documents in raw.<table>, also where the frame holds none for them.

    A document that no longer yields a fact must not keep an old one.
    """
    connection.execute(f"delete from raw.{table} where document_id in (select unnest(?))", [list(documents)])
    insert_rows(connection, table, rows)


def replace_files(
    connection: duckdb.DuckDBPyConnection, table: str, rows: pd.DataFrame, files: Sequence[tuple[str, str]]
) -> None:
    """Replace the rows of these (source_path, sha256) in raw.<table>."""
    connection.executemany(f"delete from raw.{table} where source_path = ? and sha256 = ?", list(files))
    insert_rows(connection, table, rows)


def insert_rows(connection: duckdb.DuckDBPyConnection, table: str, rows: pd.DataFrame) -> None:
    """Add the frame's rows to raw.<table>, columns matched by name."""
    if len(rows):
        connection.execute(f"insert into raw.{table} by name select * from rows")
