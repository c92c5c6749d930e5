"""Parquet, one file a public table, from the published DuckDB file.

Here: writing and swapping in each file. Not here: describing them (datapackage).
"""

from pathlib import Path

import duckdb

from orchestration.publishing.catalogue import PUBLIC_SCHEMA, literal, quoted
from orchestration.publishing.snapshot import Snapshot


def publish_parquet(snapshot: Snapshot, folder: Path) -> list[Path]:
    """Write every table to folder/<table>.parquet and remove the files of tables that are no longer public."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    with duckdb.connect(str(snapshot.path), read_only=True) as connection:
        connection.execute("set timezone = 'UTC'")
        for table in snapshot.tables:
            path = folder / f"{table.name}.parquet"
            partial = path.with_suffix(".partial")
            connection.execute(
                f"copy {PUBLIC_SCHEMA}.{quoted(table.name)} to {literal(str(partial))} (format parquet, compression zstd)"
            )
            partial.replace(path)
            written.append(path)
    for stale in set(folder.glob("*.parquet")) - set(written):
        stale.unlink()
    return written
