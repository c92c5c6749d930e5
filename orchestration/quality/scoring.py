"""Scoring: predictions paired with gold records one to one, and counted.

Here: pairing and the figures. Not here: when two values agree (agreement), which sets there are (gold).

Pairs are made per document and kind, greedily, where spans overlap by half of the shorter one or, for initiatives,
names agree. Order: overlap, then gold records that are not optional, then how many attributes agree, then how closely
the spans coincide. A prediction left over that fits a matched record is a duplicate, one on a `not_goal` record a trap
hit; both are false positives. `optional` records count neither way.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from orchestration.quality.agreement import (
    NOT_ATTRIBUTES,
    Range,
    Record,
    attribute_agrees,
    best_overlap,
    name_match,
    nfc,
    places,
)

KINDS = ("goal", "outcome", "initiative")
_HALF, _SAME_NAME, _SHORTEST_NOTE = 0.5, 0.6, 30


@dataclass(frozen=True)
class Gold:
    """A gold record with every place where one of its quotes stands."""

    record: Record
    spans: list[Range]

    @property
    def is_optional(self) -> bool:
        """Whether it may be found or not."""
        return bool(self.record.get("optional"))


@dataclass
class Tally:
    """What was counted so far."""

    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    attributes: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    quotes: list[int] = field(default_factory=lambda: [0, 0])
    trap_predictions: int = 0
    detail: dict[str, list[tuple[Any, ...]]] = field(
        default_factory=lambda: {
            name: []
            for name in ("misses", "false_positives", "duplicates", "trap_hits", "attribute_errors", "bad_quotes")
        }
    )


def score(
    gold: Sequence[Record], predictions: Sequence[Record], documents: Sequence[str], texts: Mapping[str, str]
) -> tuple[dict[str, Any], dict[str, list[tuple[Any, ...]]]]:
    """(figures, every miss and error behind them) of the predictions over the documents."""
    tally = Tally()
    records = [Gold(record, [place for quote in record["quotes"] for place in places(_text(texts, record), quote)])
               for record in gold]  # fmt: skip
    for kind in KINDS:
        for document in documents:
            golds = [g for g in records if g.record["doc"] == document and g.record["kind"] == kind]
            traps = [g for g in records if g.record["doc"] == document and g.record["kind"] == "not_goal"]
            found = [p for p in predictions if nfc(p["doc"]) == nfc(document) and p["kind"] == kind]
            _check_quotes(tally, found, texts[document])
            _count(tally, document, kind, golds, traps, found)
    traps_in_gold = sum(record["kind"] == "not_goal" for record in gold)
    figures = {
        "kinds": {kind: _figures(tally.counts[kind]) for kind in KINDS},
        "attributes": {
            kind: {
                attribute: {"right": right, "of": of, "accuracy": right / of}
                for (of_kind, attribute), (right, of) in sorted(tally.attributes.items())
                if of_kind == kind
            }
            for kind in KINDS
        },
        "traps": {"in_gold": traps_in_gold, "predictions": tally.trap_predictions},
        "quote_exact": {"right": tally.quotes[0], "of": tally.quotes[1]},
    }
    return figures, tally.detail


def wilson(correct: int, total: int, z: float = 1.959964) -> tuple[float, float]:
    """The 95 % Wilson interval of a share."""
    if total == 0:
        return 0.0, 1.0
    share, d = correct / total, 1 + z * z / total
    centre, half = share + z * z / (2 * total), z * ((share * (1 - share) / total + z * z / (4 * total * total)) ** 0.5)
    return max(0.0, (centre - half) / d), min(1.0, (centre + half) / d)


def _text(texts: Mapping[str, str], record: Record) -> str:
    return texts.get(record["doc"], "")


def _span(prediction: Record) -> Range | None:
    start, end = prediction.get("char_start"), prediction.get("char_end")
    return (start, end) if isinstance(start, int) and isinstance(end, int) and 0 <= start < end else None


def _check_quotes(tally: Tally, predictions: Iterable[Record], text: str) -> None:
    for prediction in predictions:
        span = _span(prediction)
        is_literal = span is not None and text[span[0] : span[1]] == prediction.get("quote")
        tally.quotes[0] += is_literal
        tally.quotes[1] += 1
        if not is_literal:
            tally.detail["bad_quotes"].append((prediction["doc"], prediction["kind"], prediction.get("quote")))


def _pairs(golds: Sequence[Gold], predictions: Sequence[Record]) -> list[tuple[int, int]]:
    """(gold, prediction) by index, every pair that could match, the best first."""
    ranked = []
    for number, prediction in enumerate(predictions):
        for index, gold in enumerate(golds):
            share, closeness = best_overlap(gold.spans, _span(prediction))
            names = 0.0
            if gold.record["kind"] == "initiative":
                names = name_match(gold.record.get("name"), prediction.get("name"))
            if share >= _HALF or names >= _SAME_NAME:
                rank = min(1.0, round(share, 3)) if share >= _HALF else 0.0
                agreeing = _agreement(gold.record, prediction) + names
                ranked.append((-rank, gold.is_optional, -agreeing, -closeness, index, number))
    return [(index, number) for *_, index, number in sorted(ranked)]


def _agreement(gold: Record, prediction: Record) -> float:
    verdicts = [attribute_agrees(name, gold, prediction) for name in gold if name not in NOT_ATTRIBUTES]
    known = [verdict for verdict in verdicts if verdict is not None]
    return sum(known) / len(known) if known else 0.0


def _count(
    tally: Tally, document: str, kind: str, golds: Sequence[Gold], traps: Sequence[Gold], found: Sequence[Record]
) -> None:
    counts = tally.counts[kind]
    taken: dict[int, int] = {}
    fitting = set()
    for index, number in _pairs(golds, found):
        fitting.add(number)
        if index not in taken and number not in taken.values():
            taken[index] = number
    counts["gold"] += sum(not gold.is_optional for gold in golds)
    counts["predicted"] += len(found)
    for index, gold in enumerate(golds):
        label = gold.record.get("name") or gold.record["quotes"][0]
        if gold.is_optional:
            continue
        if index not in taken:
            tally.detail["misses"].append((document, kind, gold.record.get("name") or "", gold.record["quotes"][0]))
            continue
        counts["matched"] += 1
        _count_attributes(tally, document, kind, gold.record, found[taken[index]], label)
    for number, prediction in enumerate(found):
        if number in taken.values():
            continue
        counts["false_positive"] += 1
        row = (document, kind, prediction.get("name") or "", prediction.get("quote"))
        if number in fitting:
            counts["duplicates"] += 1
            tally.detail["duplicates"].append(row)
        elif kind == "goal" and (hit := _trap(traps, prediction)):
            counts["trap_hits"] += 1
            tally.trap_predictions += 1
            tally.detail["trap_hits"].append((*row, str(hit.record.get("note", ""))[:_SHORTEST_NOTE]))
        else:
            tally.detail["false_positives"].append(row)


def _trap(traps: Iterable[Gold], prediction: Record) -> Gold | None:
    return next((trap for trap in traps if best_overlap(trap.spans, _span(prediction))[0] >= _HALF), None)


def _count_attributes(
    tally: Tally, document: str, kind: str, gold: Record, prediction: Record, label: str
) -> None:  # fmt: skip
    for name, expected in gold.items():
        verdict = None if name in NOT_ATTRIBUTES else attribute_agrees(name, gold, prediction)
        if verdict is None:
            continue
        tally.attributes[kind, name][0] += verdict
        tally.attributes[kind, name][1] += 1
        if not verdict:
            tally.detail["attribute_errors"].append((document, kind, name, expected, prediction.get(name), label))


def _figures(counts: Counter[str]) -> dict[str, Any]:
    answered = counts["matched"] + counts["false_positive"]
    precision = counts["matched"] / answered if answered else 0.0
    recall = counts["matched"] / counts["gold"] if counts["gold"] else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    names = ("gold", "predicted", "matched", "false_positive", "duplicates", "trap_hits")
    return {name: counts[name] for name in names} | {"precision": precision, "recall": recall, "f1": f1}
