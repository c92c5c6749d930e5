"""Which quantities are results: a small linear model over features that a person can read.

Here: the sum and the thresholds. The weights are data (lexicon/outcome_weights.toml), made by
orchestration.quality.train_outcomes from the sets that may be read. Not here: the features (features).
"""

import math
from functools import cache
from typing import NamedTuple

from orchestration.extraction.lexicons import FOLDER, lexicon

THRESHOLD = 0.7
"""Chance from which a quantity without a rule is a result; chosen by leaving one writer out (docs/extraction.md)."""
VETO = 0.2
"""Chance below which a quantity is no result, whatever a rule says; chosen in the same way."""
_LARGEST = 30.0
"""Sums beyond this are certain; keeps exp in range."""


class Model(NamedTuple):
    """Feature → weight, and the two thresholds."""

    weights: dict[str, float]
    threshold: float
    veto: float

    def chance(self, found: list[str]) -> float:
        """The probability that a quantity with these features is a result."""
        total = self.weights["bias"] + sum(self.weights.get(feature, 0.0) for feature in found)
        return 1.0 / (1.0 + math.exp(-max(-_LARGEST, min(_LARGEST, total))))


@cache
def trained() -> Model:
    """The model as trained; one that knows nothing before the first training."""
    if not (FOLDER / "outcome_weights.toml").exists():
        return Model({"bias": -_LARGEST}, 1.0, 0.0)
    weights = {name: float(weight) for name, weight in lexicon("outcome_weights")["weights"].items()}
    return Model(weights, THRESHOLD, VETO)
