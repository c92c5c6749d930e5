"""Rows: the plain values of contracts and extraction as rows of the raw tables.

Here: one function a table family, field by field. Not here: any decision. Columns are those of raw_schema.sql.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from orchestration.contracts.archive import FileEvent
from orchestration.contracts.intake import FileReading, ReadDocument
from orchestration.contracts.ledger import Ledger, LoadEvent
from orchestration.contracts.model import Document
from orchestration.contracts.source import hints_of
from orchestration.extraction.facts import ActorMention, Evidence, Facts, Goal, Initiative, Outcome

Row = dict[str, Any]


def file_event_rows(events: Iterable[FileEvent]) -> Iterator[Row]:
    """raw.file_event."""
    for event in events:
        yield {"event_id": event.event_id, "at": event.at, "run_id": event.run_id, "source_path": event.source_path,
               "sha256": event.sha256, "bytes": event.bytes, "event": event.event}  # fmt: skip


def document_row(read: ReadDocument, reader_version: str) -> Row:
    """raw.document."""
    document, identity = read.document, read.identity
    return {
        "document_id": read.claim.document_id,
        "contract_version_id": read.claim.contract_version_id,
        "municipality_id": identity.municipality.municipality_id,
        "version_year": identity.version_year,
        "signed_date": identity.signed_date,
        "document_kind": document.kind,
        "is_truncated": document.is_truncated,
        "raw_text": document.raw,
        "clean_text": document.clean.text,
        "layout_hints": hints_of(read.source),
        "characters": len(document.raw),
        "sentences": len(document.sentences),
        "quality_flags": _flags(document.quality_flags),
        "reader_version": reader_version,
    }


def claim_row(read: ReadDocument) -> Row:
    """raw.claim."""
    return asdict(read.claim) | _provenance(read) | {"is_in_manifest": read.claim.is_in_manifest}


def _provenance(read: ReadDocument) -> Row:
    entry = read.entry
    return {
        "municipality_basis": read.identity.municipality_basis,
        "version_year_basis": read.identity.version_year_basis,
        "identity_flags": _flags(read.identity.flags),
        "source_url": entry.source_url if entry else None,
        "licence": entry.licence if entry else None,
        "retrieved_on": entry.retrieved_on if entry else None,
    }


def rejection_rows(reading: FileReading) -> Iterator[Row]:
    """raw.rejection."""
    path, sha256 = reading.key
    for rejection in reading.rejections:
        yield {"source_path": path, "sha256": sha256, "source_line": rejection.source_line, "code": rejection.code,
               "reason": rejection.reason}  # fmt: skip


def revision_rows(ledger: Ledger, provenance: dict[tuple[str, str, int | None], Row]) -> Iterator[Row]:
    """raw.revision; `provenance` holds the claim's further columns by (source_path, sha256, source_line)."""
    for revision in ledger.revisions:
        claim = revision.claim
        yield {
            "contract_version_id": claim.contract_version_id,
            "document_id": claim.document_id,
            "revision": revision.revision,
            "is_current": revision.is_current,
            "loaded_at": revision.loaded_at,
            "superseded_at": revision.superseded_at,
            "withdrawn_at": revision.withdrawn_at,
            "source_path": claim.source_path,
            "source_line": claim.source_line,
            "sha256": claim.sha256,
        } | provenance[claim.source_path, claim.sha256, claim.source_line]


def load_event_rows(events: Iterable[LoadEvent]) -> Iterator[Row]:
    """raw.load_event."""
    for event in events:
        yield asdict(event)


def sentence_rows(document_id: str, document: Document, climate_bearing: Iterable[bool]) -> Iterator[Row]:
    """raw.sentence, with raw offsets."""
    for sentence, is_climate_bearing in zip(document.sentences, climate_bearing, strict=True):
        start, end = document.clean.raw_span(*sentence.span)
        yield {"document_id": document_id, "sentence_no": sentence.number, "kind": sentence.kind,
               "section": sentence.section, "page": sentence.page, "char_start": start, "char_end": end,
               "text": sentence.text, "is_climate_bearing": is_climate_bearing}  # fmt: skip


def mention_rows(document_id: str, raw: str, facts: Facts, extractor_version: str) -> dict[str, list[Row]]:
    """The rows of every raw.*_mention table for one document. Facts are numbered from 1 in the order of the text."""
    rows: dict[str, list[Row]] = {
        "goal_mention": [], "outcome_mention": [], "initiative_mention": [], "actor_mention": [],
        "goal_initiative_mention": [], "evidence_mention": [],
    }  # fmt: skip
    families: tuple[tuple[str, Sequence[Goal | Outcome | Initiative]], ...] = (
        ("goal", facts.goals), ("outcome", facts.outcomes), ("initiative", facts.initiatives),
    )  # fmt: skip
    for kind, found in families:
        for number, fact in enumerate(found, 1):
            values = {name: value for name, value in vars(fact).items() if name not in ("evidence", "actors")}
            key = {"document_id": document_id, "fact_no": number}
            rows[f"{kind}_mention"].append(key | values | _evidence(raw, fact.evidence, extractor_version))
            reference = {"document_id": document_id, "fact_kind": kind, "fact_no": number}
            rows["actor_mention"] += [reference | _actor(raw, actor, extractor_version) for actor in fact.actors]
            rows["evidence_mention"] += _further(reference, raw, fact.evidence)
    rows["goal_initiative_mention"] = [
        {"document_id": document_id, "goal_no": goal + 1, "initiative_no": initiative + 1, "relation": relation,
         "rule_id": relation}
        for goal, initiative, relation in facts.goal_initiatives
    ]  # fmt: skip
    for row in rows["initiative_mention"]:
        row["sectors"] = list(row["sectors"])
    return rows


def _evidence(raw: str, evidence: Evidence, extractor_version: str) -> Row:
    start, end = evidence.spans[0]
    return {
        "quote": raw[start:end],
        "char_start": start,
        "char_end": end,
        "section": evidence.section,
        "extractor": "rules",
        "extractor_version": extractor_version,
        "rule_id": evidence.rule_id,
        "confidence": evidence.confidence,
        "quality_flags": _flags(evidence.flags),
    }


def _actor(raw: str, actor: ActorMention, extractor_version: str) -> Row:
    return {
        "actor_id": actor.actor_id,
        "actor_name": actor.actor_name,
        "actor_type": actor.actor_type,
        "municipality_id": actor.municipality_id,
        "role": actor.role,
    } | _evidence(raw, actor.evidence, extractor_version)


def _further(reference: Row, raw: str, evidence: Evidence) -> list[Row]:
    return [
        reference | {"evidence_no": number, "quote": raw[start:end], "char_start": start, "char_end": end}
        for number, (start, end) in enumerate(evidence.spans[1:], 2)
    ]


def _flags(flags: Iterable[str]) -> str | None:
    return " ".join(sorted(flags)) or None
