"""The next lines of raw/corrections.csv, for a person to judge in a spreadsheet.

Here: writing the file as a Swedish Excel opens it: UTF-8 with its mark, semicolons, decimal commas, nothing that a
spreadsheet takes for a formula. Not here: which facts come first (the caller's query).
"""

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from orchestration.corrections.columns import ATTRIBUTES, CLEARED, COLUMNS, FORMULA_STARTS, KEY_COLUMNS, OF_KIND, Kind
from orchestration.corrections.reading import Corrections, plain


def write_review(corrections: Corrections, facts: Iterable[Mapping[str, Any]]) -> bytes:
    """The file with every line that it has, then an undecided line a fact; those it has are left out.

    A fact is a mapping with kind, contract_version_id, quote, nr, confidence and the attributes of its kind.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    helps = KEY_COLUMNS | ATTRIBUTES
    writer.writerow(_comment([helps[name].sv for name in COLUMNS]))
    writer.writerow(_comment([helps[name].en for name in COLUMNS]))
    known = set()
    for _, row in corrections.rows:
        writer.writerow([safe(row.get(name, "")) for name in COLUMNS])
        known.add(_fact(row))
    for fact in facts:
        line = _line(fact)
        if _fact(line) not in known:
            writer.writerow([safe(line.get(name, "")) for name in COLUMNS])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def safe(cell: str) -> str:
    """The cell with an apostrophe before it where a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.lstrip().startswith(FORMULA_STARTS) and cell.strip() != CLEARED else cell


def _comment(cells: list[str]) -> list[str]:
    return [f"# {cells[0]}", *cells[1:]]


def _fact(row: Mapping[str, str]) -> tuple[str, str, str, str]:
    quote = row.get("quote", "")
    bare = quote[1:] if quote.startswith("'") and quote[1:].startswith(FORMULA_STARTS) else quote
    return (row.get("contract_version_id", "").strip(), row.get("kind", "").strip(), plain(bare), row.get("nr") or "")


def _line(fact: Mapping[str, Any]) -> dict[str, str]:
    kind: Kind = fact["kind"]
    line = {
        "contract_version_id": fact["contract_version_id"], "kind": kind, "quote": plain(fact["quote"]),
        "nr": "" if fact["nr"] is None else str(fact["nr"]), "confidence": _text(fact["confidence"]),
    }  # fmt: skip
    return line | {name: _text(fact.get(name)) for name in ATTRIBUTES if name in OF_KIND[kind]}


def _text(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.10g}".replace(".", ",") if isinstance(value, float) else str(value)
