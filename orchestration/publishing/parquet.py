"""Parquet, one file a public table, from the published DuckDB file.

Here: writing and swapping in each file, with the stamp as key-value metadata. Not here: describing them (datapackage).
"""

from pathlib import Path

import duckdb

from orchestration.publishing.catalogue import PUBLIC_SCHEMA, literal, quoted
from orchestration.publishing.files import make_folder, remove_strays, swapped_in
from orchestration.publishing.snapshot import Snapshot


def publish_parquet(snapshot: Snapshot, folder: Path) -> list[Path]:
    """Write every table to folder/<table>.parquet and remove the files of tables that are no longer public."""
    make_folder(folder)
    written = []
    stamp = ", ".join(f"{name}: {literal(value)}" for name, value in snapshot.stamp.texts().items())
    with duckdb.connect(str(snapshot.path), read_only=True) as connection:
        connection.execute("set timezone = 'UTC'")
        for table in snapshot.tables:
            path = folder / f"{table.name}.parquet"
            with swapped_in(path) as partial:
                connection.execute(
                    f"copy {PUBLIC_SCHEMA}.{quoted(table.name)} to {literal(str(partial))} "
                    f"(format parquet, compression zstd, kv_metadata {{{stamp}}})"
                )
            written.append(path)
    remove_strays(folder, set(written))
    return written
