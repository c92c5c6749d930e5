"""Frames: rows of plain values as pandas frames with the column types of the raw tables.

Here: typing. Not here: what the rows are made of. A column without any value keeps its type, so that an empty or
all-unknown frame loads as well as a full one.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

_DDL = (Path(__file__).parent / "raw_schema.sql").read_text(encoding="utf-8")
_DTYPES = {"VARCHAR": "string", "INTEGER": "Int64", "BIGINT": "Int64", "DOUBLE": "Float64", "BOOLEAN": "boolean",
           "TIMESTAMP WITH TIME ZONE": "datetime64[us, UTC]", "DATE": "datetime64[s]"}  # fmt: skip


def columns(table: str) -> dict[str, str]:
    """Column names and DuckDB types of raw.<table>, in order. Raises KeyError for an unknown table."""
    return _tables()[table]


@cache
def _tables() -> dict[str, dict[str, str]]:
    """The columns of every raw table."""
    with duckdb.connect() as connection:
        connection.execute(_DDL)
        found = connection.execute(
            "select table_name, column_name, data_type from duckdb_columns() where schema_name = 'raw' "
            "order by table_name, column_index"
        ).fetchall()
    tables: dict[str, dict[str, str]] = {}
    for table, column, kind in found:
        tables.setdefault(table, {})[column] = kind
    return tables


def frame(table: str, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """A frame for raw.<table>. Every row must name every column; anything else in a row is an error."""
    types = columns(table)
    records = list(rows)
    for record in records:
        if record.keys() != types.keys():
            raise KeyError(f"raw.{table}: {sorted(record.keys() ^ types.keys())} is missing or unknown")
    return pd.DataFrame(
        {
            name: pd.Series([record[name] for record in records], dtype=_DTYPES.get(kind, "object"))
            for name, kind in types.items()
        }
    )
