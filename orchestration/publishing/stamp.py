"""The version stamp: which texts and which code a published file was made of.

Here: the stamp and how each kind of file carries it. The same build id means the same rows, times of loading apart.
"""

import hashlib
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

import duckdb

from orchestration.publishing.catalogue import PUBLIC_SCHEMA

STORAGE_VERSION = "v1.0.0"
"""The storage format of the published DuckDB file: readable by clients from 1.0.0 on, as long as it holds no index."""


@dataclass(frozen=True)
class Stamp:
    """What a build is known by. `git_commit` is None where the code lies outside git, and ends in -dirty where the
    files differ from the commit."""

    build_id: str
    built_at: datetime
    code_version: str
    extractor_version: str
    corpus_fingerprint: str
    git_commit: str | None
    storage_version: str = STORAGE_VERSION

    def texts(self) -> dict[str, str]:
        """The stamp as texts, without what is unknown: for the metadata of files."""
        values = asdict(self) | {"built_at": self.built_at.isoformat(timespec="seconds").replace("+00:00", "Z")}
        return {name: str(value) for name, value in values.items() if value is not None}


def read_stamp(
    connection: duckdb.DuckDBPyConnection,
    database: str,
    code_version: str,
    extractor_version: str,
    git_commit: str | None = None,
) -> Stamp:
    """The stamp of the build that an attached warehouse holds, made by code of these versions."""
    fingerprint = _corpus_fingerprint(connection, database)
    identity = hashlib.sha256(f"{code_version} {fingerprint}".encode()).hexdigest()[:12]
    built_at = _built_at(connection, database)
    return Stamp(identity, built_at, code_version, extractor_version, fingerprint, git_commit)


def _corpus_fingerprint(connection: duckdb.DuckDBPyConnection, database: str) -> str:
    """A hash (12 hex digits) over the texts that stand for a contract version: where each lay, what its bytes are."""
    digest = hashlib.sha256()
    if _has(connection, database, PUBLIC_SCHEMA, "contract_text"):
        for row in connection.execute(
            "select contract_version_id, source_path, source_line, source_sha256 "
            f"from {database}.{PUBLIC_SCHEMA}.contract_text order by all"
        ).fetchall():
            digest.update("\0".join(map(str, row)).encode() + b"\n")
    return digest.hexdigest()[:12]


def _built_at(connection: duckdb.DuckDBPyConnection, database: str) -> datetime:
    """When dbt built it (UTC, whole seconds); now, where the warehouse has no note of a build."""
    built = None
    if _has(connection, database, "meta", "build"):
        # As a number: reading a time with a zone into Python would need pytz.
        row = connection.execute(f"select epoch(max(built_at)) from {database}.meta.build").fetchone()
        built = row[0] if row else None
    moment = datetime.now(UTC) if built is None else datetime.fromtimestamp(built, UTC)
    return moment.replace(microsecond=0)


def _has(connection: duckdb.DuckDBPyConnection, database: str, schema: str, table: str) -> bool:
    found = connection.execute(
        "select 1 from duckdb_tables() where database_name = ? and schema_name = ? and table_name = ?",
        [database, schema, table],
    ).fetchone()
    return found is not None
