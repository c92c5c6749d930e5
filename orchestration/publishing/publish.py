"""Everything that readers open, in its folder: one call makes it all from a warehouse that has passed its tests.

Here: the order and the names of the files. Not here: how each is written, PostgreSQL (postgres).
"""

from dataclasses import dataclass
from pathlib import Path

from orchestration.publishing.datapackage import publish_datapackage
from orchestration.publishing.excel_csv import publish_excel_csv
from orchestration.publishing.parquet import publish_parquet
from orchestration.publishing.snapshot import Snapshot
from orchestration.publishing.sqlite_file import publish_sqlite

DATABASE, SQLITE, PACKAGE = "klimatlager.duckdb", "klimatlager.sqlite", "datapackage.json"
PARQUET, EXCEL_CSV = "parquet", "csv"


@dataclass(frozen=True)
class Copies:
    """The files made from a snapshot."""

    parquet: list[Path]
    excel_csv: list[Path]
    sqlite: Path
    package: Path


def publish_copies(snapshot: Snapshot) -> Copies:
    """Every other format of a snapshot, beside it. Raises PublishingError with the last good file in its place."""
    folder = snapshot.path.parent
    parquet = publish_parquet(snapshot, folder / PARQUET)
    excel_csv = publish_excel_csv(snapshot, folder / EXCEL_CSV)
    sqlite = publish_sqlite(snapshot, folder / SQLITE)
    package = publish_datapackage(snapshot, parquet, folder / PACKAGE, others=[sqlite, *excel_csv])
    return Copies(parquet, excel_csv, sqlite, package)
