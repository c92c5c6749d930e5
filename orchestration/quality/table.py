"""The scorer's figures as rows of raw.quality_extraction.

Here: which figures, and their intervals. Not here: matching (scoring).
"""

from collections.abc import Iterator
from typing import Any

from orchestration.quality.gold import GoldSet, Record
from orchestration.quality.scoring import KINDS, score, wilson


def quality_rows(gold: GoldSet, predictions: list[Record], extractor_version: str) -> Iterator[dict[str, Any]]:
    """Precision, recall and F1 a kind, accuracy an attribute, and the share of literal quotes of one set."""
    figures, _ = score(gold.records, predictions, gold.documents, gold.texts)
    common = {"gold_set": gold.name, "is_unseen": gold.is_unseen, "extractor_version": extractor_version}
    for kind in KINDS:
        row = figures["kinds"][kind]
        matched, answered = row["matched"], row["matched"] + row["false_positive"]
        yield common | _share(kind, "", "precision", matched, answered)
        yield common | _share(kind, "", "recall", matched, row["gold"])
        f1 = {"kind": kind, "attribute": "", "metric": "f1", "value": row["f1"], "low_95": None, "high_95": None}
        yield common | f1 | {"correct": matched, "total": answered + row["gold"] - matched}
        for attribute, count in figures["attributes"][kind].items():
            yield common | _share(kind, attribute, "accuracy", count["right"], count["of"])
    quotes, traps = figures["quote_exact"], figures["traps"]
    yield common | _share("all", "quote", "accuracy", quotes["right"], quotes["of"])
    yield common | _share("goal", "not_goal", "trap_hits", traps["predictions"], traps["in_gold"])


def _share(kind: str, attribute: str, metric: str, correct: int, total: int) -> dict[str, Any]:
    low, high = wilson(correct, total)
    return {"kind": kind, "attribute": attribute, "metric": metric, "value": correct / total if total else None,
            "low_95": low if total else None, "high_95": high if total else None, "correct": correct,
            "total": total}  # fmt: skip
