"""Stage 2: archived files become documents, claims and revisions of contract versions."""

from collections import Counter
from collections.abc import Iterator

import dagster as dg
import duckdb

from orchestration import progress
from orchestration.assets.showing import Stopwatch, listing, preview
from orchestration.assets.showing import counts as counts_by
from orchestration.assets.tagging import run_id_of, tag_run, tags_of_run
from orchestration.contracts.archive import Archive, FileEvent, latest
from orchestration.contracts.intake import FileKey, FileReading, pending, read_files
from orchestration.contracts.inventory import CORRECTIONS, MANIFEST
from orchestration.contracts.ledger import Claim, LoadEvent, Reading, Rejection, replay
from orchestration.contracts.manifest import Manifest, read_manifest
from orchestration.contracts.municipalities import Register
from orchestration.corrections.current import current_corrections
from orchestration.corrections.reading import Corrections
from orchestration.frames import columns, frame
from orchestration.resources import Project
from orchestration.retries import retrying
from orchestration.rows import Row, claim_row, document_row, load_event_rows, rejection_rows, revision_rows
from orchestration.run_tags import subject_tags, tagged_versions
from orchestration.versions import reader_version
from orchestration.warehouse import replace_documents, replace_files, replace_table

_CLAIM_FIELDS = ("document_id", "contract_version_id", "source_path", "source_line", "sha256", "is_full_contract",
                 "is_in_manifest")  # fmt: skip


@dg.multi_asset(
    name="documents",
    specs=[
        dg.AssetSpec(
            ["raw", table], deps=[["raw", "file_event"]], group_name="documents", kinds={"python", "duckdb"},
            description=description,
        )
        for table, description in (
            ("document", "Every contract text as read: decoded, cleaned, with municipality and version year."),
            ("revision", "Which document stood for which contract version, and when."),
            ("load_event", "What came of every file, and why a file was set aside."),
        )
    ],
    pool="warehouse",
)  # fmt: skip
def documents(context: dg.AssetExecutionContext, project: dg.ResourceParam[Project]) -> Iterator[dg.MaterializeResult]:  # type: ignore[type-arg]
    """Read what has not been read by this reader, then replay the log."""
    version, watch = reader_version(), Stopwatch()
    with retrying(context), project.warehouse.write(f"reading documents, run {run_id_of(context)}") as connection:
        events = project.archive.events()
        manifest = current_manifest(events, project.archive, project.register)
        known = {(path, sha256): mark for path, sha256, mark in connection.execute("from raw.reading").fetchall()}
        wanted = pending(events, manifest, known, version)
        for reading in read_files(wanted, project.archive, manifest, project.register, project.limits):
            _store(connection, reading, version)
        _forget_unclaimed(connection)
        corrections = current_corrections(events, project.archive, project.settings.codes_dir)
        load_events = _settle(connection, events, manifest, corrections)
        counts = {
            table: _count(connection, f"select count(*) from raw.{table}")
            for table in ("document", "revision", "load_event")
        }
        progress.note_done(connection, "documents", "file_event")
        shown = preview(
            connection,
            "document",
            "document_id, document_kind, characters, sentences, is_truncated, left(clean_text, 70)",
        )
        kinds = counts_by(connection, "document", "document_kind")
    fresh = [event for event in load_events if event.run_id == run_id_of(context)]
    found = {event.contract_version_id for event in fresh if event.contract_version_id}
    tag_run(context, subject_tags(found | tagged_versions(tags_of_run(context))))
    outcomes = Counter(event.outcome for event in load_events)
    rejected = [event for event in load_events if event.outcome == "rejected"]
    for event in rejected:
        context.log.warning("set aside: %s: %s", event.source_path, event.reason)
    project.tell(
        context, "documents", f"{len(wanted)} files read, {counts['document']} documents, {len(rejected)} set aside"
    )
    yield dg.MaterializeResult(
        asset_key=["raw", "document"],
        metadata={
            "dagster/row_count": counts["document"],
            "files_read": len(wanted),
            "loaded": listing(
                ("contract version", "outcome", "file"),
                [(event.contract_version_id, event.outcome, event.source_path) for event in fresh[:50]],
            ),
            "documents_by_kind": kinds,
            "preview": shown,
            "seconds": watch.seconds,
        },
    )
    yield dg.MaterializeResult(asset_key=["raw", "revision"], metadata={"dagster/row_count": counts["revision"]})
    yield dg.MaterializeResult(
        asset_key=["raw", "load_event"],
        metadata={
            "dagster/row_count": counts["load_event"],
            **dict(sorted(outcomes.items())),
            "set_aside": listing(
                ("file", "line", "reason"),
                [(event.source_path, event.source_line, event.reason) for event in rejected[-50:]],
            ),
        },
    )


def current_manifest(events: list[FileEvent], archive: Archive, register: Register) -> Manifest:
    """The manifest as last archived, so that the warehouse is a function of the archive's log."""
    event = latest(events).get(MANIFEST)
    if event is None or event.sha256 is None:
        return Manifest()
    return read_manifest(archive.path(event.sha256), register)


def _store(connection: duckdb.DuckDBPyConnection, reading: FileReading, version: str) -> None:
    documents = {read.claim.document_id: document_row(read, version) for read in reading.documents}
    path, sha256 = reading.key
    mark = {"source_path": path, "sha256": sha256, "fingerprint": reading.fingerprint}
    replace_documents(connection, "document", frame("document", documents.values()), list(documents))
    replace_files(connection, "claim", frame("claim", map(claim_row, reading.documents)), [reading.key])
    replace_files(connection, "rejection", frame("rejection", rejection_rows(reading)), [reading.key])
    replace_files(connection, "reading", frame("reading", [mark]), [reading.key])


def _forget_unclaimed(connection: duckdb.DuckDBPyConnection) -> None:
    """Drop documents that no file claims any more (a manifest row moved them to another version) and their facts."""
    unclaimed = "document_id not in (select document_id from raw.claim)"
    tables = connection.execute(
        "select distinct table_name from duckdb_columns() where schema_name = 'raw' and column_name = 'document_id' "
        "and table_name not in ('claim', 'revision')"
    ).fetchall()
    for (table,) in tables:
        connection.execute(f"delete from raw.{table} where {unclaimed}")


def _settle(
    connection: duckdb.DuckDBPyConnection, events: list[FileEvent], manifest: Manifest, corrections: Corrections
) -> list[LoadEvent]:
    """Replay the log into raw.revision and raw.load_event."""
    readings: dict[FileKey, Reading] = {}
    provenance: dict[tuple[str, str, int | None], Row] = {}
    claims = [dict(zip(columns("claim"), row, strict=True)) for row in connection.execute("from raw.claim").fetchall()]
    for row in sorted(claims, key=lambda row: (row["source_path"], row["sha256"], row["source_line"] or 0)):
        claim = Claim(**{name: row.pop(name) for name in _CLAIM_FIELDS})
        key = (claim.source_path, claim.sha256)
        readings[key] = Reading((*readings.get(key, Reading()).claims, claim))
        provenance[claim.source_path, claim.sha256, claim.source_line] = row
    for path, sha256, line, code, reason in connection.execute("from raw.rejection order by all").fetchall():
        before = readings.get((path, sha256), Reading())
        readings[path, sha256] = Reading(before.claims, (*before.rejections, Rejection(line, code, reason)))
    ledger = replay(events, readings)
    load_events = ledger.load_events + _manifest_events(events, manifest) + _correction_events(events, corrections)
    replace_table(connection, "revision", frame("revision", revision_rows(ledger, provenance)))
    replace_table(connection, "load_event", frame("load_event", load_event_rows(load_events)))
    return load_events


def _manifest_events(events: list[FileEvent], manifest: Manifest) -> list[LoadEvent]:
    """The manifest's refused rows, as of its last arrival."""
    event = latest(events).get(MANIFEST)
    if event is None:
        return []
    return [
        LoadEvent(MANIFEST, error.line, event.sha256, event.bytes, "rejected", str(error), None, event.at, event.run_id)
        for error in manifest.errors
    ]


def _correction_events(events: list[FileEvent], corrections: Corrections) -> list[LoadEvent]:
    """The refused lines of raw/corrections.csv, as of its last arrival."""
    event = latest(events).get(CORRECTIONS)
    if event is None:
        return []
    place = f"raw/{CORRECTIONS}, line"
    return [
        LoadEvent(
            CORRECTIONS, refusal.line, event.sha256, event.bytes, "rejected",
            f"{place} {refusal.line}: {refusal.reason}", None, event.at, event.run_id,
        )
        for refusal in corrections.refused
    ]  # fmt: skip


def _count(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0
