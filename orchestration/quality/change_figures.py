"""How right changes are told on the gold chains, as figures that a check holds to what was agreed.

Here: measuring a built warehouse once a version of the code, and the figures' names. Not here: pairing and counting
(changes), what a fall is (baseline).
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from orchestration.contracts.municipalities import Register
from orchestration.quality.baseline import Baseline, place
from orchestration.quality.changes import Chain, Figures, Origin, load_chains, predict_changes, score_chain

ORIGINS: tuple[Origin, ...] = ("gold", "extracted")


def measure_changes(warehouse: Path, gold_dir: Path, register: Register) -> Baseline:
    """The share of right change types and of changes that aren't wrongly called removed, by chain and origin of facts.

    Takes about a second a chain. Whoever calls it holds the warehouse's lock: its file is copied.
    """
    return {
        name: value
        for chain in load_chains(gold_dir)
        for origin in ORIGINS
        for name, value in figures_of(
            chain, origin, score_chain(chain, predict_changes(warehouse, [chain], register, origin))
        ).items()
    }


def figures_of(chain: Chain, origin: Origin, found: Figures) -> Baseline:
    """The figures of one chain by their names in the baseline."""
    kind = f"changes of {'annotated' if origin == 'gold' else 'extracted'} facts"
    return {
        place(chain.name, kind, "type right"): _share(found.right, found.gold),
        place(chain.name, kind, "not falsely removed"): _share(found.gold - found.false_removed, found.gold),
    }


def measured_once(cache: Path, version: str, warehouse: Path, gold_dir: Path, register: Register) -> Baseline:
    """The figures of this version of the code, from the cache where they were measured before."""
    known = _read(cache)
    if known is not None and known["version"] == version:
        return dict(known["figures"])
    figures = measure_changes(warehouse, gold_dir, register)
    cache.write_text(json.dumps({"version": version, "figures": figures}, ensure_ascii=False), encoding="utf-8")
    return figures


def as_rows(figures: Baseline) -> Sequence[tuple[str, str, str, float]]:
    """The figures as `baseline.falls` takes them."""
    return [(*name.rsplit(", ", 2), value) for name, value in figures.items()]  # type: ignore[misc]


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 1.0


def _read(cache: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(cache.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) and {"version", "figures"} <= found.keys() else None
