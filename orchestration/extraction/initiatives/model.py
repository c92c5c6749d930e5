"""Which candidates are initiatives: a small linear model over features that a person can read.

Here: the sum. The weights are data (lexicon/initiative_weights.toml), made by orchestration.quality.train_initiatives
from the sets that may be read. Not here: the features (features, surroundings), candidates, attributes.
"""

import math
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

from orchestration.extraction.lexicons import lexicon


class Model(NamedTuple):
    """What each feature speaks for or against, and the probability from which a candidate is an initiative."""

    weights: Mapping[str, float]
    threshold: float

    def score(self, found: Iterable[str]) -> float:
        """The probability that a candidate with these features is an initiative."""
        total = self.weights.get("bias", 0.0) + sum(self.weights.get(feature, 0.0) for feature in found)
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


@cache
def committed() -> Model:
    """The model of lexicon/initiative_weights.toml."""
    table = lexicon("initiative_weights")
    return Model({name: float(weight) for name, weight in table["weights"].items()}, float(table["threshold"]))
