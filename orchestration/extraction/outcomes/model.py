"""Which quantities that no rule knows are results: a small linear model over features that a person can read.

Here: the sum and the threshold. The weights are data (lexicon/outcome_weights.toml), made by
orchestration.quality.train_outcomes from the sets that may be read. Not here: the features (outcome_features).
"""

import math
from functools import cache

from orchestration.extraction.lexicons import FOLDER, lexicon

THRESHOLD = 0.8
"""Chance from which a quantity without a rule is a result; chosen by leaving one writer out (docs/extraction.md)."""
_LARGEST = 30.0
"""Sums beyond this are certain; keeps exp in range."""


@cache
def weights() -> dict[str, float]:
    """Feature → weight; empty before the first training."""
    if not (FOLDER / "outcome_weights.toml").exists():
        return {"bias": -_LARGEST}
    return {name: float(weight) for name, weight in lexicon("outcome_weights")["weights"].items()}


def chance(found: list[str]) -> float:
    """The model's probability that a quantity with these features is a result."""
    table = weights()
    total = table["bias"] + sum(table.get(feature, 0.0) for feature in found)
    return 1.0 / (1.0 + math.exp(-max(-_LARGEST, min(_LARGEST, total))))
