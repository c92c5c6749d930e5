"""One-to-one pairing of two sets from how alike their members are.

Here: the choice among scores. Not here: the scores. The most alike pair is taken first, then the next among those left:
with symmetric scores that is the one pairing in which no two would rather have each other (a stable matching). It is
chosen over a maximum-weight assignment because a fact more or less elsewhere never moves a pair that is alike, and
because it never gives up a sure pair for two doubtful ones (docs/decisions/0101-entity-ids.md).
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")


def pair(
    first: Sequence[T],
    second: Sequence[T],
    score: Callable[[T, T], float],
    order: Callable[[T], tuple[object, ...]],
    least: float,
) -> list[tuple[T, T, float]]:
    """Pairs (member of first, member of second, score), the most alike first; no pair scores below `least`.

    `order` gives each member of both sets a sortable key of its content, which settles equal scores the same way
    whatever the order in which the sets are given, and whichever is given first.
    """
    candidates = []
    for one in first:
        for other in second:
            value = round(score(one, other), 6)
            if value >= least:
                keys = (order(one), order(other))
                candidates.append((-value, sorted(keys), keys, one, other))  # type: ignore[type-var]
    candidates.sort(key=lambda candidate: candidate[:2])
    taken_first: set[tuple[object, ...]] = set()
    taken_second: set[tuple[object, ...]] = set()
    pairs = []
    for negative, _, (key, twin), one, other in candidates:
        if key not in taken_first and twin not in taken_second:
            taken_first.add(key)
            taken_second.add(twin)
            pairs.append((one, other, -negative))
    return pairs
