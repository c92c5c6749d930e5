"""A schema on a PostgreSQL server for BI tools that have no DuckDB driver, replaced whole in one transaction.

Here: loading from the published DuckDB file and what a failure means. Not here: the
address (postgres_server), which holds a password that no message and no error of this module repeats.

The new schema is filled under a name that nobody has a right to and takes the old one's place by renaming, which waits
for no reader. Who reads the old tables at that moment reads them to the end; the old schema goes afterwards.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import psycopg
from psycopg import sql

from orchestration.publishing.catalogue import PUBLIC_SCHEMA, Column, Table, literal, quoted
from orchestration.publishing.postgres_server import PostgresError, Server
from orchestration.publishing.snapshot import Snapshot
from orchestration.publishing.sqlite_file import foreign_keys

_TYPES = {
    "VARCHAR": "text",
    "INTEGER": "integer",
    "BIGINT": "bigint",
    "DOUBLE": "double precision",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMP": "timestamptz",
    "TIMESTAMP WITH TIME ZONE": "timestamptz",
}
_MARK = "Klimatlager"
_CHUNK = 1 << 20
_DROP_PATIENCE = "2s"


@dataclass(frozen=True)
class Loaded:
    """What a load left: rows in all, and old schemas that readers still held."""

    rows: int
    waiting: tuple[str, ...]


def publish_postgres(snapshot: Snapshot, server: Server, scratch: Path) -> Loaded:
    """Replace the server's schema with the snapshot's tables. `scratch` is a folder for a file a table at a time.

    Raises PostgresError; the schema that readers see is then the last good one.
    """
    with _connected(server) as connection:
        with connection.transaction():
            _claim(connection, server)
            rows = _load(connection, snapshot, server, scratch)
            _swap(connection, server)
        return Loaded(rows, tuple(_drop_replaced(connection, server)))


@contextmanager
def _connected(server: Server) -> Iterator["psycopg.Connection[Any]"]:
    """A connection in autocommit. What goes wrong inside comes out as a PostgresError that holds no password."""
    parts = {"connect_timeout": "10", "tcp_user_timeout": "60000", "application_name": "klimatlager"} | server.parts()
    failure: PostgresError
    try:
        with psycopg.connect(**parts, autocommit=True) as connection:
            connection.execute("set timezone = 'UTC'; set lock_timeout = '30s'; set client_min_messages = warning")
            yield connection
            return
    except psycopg.Error as error:
        failure = _explained(error, server, parts)
    raise failure


def _explained(error: psycopg.Error, server: Server, parts: dict[str, Any]) -> PostgresError:
    text = " ".join(str(error).split())
    for name in ("password", "sslpassword"):
        if parts.get(name):
            text = text.replace(str(parts[name]), "…")
    if isinstance(error, psycopg.errors.InsufficientPrivilege):
        advice = (
            f"The user needs the right to create schemas in the database, and role {server.reader} has to exist or the "
            "user to have CREATEROLE; docs/serving.md shows the statements."
        )
    elif isinstance(error, psycopg.errors.LockNotAvailable):
        advice = "Another load or an administrator holds the schema. Refresh again when it is done."
    elif isinstance(error, psycopg.errors.DiskFull):
        advice = "Free some space on the server and refresh again."
    else:
        advice = "See that the server runs and that KLIMATLAGER_POSTGRES_URL is right, and refresh again."
    return PostgresError(
        f"PostgreSQL at {server.place()} could not be loaded: {text} {advice} Its last good schema stays, and the "
        "published files are not affected."
    )


def _claim(connection: "psycopg.Connection[Any]", server: Server) -> None:
    """Make sure of being the only loader, that the schema is ours to replace, and that the reading role is there."""
    connection.execute("select pg_advisory_xact_lock(hashtext(%s))", [f"klimatlager {server.schema}"])
    found = connection.execute(
        "select coalesce(obj_description(oid, 'pg_namespace'), '') from pg_namespace where nspname = %s",
        [server.schema],
    ).fetchone()
    if found and not found[0].startswith(_MARK):
        raise PostgresError(
            f"Schema {server.schema} at {server.place()} was not made by Klimatlager and is left alone. Set "
            "KLIMATLAGER_POSTGRES_SCHEMA to a name that is free, or drop that schema."
        )
    if connection.execute("select 1 from pg_roles where rolname = %s", [server.reader]).fetchone() is None:
        connection.execute(sql.SQL("create role {} nologin").format(sql.Identifier(server.reader)))


def _load(connection: "psycopg.Connection[Any]", snapshot: Snapshot, server: Server, scratch: Path) -> int:
    new = _new(server)
    reader = sql.Identifier(server.reader)
    stamp = "; ".join(f"{name} {value}" for name, value in snapshot.stamp.texts().items())
    connection.execute(sql.SQL("create schema {}").format(sql.Identifier(new)))
    scratch.mkdir(parents=True, exist_ok=True)
    with (
        duckdb.connect(str(snapshot.path), read_only=True) as source,
        TemporaryDirectory(dir=scratch, prefix="postgres-") as folder,
    ):
        source.execute("set timezone = 'UTC'")
        for table in snapshot.tables:
            _create(connection, new, table)
            _copy(connection, source, new, table, Path(folder) / "rows.csv")
            _finish(connection, new, table)
    connection.execute(
        sql.SQL("comment on schema {} is {}").format(sql.Identifier(new), sql.Literal(f"{_MARK}. {stamp}"))
    )
    connection.execute(sql.SQL("grant usage on schema {} to {}").format(sql.Identifier(new), reader))
    connection.execute(sql.SQL("grant select on all tables in schema {} to {}").format(sql.Identifier(new), reader))
    return sum(snapshot.rows.values())


def _create(connection: "psycopg.Connection[Any]", schema: str, table: Table) -> None:
    columns = [
        sql.SQL("{} {}{}").format(
            sql.Identifier(column.name),
            sql.SQL(_TYPES.get(column.type, "jsonb")),
            sql.SQL(" not null" if table.is_required(column) else ""),
        )
        for column in table.columns
    ]
    connection.execute(
        sql.SQL("create table {} ({})").format(sql.Identifier(schema, table.name), sql.SQL(", ").join(columns))
    )


def _copy(
    connection: "psycopg.Connection[Any]", source: duckdb.DuckDBPyConnection, schema: str, table: Table, file: Path
) -> None:
    cells = ", ".join(f"{_cell(column)} as {quoted(column.name)}" for column in table.columns)
    source.execute(
        f"copy (select {cells} from {PUBLIC_SCHEMA}.{quoted(table.name)}) to {literal(str(file))} "
        "(format csv, header false, delimiter ',', quote '\"', escape '\"', nullstr '', force_quote *)"
    )
    statement = sql.SQL("copy {} from stdin (format csv)").format(sql.Identifier(schema, table.name))
    with connection.cursor().copy(statement) as sink, file.open("rb") as rows:
        while chunk := rows.read(_CHUNK):
            sink.write(chunk)


def _cell(column: Column) -> str:
    """A column as COPY takes it. PostgreSQL has no character NUL; the mark for the unreadable keeps all offsets."""
    name = quoted(column.name)
    if column.type == "VARCHAR":
        return f"replace({name}, chr(0), chr(65533))"
    if column.type not in _TYPES:
        return f"cast(to_json({name}) as varchar)"
    return name


def _finish(connection: "psycopg.Connection[Any]", schema: str, table: Table) -> None:
    """Key, indexes, comments and statistics of a table that is filled."""
    name = sql.Identifier(schema, table.name)
    if table.primary_key:
        keys = sql.SQL(", ").join(map(sql.Identifier, table.primary_key))
        connection.execute(sql.SQL("alter table {} add primary key ({})").format(name, keys))
    for key in foreign_keys(table):
        connection.execute(sql.SQL("create index on {} ({})").format(name, sql.Identifier(key)))
    if table.name == "passage":
        connection.execute(sql.SQL("create index on {} using gin (to_tsvector('swedish', quote))").format(name))
    connection.execute(sql.SQL("comment on table {} is {}").format(name, sql.Literal(table.description)))
    for column in table.columns:
        target = sql.Identifier(schema, table.name, column.name)
        connection.execute(sql.SQL("comment on column {} is {}").format(target, sql.Literal(column.description)))
    connection.execute(sql.SQL("analyze {}").format(name))


def _swap(connection: "psycopg.Connection[Any]", server: Server) -> None:
    taken = {name for (name,) in connection.execute("select nspname from pg_namespace").fetchall()}
    if server.schema in taken:
        number = next(n for n in range(1, len(taken) + 2) if f"{server.schema}_replaced_{n}" not in taken)
        _rename(connection, server.schema, f"{server.schema}_replaced_{number}")
    _rename(connection, _new(server), server.schema)


def _rename(connection: "psycopg.Connection[Any]", old: str, new: str) -> None:
    connection.execute(sql.SQL("alter schema {} rename to {}").format(sql.Identifier(old), sql.Identifier(new)))


def _drop_replaced(connection: "psycopg.Connection[Any]", server: Server) -> Iterator[str]:
    """Drop old schemas; the names of those that a reader still holds, which the next load drops."""
    connection.execute(sql.SQL("set lock_timeout = {}").format(sql.Literal(_DROP_PATIENCE)))
    replaced = connection.execute(
        "select nspname from pg_namespace where nspname ~ %s and obj_description(oid, 'pg_namespace') like %s "
        "order by 1",
        [f"^{server.schema}_replaced_[0-9]+$", f"{_MARK}%"],
    ).fetchall()
    for (name,) in replaced:
        try:
            connection.execute(sql.SQL("drop schema {} cascade").format(sql.Identifier(name)))
        except psycopg.errors.LockNotAvailable:
            yield name


def _new(server: Server) -> str:
    return f"{server.schema}_new"
