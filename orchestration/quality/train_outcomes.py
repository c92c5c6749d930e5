"""Train the linear model of outcomes: python -m orchestration.quality.train_outcomes [--check].

Writes lexicon/outcome_weights.toml. Deterministic: same texts and features, same weights. Needs numpy (comes with
pandas); running the extraction does not. With --check: figures cross-validated by set (one writer each), nothing
written.
"""

import argparse
import math
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from orchestration.contracts.document import divide
from orchestration.contracts.municipalities import Register
from orchestration.extraction.clauses.reading import read
from orchestration.extraction.goals.find import find_goals
from orchestration.extraction.lexicons import FOLDER
from orchestration.extraction.outcomes.find import find_outcomes
from orchestration.extraction.outcomes.model import THRESHOLD
from orchestration.quality.agreement import Record, places
from orchestration.quality.gold import GoldSet, load_gold_sets, version_year
from orchestration.quality.train_initiatives import train

_ROOT = Path(__file__).parents[2]
_HEAD = """# Made by orchestration.quality.train_outcomes; not to be edited by hand.
# A weight above 0 speaks for a result.

[weights]
"""
_NEARLY = 0.02
"""Relative difference within which a quantity has the value of a record."""


def predict(weights: dict[str, float], row: list[str]) -> float:
    """The probability that the weights give a row."""
    total = weights["bias"] + sum(weights.get(feature, 0.0) for feature in row)
    return 1.0 / (1.0 + math.exp(-total))


class Sample(NamedTuple):
    """A quantity that may be a result: its set (one writer), its features, its label and what the rules say."""

    writer: str
    features: list[str]
    label: float
    is_by_rule: bool


def samples(gold: GoldSet, register: Register) -> Iterator[Sample]:
    """Every candidate of a set; those of optional records are left out."""
    municipality_of = {record["doc"]: record["municipality"] for record in gold.records}
    for doc in gold.documents:
        document, municipality, year = divide(gold.texts[doc]), register.named(municipality_of[doc]), version_year(doc)
        readings = read(document, year or 0)
        goals = find_goals(document, municipality, readings, year)
        taken = frozenset(span for goal in goals for span in goal.evidence.spans)
        records = [record for record in gold.records if record["doc"] == doc and record["kind"] == "outcome"]
        candidates: list[tuple[tuple[int, int], float, list[str], bool]] = []
        find_outcomes(document, municipality, readings, taken, year, candidates=candidates)
        for span, value, found, is_by_rule in candidates:
            label = _label(document.raw, records, span, value)
            if label is not None:
                yield Sample(gold.name, found, label, is_by_rule)


def _label(raw: str, records: list[Record], span: tuple[int, int], value: float) -> float | None:
    """1 for a quantity inside a record's quote that has its value, None for an optional record's, else 0."""
    label: float | None = 0.0
    for record in records:
        is_inside = any(
            start <= span[0] + 1 and span[1] <= end + 1
            for quote in record["quotes"]
            for start, end in places(raw, quote)
        )
        if is_inside and _has_value(record.get("value"), value):
            label = (label or None) if record.get("optional") else 1.0
    return label


def _has_value(expected: object, value: float) -> bool:
    if expected is None:
        return True
    accepted = expected if isinstance(expected, list) else [expected]
    return any(isinstance(one, int | float) and abs(one - value) <= _NEARLY * abs(value) + 0.4 for one in accepted)


def main() -> None:
    """Train on all readable documents and write the weights; with --check, leave one writer out instead."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--gold", type=Path, default=_ROOT / "tests" / "gold")
    options = parser.parse_args()
    register = Register.from_csv(_ROOT / "dbt_project" / "seeds" / "municipalities.csv")
    rows = [sample for gold in load_gold_sets(options.gold) if not gold.is_unseen for sample in samples(gold, register)]
    if options.check:
        _cross_validate(rows)
        return
    weights = train([row.features for row in rows], np.array([row.label for row in rows]))
    lines = [f'"{name}" = {weight:.3f}' for name, weight in weights.items() if abs(weight) >= 0.0005]
    (FOLDER / "outcome_weights.toml").write_text(_HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(rows)} candidates, {int(sum(row.label for row in rows))} results, {len(lines)} weights")


def _cross_validate(rows: list[Sample]) -> None:
    for writer in sorted({row.writer for row in rows}):
        others = [row for row in rows if row.writer != writer]
        weights = train([row.features for row in others], np.array([row.label for row in others]))
        own = [row for row in rows if row.writer == writer]
        for name, chosen in (
            ("rules", [row.is_by_rule for row in own]),
            ("rules or model", [row.is_by_rule or predict(weights, row.features) > THRESHOLD for row in own]),
        ):
            hits = sum(row.label for row, is_in in zip(own, chosen, strict=True) if is_in)
            total = sum(row.label for row in own)
            print(f"{writer:<16} {name:<15} P {hits / max(sum(chosen), 1):.3f} R {hits / total:.3f} of {total:.0f}")


if __name__ == "__main__":
    main()
