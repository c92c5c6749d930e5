"""Corrections applied to the facts of one document, found by their quotes.

Here: which fact a line speaks of, and what becomes of its rows. Not here: reading the file, the warehouse. A line that
finds nothing changes nothing and is told; a line is never dropped.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from orchestration.corrections.columns import Kind
from orchestration.corrections.reading import Correction, plain

Row = dict[str, Any]
Tables = dict[str, list[Row]]
Outcome = Literal["applied", "not_found", "ambiguous", "conflict"]

REVIEWED = "reviewed"
_OVERLAP = 0.5
"""A line speaks of a fact whose quote shares this much of the shorter of the two."""
_TABLES: dict[Kind, str] = {
    "goal": "goal_mention", "outcome": "outcome_mention", "initiative": "initiative_mention",
}  # fmt: skip


@dataclass(frozen=True)
class Effect:
    """What became of one line in one document. `fact_no`: the fact it found or made; `before`: what it said."""

    line: int
    kind: Kind
    outcome: Outcome
    reason: str | None = None
    fact_no: int | None = None
    before: str | None = None


def apply_corrections(
    lines: Sequence[Correction],
    tables: Tables,
    raw: str,
    section_at: Callable[[int], str],
    blank: Callable[[Kind], Row],
) -> tuple[Tables, list[Effect]]:
    """The document's rows after the corrections of its contract version, and what became of each line.

    `section_at` gives the canonical section at a raw offset, `blank` an empty row of a kind with the document's key.
    The given rows are not changed. Rows keep their numbers; new facts get numbers after the last.
    """
    tables = {table: [dict(row) for row in rows] for table, rows in tables.items()}
    found: dict[tuple[Kind, int], list[Correction]] = {}
    effects: list[Effect] = []
    for line in sorted(lines, key=lambda line: line.line):
        span = find_quote(raw, line.quote)
        matches = _matches(line, tables[_TABLES[line.kind]], span)
        if line.action == "add" and not matches:
            effects.append(_add(line, tables, raw, span, section_at, blank))
        elif not matches:
            effects.append(Effect(line.line, line.kind, "not_found", _why_not_found(line, span)))
        elif len(matches) > 1:
            effects.append(Effect(line.line, line.kind, "ambiguous", (
                f"{len(matches)} facts have this quote; write in nr which of them is meant, 1 to {len(matches)}"
            )))  # fmt: skip
        else:
            found.setdefault((line.kind, matches[0]["fact_no"]), []).append(line)
    for (kind, fact_no), group in found.items():
        if len(group) > 1:
            numbers = ", ".join(str(line.line) for line in group)
            effects += [
                Effect(
                    line.line, kind, "conflict", f"lines {numbers} judge the same fact; none of them applies", fact_no
                )
                for line in group
            ]
        else:
            effects.append(_change(group[0], tables, fact_no))
    return tables, sorted(effects, key=lambda effect: effect.line)


def find_quote(raw: str, quote: str) -> tuple[int, int] | None:
    """The first place where the words stand in the text, whatever the white space between them; None where nowhere."""
    words = quote.split()
    match = re.search(r"\s+".join(map(re.escape, words)), raw) if words else None
    return match.span() if match else None


def _matches(line: Correction, rows: Sequence[Row], span: tuple[int, int] | None) -> list[Row]:
    ordered = sorted(rows, key=lambda row: (row["char_start"], row["fact_no"]))
    same = [row for row in ordered if plain(row["quote"]) == plain(line.quote)]
    if not same and span and line.nr is None:
        same = [row for row in ordered if _shared(span, row) >= _OVERLAP]
        best = max((_shared(span, row) for row in same), default=0.0)
        same = [row for row in same if _shared(span, row) == best]
    if line.nr is not None:
        return same[line.nr - 1 : line.nr]
    return same


def _shared(span: tuple[int, int], row: Row) -> float:
    shared = min(span[1], row["char_end"]) - max(span[0], row["char_start"])
    return float(max(shared, 0) / min(span[1] - span[0], row["char_end"] - row["char_start"]))


def _why_not_found(line: Correction, span: tuple[int, int] | None) -> str:
    if span is None:
        return (
            "the quote does not stand in the text. Has the text been revised? Copy the words anew, or remove the line"
        )
    return f"the quote stands in the text, but no {line.kind} was found there. Use add to make it one"


def _add(
    line: Correction, tables: Tables, raw: str, span: tuple[int, int] | None, section_at: Callable[[int], str],
    blank: Callable[[Kind], Row],
) -> Effect:  # fmt: skip
    if span is None:
        return Effect(line.line, line.kind, "not_found", _why_not_found(line, span))
    rows = tables[_TABLES[line.kind]]
    number = 1 + max((row["fact_no"] for row in rows), default=0)
    quote = raw[span[0] : span[1]]
    row = blank(line.kind) | {
        "fact_no": number, "quote": quote, "char_start": span[0], "char_end": span[1], "section": section_at(span[0]),
        "rule_id": "correction", "confidence": 1.0, "extractor": REVIEWED,
    }  # fmt: skip
    if "statement" in row:
        row["statement"] = plain(quote)
    _set(row, line)
    rows.append(row)
    return Effect(line.line, line.kind, "applied", None, number)


def _change(line: Correction, tables: Tables, fact_no: int) -> Effect:
    table = _TABLES[line.kind]
    row = next(row for row in tables[table] if row["fact_no"] == fact_no)
    before = "; ".join(f"{name}={row[name]}" for name, _ in line.values if name in row) or None
    if line.action == "reject":
        before = plain(row["quote"])
        tables[table] = [other for other in tables[table] if other["fact_no"] != fact_no]
        for name in ("actor_mention", "evidence_mention"):
            tables[name] = [
                other for other in tables[name] if (other["fact_kind"], other["fact_no"]) != (line.kind, fact_no)
            ]
        if line.kind in ("goal", "initiative"):
            tables["goal_initiative_mention"] = [
                other for other in tables["goal_initiative_mention"] if other[f"{line.kind}_no"] != fact_no
            ]
    else:
        row |= {"extractor": REVIEWED, "confidence": 1.0}
        _set(row, line)
    return Effect(line.line, line.kind, "applied", None, fact_no, before)


def _set(row: Row, line: Correction) -> None:
    for name, value in line.values:
        if name == "sector" and line.kind == "initiative":
            row["sectors"] = [value, *(sector for sector in row["sectors"] if sector != value)]
        else:
            row[name] = value
        if name == "status" and line.kind == "initiative":
            row["status_max"] = None
