"""Corrections and the raw tables: which rows a corrected document has, and raw.correction.

Here: rows only. Not here: reading the file and finding facts (corrections).
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from orchestration.contracts.archive import FileEvent
from orchestration.contracts.model import Document
from orchestration.corrections.applying import apply_corrections
from orchestration.corrections.columns import Kind
from orchestration.corrections.reading import Correction, Corrections
from orchestration.frames import columns
from orchestration.rows import Row

_UNSAID = {
    "goal": {"scope": "not_specified", "sector": "not_specified", "status": "not_specified", "ownership": "own"},
    "outcome": {"scope": "not_specified", "sector": "not_specified"},
    "initiative": {"status": "not_specified", "is_governing_document": False, "sectors": []},
}


def corrected(
    document_id: str, document: Document, rows: dict[str, list[Row]], lines: Sequence[Correction], version: str
) -> dict[str, list[Row]]:
    """The document's rows after its contract version's corrections, with raw.correction_effect."""

    def section_at(start: int) -> str:
        for sentence in document.sentences:
            if document.clean.raw_span(*sentence.span)[1] > start:
                return sentence.section
        return "other"

    def blank(kind: Kind) -> Row:
        unset: Row = dict.fromkeys(columns(f"{kind}_mention"))
        return unset | _UNSAID[kind] | {"document_id": document_id, "extractor_version": version}

    tables, effects = apply_corrections(lines, rows, document.raw, section_at, blank)
    return tables | {"correction_effect": [{"document_id": document_id} | asdict(effect) for effect in effects]}


def correction_rows(corrections: Corrections, event: FileEvent) -> Iterator[Row]:
    """raw.correction: every line of the file, refused ones included, in its order."""
    file = {"file_sha256": event.sha256, "arrived_at": event.at}
    rows: list[Row] = []
    for line in corrections.lines:
        rows.append({
            "line": line.line, "contract_version_id": line.contract_version_id, "kind": line.kind,
            "quote": line.quote, "nr": line.nr, "action": line.action, "decided_by": line.who,
            "decided_on": line.when, "why": line.why,
            "changes": "; ".join(f"{name}={value}" for name, value in line.values) or None,
            "is_refused": False, "reason": None,
        } | file)  # fmt: skip
    seen = dict(corrections.rows)
    for refusal in corrections.refused:
        row = seen.get(refusal.line, {})
        rows.append(dict.fromkeys(columns("correction")) | {
            "line": refusal.line, "contract_version_id": row.get("contract_version_id") or None,
            "kind": row.get("kind") or None, "quote": _printable(row.get("quote")), "action": row.get("action") or None,
            "is_refused": True, "reason": refusal.reason,
        } | file)  # fmt: skip
    yield from sorted(rows, key=lambda row: row["line"])


def _printable(text: str | None) -> str | None:
    return text.encode("utf-8", "replace").decode("utf-8") if text else None
