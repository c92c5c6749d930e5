"""The extraction's quality as last agreed to, and what has fallen below it.

Here: reading, writing and comparing tests/gold/baseline.json. Not here: measuring (scoring). A fall is a decision: it
is committed with `klimatlager baseline`, and shows in review.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from orchestration.contracts.municipalities import Register
from orchestration.quality.gold import load_gold_sets, predict
from orchestration.quality.table import quality_rows

TOLERANCE = 0.01
"""How far a figure may fall: less than one fact of the smallest set's hundred."""

Baseline = dict[str, float]
"""Figures by "set, kind, metric"."""


@dataclass(frozen=True)
class Fall:
    """A figure below the baseline by more than the tolerance."""

    place: str
    baseline: float
    measured: float


def place(gold_set: str, kind: str, metric: str) -> str:
    """A figure's name in the baseline."""
    return f"{gold_set}, {kind}, {metric}"


def read_baseline(path: Path) -> Baseline:
    """The baseline. Raises FileNotFoundError, or ValueError for what is no JSON."""
    return {name: float(value) for name, value in json.loads(path.read_text(encoding="utf-8")).items()}


def falls(rows: Iterable[tuple[str, str, str, float]], baseline: Baseline) -> list[Fall]:
    """What of (gold_set, kind, metric, value) fell. A new set or kind falls below nothing, and one gone is no fall."""
    found = []
    for gold_set, kind, metric, value in rows:
        name = place(gold_set, kind, metric)
        if name in baseline and value < baseline[name] - TOLERANCE:
            found.append(Fall(name, baseline[name], value))
    return sorted(found, key=lambda fall: fall.place)


def measure(gold_dir: Path, register: Register) -> Baseline:
    """The figures of the code as it stands."""
    return {
        place(row["gold_set"], row["kind"], row["metric"]): round(row["value"], 4)
        for gold in load_gold_sets(gold_dir)
        for row in quality_rows(gold, predict(gold, register), "")
        if row["attribute"] == "" and row["value"] is not None and row["metric"] in ("precision", "recall", "f1")
    }


def write_baseline(path: Path, figures: Baseline) -> None:
    """Commit the figures to the file."""
    path.write_text(json.dumps(dict(sorted(figures.items())), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
