"""The catalogue: which tables are public and what their columns mean, read from the warehouse itself.

Here: names, types, keys and descriptions as dbt left them (COMMENTs and constraints: a key is declared once, in the
model's YAML). Not here: writing any file.
"""

from dataclasses import dataclass

import duckdb

PUBLIC_SCHEMA = "main"


@dataclass(frozen=True)
class Column:
    """A public column: its DuckDB type and its description."""

    name: str
    type: str
    is_nullable: bool
    description: str


@dataclass(frozen=True)
class Table:
    """A public table with its columns in order and the columns of its primary key (empty where it has none)."""

    name: str
    description: str
    columns: tuple[Column, ...]
    primary_key: tuple[str, ...]

    def is_required(self, column: Column) -> bool:
        """Whether the column holds a value in every row."""
        return not column.is_nullable or column.name in self.primary_key


def public_tables(connection: duckdb.DuckDBPyConnection, database: str) -> list[Table]:
    """The tables of schema main in an attached database, by name."""
    columns: dict[str, list[Column]] = {}
    for table, name, kind, is_nullable, comment in connection.execute(
        "select table_name, column_name, data_type, is_nullable, coalesce(comment, '') from duckdb_columns() "
        "where database_name = ? and schema_name = ? and not internal order by table_name, column_index",
        [database, PUBLIC_SCHEMA],
    ).fetchall():
        columns.setdefault(table, []).append(Column(name, kind, is_nullable, comment))
    keys = dict(
        connection.execute(
            "select table_name, constraint_column_names from duckdb_constraints() "
            "where database_name = ? and schema_name = ? and constraint_type = 'PRIMARY KEY'",
            [database, PUBLIC_SCHEMA],
        ).fetchall()
    )
    tables = connection.execute(
        "select table_name, coalesce(comment, '') from duckdb_tables() where database_name = ? and schema_name = ? "
        "order by table_name",
        [database, PUBLIC_SCHEMA],
    ).fetchall()
    return [Table(name, comment, tuple(columns[name]), tuple(keys.get(name, ()))) for name, comment in tables]


def quoted(name: str) -> str:
    """An SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """An SQL string."""
    return "'" + text.replace("'", "''") + "'"
