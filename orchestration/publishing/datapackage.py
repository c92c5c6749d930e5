"""datapackage.json: what is published, described for machines (Frictionless Data Package 1.0).

Here: the description of the Parquet files, with row counts and checksums. Not here: writing them.
"""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from orchestration.publishing.catalogue import Column, Table
from orchestration.publishing.files import swapped_in
from orchestration.publishing.snapshot import Snapshot

_TYPES = {"VARCHAR": "string", "INTEGER": "integer", "BIGINT": "integer", "DOUBLE": "number", "BOOLEAN": "boolean",
          "DATE": "date", "TIMESTAMP WITH TIME ZONE": "datetime", "TIMESTAMP": "datetime"}  # fmt: skip

_LICENCE = {
    "name": "Apache-2.0",
    "title": "Apache License 2.0",
    "path": "https://www.apache.org/licenses/LICENSE-2.0",
}

_SOURCES = [
    {"title": "Klimatkontrakt 2030, the Swedish municipalities' climate contracts", "path": "https://viablecities.se/"},
    {"title": "SMHI, Nationella emissionsdatabasen, edition of 2026-01-21", "path": "https://nationellaemissionsdatabasen.smhi.se/"},
    {"title": "SCB, kommun- och länskoder 2023 and population of 2023-12-31", "path": "https://www.scb.se/"},
]  # fmt: skip


def publish_datapackage(
    snapshot: Snapshot, parquet: Sequence[Path], path: Path, *, others: Sequence[Path] = ()
) -> Path:
    """Describe the published files in `path`, swapped in whole; `others` are published files beside the database."""
    files = {file.stem: file for file in parquet}
    stamp = snapshot.stamp.texts()
    package = {
        "profile": "data-package",
        "name": "klimatlager",
        "title": "Klimatlager: Swedish municipal climate contracts",
        "description": "Goals, outcomes and initiatives of the Klimatkontrakt 2030, each with the words that prove it.",
        "version": snapshot.stamp.build_id,
        "created": stamp["built_at"],
        "build": stamp,
        "licenses": [_LICENCE],
        "sources": _SOURCES,
        "database": _file(snapshot.path, path.parent),
        "others": [_file(other, path.parent) for other in others],
        "resources": [
            _resource(table, files[table.name], path.parent, snapshot.rows[table.name]) for table in snapshot.tables
        ],
    }
    with swapped_in(path) as partial:
        partial.write_text(json.dumps(package, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return path


def _file(file: Path, folder: Path) -> dict[str, Any]:
    return {"path": file.relative_to(folder).as_posix(), "bytes": file.stat().st_size, "hash": _hash(file)}


def _resource(table: Table, file: Path, folder: Path, rows: int) -> dict[str, Any]:
    # Parquet has NULLs of its own: without this, readers take every empty text for one.
    schema: dict[str, Any] = {"fields": [_field(column, table) for column in table.columns], "missingValues": []}
    if table.primary_key:
        schema["primaryKey"] = list(table.primary_key)
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "description": table.description,
        **_file(file, folder),
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "rows": rows,
        "schema": schema,
    }


def _field(column: Column, table: Table) -> dict[str, Any]:
    kind = _TYPES.get(column.type, "array" if column.type.endswith("[]") else "any")
    field: dict[str, Any] = {"name": column.name, "type": kind, "description": column.description}
    if table.is_required(column):
        field["constraints"] = {"required": True}
    return field


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return "sha256:" + hashlib.file_digest(file, "sha256").hexdigest()
