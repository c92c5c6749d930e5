"""What a materialization shows in the UI: small tables, a preview of the rows, how long it took.

Here: the form. Not here: which figures, pictures (pictures).
"""

import time
from collections.abc import Iterable, Sequence

import dagster as dg
import duckdb

_CELL = 80
PREVIEWED = 5


def listing(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> dg.MetadataValue:
    """A Markdown table. Long texts are cut, lines and bars in them replaced."""
    lines = [heads, ["---"] * len(heads), *rows]
    return dg.MetadataValue.md("\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines))


def preview(connection: duckdb.DuckDBPyConnection, name: str, columns: str) -> dg.MetadataValue:
    """Some rows of raw.<name>, to see what kind of rows these are; the newest documents last in name first."""
    found = connection.execute(f"select {columns} from raw.{name} order by all desc limit {PREVIEWED}")
    return listing([column[0] for column in found.description or ()], found.fetchall())


def counts(connection: duckdb.DuckDBPyConnection, name: str, column: str) -> dg.MetadataValue:
    """Rows of raw.<name> by a column, most first."""
    found = connection.execute(f"select {column}, count(*) from raw.{name} group by 1 order by 2 desc, 1 limit 30")
    return listing([column, "rows"], found.fetchall())


class Stopwatch:
    """Seconds since it was made."""

    def __init__(self) -> None:
        self._started = time.monotonic()

    @property
    def seconds(self) -> float:
        """Seconds, in hundredths."""
        return round(time.monotonic() - self._started, 2)


def _cell(value: object) -> str:
    text = "" if value is None else " ".join(str(value).replace("|", "/").split())
    return text if len(text) <= _CELL else f"{text[: _CELL - 1]}…"
