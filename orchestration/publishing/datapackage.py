"""datapackage.json: what is published, described for machines (Frictionless Data Package 1.0).

Here: the description of the Parquet files, with row counts and checksums. Not here: writing them.
"""

import hashlib
import json
from datetime import datetime
from pathlib import Path
from typing import Any

from orchestration.publishing.catalogue import Column, Table
from orchestration.publishing.snapshot import Snapshot

_TYPES = {"VARCHAR": "string", "INTEGER": "integer", "BIGINT": "integer", "DOUBLE": "number", "BOOLEAN": "boolean",
          "DATE": "date", "TIMESTAMP WITH TIME ZONE": "datetime", "TIMESTAMP": "datetime"}  # fmt: skip

_SOURCES = [
    {"title": "Klimatkontrakt 2030, the Swedish municipalities' climate contracts", "path": "https://viablecities.se/"},
    {"title": "SMHI, Nationella emissionsdatabasen, edition of 2026-01-21", "path": "https://nationellaemissionsdatabasen.smhi.se/"},
    {"title": "SCB, kommun- och länskoder 2023 and population of 2023-12-31", "path": "https://www.scb.se/"},
]  # fmt: skip


def publish_datapackage(
    snapshot: Snapshot, parquet: list[Path], path: Path, *, version: str, created: datetime
) -> None:
    """Describe the published files in `path`, swapped in whole; `created` is the time of the build (UTC)."""
    files = {file.stem: file for file in parquet}
    package = {
        "profile": "data-package",
        "name": "klimatlager",
        "title": "Klimatlager: Swedish municipal climate contracts",
        "description": "Goals, outcomes and initiatives of the Klimatkontrakt 2030, each with the exact words that prove it.",
        "version": version,
        "created": created.isoformat(timespec="seconds"),
        "licenses": [
            {"name": "Apache-2.0", "title": "Apache License 2.0", "path": "https://www.apache.org/licenses/LICENSE-2.0"}
        ],
        "sources": _SOURCES,
        "database": {"path": snapshot.path.name, "bytes": snapshot.bytes, "hash": _hash(snapshot.path)},
        "resources": [
            _resource(table, files[table.name], path.parent, snapshot.rows[table.name]) for table in snapshot.tables
        ],
    }
    partial = path.with_suffix(".partial")
    partial.write_text(json.dumps(package, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    partial.replace(path)


def _resource(table: Table, file: Path, folder: Path, rows: int) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column, table) for column in table.columns]}
    if table.primary_key:
        schema["primaryKey"] = list(table.primary_key)
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "description": table.description,
        "path": file.relative_to(folder).as_posix(),
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "bytes": file.stat().st_size,
        "hash": _hash(file),
        "rows": rows,
        "schema": schema,
    }


def _field(column: Column, table: Table) -> dict[str, Any]:
    kind = _TYPES.get(column.type, "array" if column.type.endswith("[]") else "any")
    field: dict[str, Any] = {"name": column.name, "type": kind, "description": column.description}
    if not column.is_nullable or column.name in table.primary_key:
        field["constraints"] = {"required": True}
    return field


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return "sha256:" + hashlib.file_digest(file, "sha256").hexdigest()
