"""Annotated facts as the extraction would give them, so that later stages can be measured apart from it.

Here: records of a gold set as Facts. Not here: any scoring. Of several accepted
values the first stands, but for scope and status.
"""

from collections.abc import Iterable
from typing import Any

from orchestration.contracts.model import Document, Span
from orchestration.extraction.facts import Evidence, Facts, Goal, Initiative

Record = dict[str, Any]

_LADDER = ("idea", "planned", "in_preparation", "proposed", "decided", "ongoing", "completed", "established", "paused",
           "cancelled")  # fmt: skip


def gold_facts(records: Iterable[Record], raw: str, document: Document) -> Facts:
    """The goals and initiatives of one annotated document, in the order of the text."""
    goals: list[Goal] = []
    initiatives: list[Initiative] = []
    for record in records:
        if record["kind"] == "goal":
            goals.append(_goal(record, _evidence(record, raw, document)))
        elif record["kind"] == "initiative":
            initiatives.append(_initiative(record, _evidence(record, raw, document)))
    goals.sort(key=lambda goal: goal.evidence.spans[0])
    initiatives.sort(key=lambda initiative: initiative.evidence.spans[0])
    return Facts(goals=tuple(goals), initiatives=tuple(initiatives))


def _goal(record: Record, evidence: Evidence) -> Goal:
    return Goal(
        goal_type=_first(record, "goal_type") or "other",
        target_form=_first(record, "target_form") or "qualitative",
        scope=_scope(record),
        statement=record["quotes"][0],
        evidence=evidence,
        value=_first(record, "value"),
        value_max=_first(record, "value_max"),
        unit=_first(record, "unit"),
        direction=_first(record, "direction"),
        bound=_first(record, "bound"),
        baseline_year=_first(record, "baseline_year"),
        target_year=_first(record, "target_year"),
        effective_year=_first(record, "effective_year"),
        status=_first(record, "status") or "not_specified",
        governing_document=_first(record, "document"),
    )


def _initiative(record: Record, evidence: Evidence) -> Initiative:
    return Initiative(
        name=_first(record, "name") or record["quotes"][0],
        initiative_type=_first(record, "initiative_type") or "other",
        status=_status(record),
        evidence=evidence,
        start_year=_first(record, "start_year"),
        end_year=_first(record, "end_year"),
        sectors=tuple(record.get("sectors", ())),
    )


def _evidence(record: Record, raw: str, document: Document) -> Evidence:
    spans = []
    for quote in record["quotes"]:
        start = raw.find(quote)
        if start < 0:
            raise ValueError(f"{record['doc']}: the annotated quote is not in the text: {quote!r}")
        spans.append(Span(start, start + len(quote)))
    section = next(
        (
            sentence.section
            for sentence in document.sentences
            if document.clean.raw_span(*sentence.span)[1] > spans[0].start and sentence.kind != "heading"
        ),
        "other",
    )
    return Evidence(spans=tuple(spans), section=section, rule_id="annotated", confidence=1.0)


def _scope(record: Record) -> str:
    """A scope that the annotator found doubtful is none: the order of the accepted readings means nothing."""
    scopes = _all(record, "scope")
    definite = [scope for scope in scopes if scope != "sector"]
    return "not_specified" if not definite or "not_specified" in scopes else str(definite[0])


def _status(record: Record) -> str:
    """The least of the accepted statuses, so that the order in which they are listed makes no change."""
    statuses = [status for status in _all(record, "status") if status and status != "not_specified"]
    return min(statuses, key=_LADDER.index) if statuses else "not_specified"


def _all(record: Record, name: str) -> list[Any]:
    value = record.get(name)
    return value if isinstance(value, list) else [value] if value is not None else []


def _first(record: Record, name: str) -> Any:
    value = record.get(name)
    while isinstance(value, list):
        value = value[0] if value else None
    return value
