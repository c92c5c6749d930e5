"""CSV that a Swedish Excel opens by a double click, from the published DuckDB file.

Here: the one dialect. Semicolons between fields and commas in decimals, because a Swedish Windows takes both from its
regional settings; a byte order mark, or Excel reads å ä ö as ANSI; SANT and FALSKT, which a Swedish Excel takes as
truth values; times without fractions of a second. Other programs should read Parquet, which loses nothing.

What Excel would spoil is mended or told: a text that starts like a formula gets an apostrophe in front, so that opening
the file runs nothing; a text longer than a cell holds is cut and ends in an ellipsis. Excel takes codes such as 0180
for numbers and drops their first zero: choose Data, From Text where the code matters.
"""

from pathlib import Path

import duckdb

from orchestration.publishing.catalogue import PUBLIC_SCHEMA, Column, literal, quoted
from orchestration.publishing.files import make_folder, remove_strays, swapped_in
from orchestration.publishing.snapshot import Snapshot

CELL_LIMIT = 32_767
"""The most characters an Excel cell holds."""

_BYTE_ORDER_MARK = "\ufeff"
_NUMBERS = {"INTEGER", "BIGINT"}
# What Excel or LibreOffice may take for the start of a formula, blanks in front included (OWASP, CSV injection).
_FORMULA = r"^\s*[=+\-@＝＋－＠]|^[\t\r\n]"


def publish_excel_csv(snapshot: Snapshot, folder: Path) -> list[Path]:
    """Write every table to folder/<table>.csv and remove the files of tables that are no longer public."""
    make_folder(folder)
    written = []
    with duckdb.connect(str(snapshot.path), read_only=True) as connection:
        connection.execute("set timezone = 'UTC'")
        for table in snapshot.tables:
            path = folder / f"{table.name}.csv"
            with swapped_in(path) as partial:
                columns = [_cell(column, is_first=not place) for place, column in enumerate(table.columns)]
                connection.execute(
                    f"copy (select {', '.join(columns)} from {PUBLIC_SCHEMA}.{quoted(table.name)}) "
                    f"to {literal(str(partial))} (format csv, delimiter ';', header, quote '\"', escape '\"')"
                )
            written.append(path)
    remove_strays(folder, set(written))
    return written


def _cell(column: Column, *, is_first: bool) -> str:
    """One column as Excel is to see it; the first carries the file's byte order mark in its name."""
    name = quoted(column.name)
    if column.type == "DOUBLE":
        value = f"replace(cast({name} as varchar), '.', ',')"
    elif column.type == "BOOLEAN":
        value = f"case {name} when true then 'SANT' when false then 'FALSKT' end"
    elif column.type.startswith("TIMESTAMP"):
        value = f"strftime({name}, '%Y-%m-%d %H:%M:%S')"
    elif column.type in _NUMBERS or column.type == "DATE":
        value = name
    else:
        text = f"cast({name} as varchar)" if column.type == "VARCHAR" else f"cast(to_json({name}) as varchar)"
        safe = f"case when regexp_matches({text}, {literal(_FORMULA)}) then '''' || {text} else {text} end"
        value = f"case when length({safe}) > {CELL_LIMIT} then left({safe}, {CELL_LIMIT - 1}) || '…' else {safe} end"
    return f"{value} as {quoted((_BYTE_ORDER_MARK if is_first else '') + column.name)}"
