"""Train the linear model of initiatives: python -m orchestration.quality.train_initiatives [--check].

Writes lexicon/initiative_weights.toml. Deterministic: same texts and features, same weights. Needs numpy (comes with
pandas); running the extraction does not. With --check: figures cross-validated by writer, nothing written.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from orchestration.contracts.document import divide
from orchestration.contracts.model import Span
from orchestration.contracts.municipalities import Register
from orchestration.extraction.facts import Facts
from orchestration.extraction.initiatives.features import features
from orchestration.extraction.initiatives.find import find_initiatives
from orchestration.extraction.initiatives.mentions import Mention, find_mentions
from orchestration.extraction.initiatives.model import Model
from orchestration.extraction.lexicons import FOLDER
from orchestration.quality.agreement import name_match, overlap, places
from orchestration.quality.gold import GoldSet, Record, load_gold_sets, records_of
from orchestration.quality.scoring import score

_ROOT = Path(__file__).parents[2]
_RIDGE = 3
_STEPS = 60
_FEWEST = 3
_THRESHOLD = 0.5
_THRESHOLDS = (0.35, 0.4, 0.45, 0.5, 0.55, 0.6)
_HEAD = f"""# Made by orchestration.quality.train_initiatives; not to be edited by hand.
# A weight above 0 speaks for an initiative; one is reported from the probability `threshold`.

threshold = {_THRESHOLD}

[weights]
"""
_TRAINED_ON = (
    "first_texts",
    "train",
    "train_contracts",
    "authored_a",
    "authored_b",
    "authored_c",
    "authored_d",
    "authored_f",
)
_INFORMAL = frozenset({"lulea-2022", "jonkoping-2023", "trollhattan-2024"})
_INVENTED = "invented"
_TITLE = "Viktigaste uppdateringar för kommunen\n\n"
"""What the texts of the genre begin with: gives an invented sentence the section of its like."""


class Sample(NamedTuple):
    """A candidate of a readable text: who wrote it, its features, 1 for an initiative and 0 for none."""

    hand: str
    features: list[str]
    label: float


def samples(gold: GoldSet, register: Register) -> list[Sample]:
    """Every candidate of a set's texts; those of optional records are left out."""
    found: list[Sample] = []
    municipality_of = {record["doc"]: record["municipality"] for record in gold.records}
    for doc in gold.documents:
        municipality = register.named(municipality_of[doc])
        document = divide(gold.texts[doc])
        records = [record for record in gold.records if record["doc"] == doc and record["kind"] == "initiative"]
        spans = [[span for quote in record["quotes"] for span in places(document.raw, quote)] for record in records]
        mentions = list(find_mentions(document, municipality))
        raw_spans = [
            document.clean.raw_span(m.tokens[m.phrase.first].start, m.tokens[m.phrase.last].end) for m in mentions
        ]
        for number, label in _labels(records, spans, mentions, raw_spans):
            if label is not None:
                found.append(Sample(hand_of(gold.name, doc), features(mentions[number], municipality), label))
    return found


def _labels(
    records: list[Record], spans: list[list[tuple[int, int]]], mentions: list[Mention], raw_spans: list[Span]
) -> list[tuple[int, float | None]]:
    """1 for candidates that name a record or alone stand in its quote, 0 for others, None for optional ones."""
    found: list[tuple[int, float | None]] = []
    names = [[name_match(record.get("name"), mention.phrase.name) >= 0.6 for record in records] for mention in mentions]
    inside = [[any(overlap(span, raw)[0] >= 0.5 for span in own) for own in spans] for raw in raw_spans]
    for number in range(len(mentions)):
        label: float | None = 0.0
        for index, record in enumerate(records):
            is_named = names[number][index]
            stands_alone = inside[number][index] and not any(
                inside[other][index] and names[other][index] for other in range(len(mentions)) if other != number
            )
            if is_named or stands_alone:
                label = None if record.get("optional") and label != 1.0 else 1.0
        found.append((number, label))
    return found


def invented(path: Path, register: Register) -> tuple[list[Sample], list[str]]:
    """Samples of the invented sentences, and the bracketed initiatives that no candidate touches."""
    found: list[Sample] = []
    unreached: list[str] = []
    municipality = register.named("Säffle")
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        raw, spans = _without_brackets(_TITLE + line)
        document = divide(raw)
        touched = set()
        for mention in find_mentions(document, municipality):
            tokens, phrase = mention.tokens, mention.phrase
            own = document.clean.raw_span(tokens[phrase.first].start, tokens[phrase.last].end)
            hits = {number for number, span in enumerate(spans) if overlap(span, own)[0] >= 0.5}
            touched |= hits
            found.append(Sample(_INVENTED, features(mention, municipality), float(bool(hits))))
        unreached += [
            raw[start:end] + "  <  " + line for number, (start, end) in enumerate(spans) if number not in touched
        ]
    return found, unreached


def _without_brackets(line: str) -> tuple[str, list[tuple[int, int]]]:
    raw, spans, start = "", [], 0
    for character in line:
        if character == "[":
            start = len(raw)
        elif character == "]":
            spans.append((start, len(raw)))
        else:
            raw += character
    return raw, spans


def train(rows: Sequence[Sequence[str]], labels: npt.NDArray[np.float64]) -> dict[str, float]:
    """Ridge logistic regression by Newton's method; features seen in fewer than three candidates are left out."""
    counts = Counter(feature for row in rows for feature in row)
    names = ["bias", *sorted(feature for feature, count in counts.items() if count >= _FEWEST)]
    place = {name: number for number, name in enumerate(names)}
    matrix = np.zeros((len(rows), len(names)))
    matrix[:, 0] = 1.0
    for number, row in enumerate(rows):
        matrix[number, [place[feature] for feature in row if feature in place]] = 1.0
    weights = np.zeros(len(names))
    ridge = np.full(len(names), float(_RIDGE))
    ridge[0] = 1e-3
    for _ in range(_STEPS):
        chance = 1.0 / (1.0 + np.exp(-np.clip(matrix @ weights, -30, 30)))
        gradient = matrix.T @ (chance - labels) + ridge * weights
        curvature = (matrix * (chance * (1 - chance))[:, None]).T @ matrix + np.diag(ridge)
        step = np.linalg.solve(curvature, gradient)
        weights -= step
        if float(np.abs(step).max()) < 1e-8:
            break
    return {name: float(weight) for name, weight in zip(names, weights, strict=True)}


def hand_of(gold: str, doc: str) -> str:
    """Who wrote a document: a set is of one hand each, but for `train`, where three texts are informal."""
    return f"{gold}, informal" if doc in _INFORMAL else gold


def cross_validate(golds: Sequence[GoldSet], rows: Sequence[Sample], register: Register) -> None:
    """Print precision and recall by hand and threshold: each hand's texts read by a model that has not seen that hand.

    The figures are those of the scorer, from text to fact, so a threshold or a feature is chosen by what readers get.
    """
    by_hand: dict[str, list[tuple[GoldSet, str]]] = defaultdict(list)
    for gold in golds:
        for doc in gold.documents:
            by_hand[hand_of(gold.name, doc)].append((gold, doc))
    documents = {(gold.name, doc): divide(gold.texts[doc]) for pairs in by_hand.values() for gold, doc in pairs}
    totals: dict[float, Counter[str]] = defaultdict(Counter)
    for hand, pairs in by_hand.items():
        outside = [row for row in rows if row.hand != hand]
        weights = train([row.features for row in outside], np.array([row.label for row in outside]))
        line = []
        for threshold in _THRESHOLDS:
            counts: Counter[str] = Counter()
            for gold, doc in pairs:
                records = [record for record in gold.records if record["doc"] == doc]
                municipality = register.named(records[0]["municipality"])
                found = find_initiatives(documents[gold.name, doc], municipality, Model(weights, threshold))
                predictions = list(records_of(doc, gold.texts[doc], Facts(initiatives=found)))
                figures, _ = score(records, predictions, [doc], gold.texts)
                kind = figures["kinds"]["initiative"]
                counts.update({key: kind[key] for key in ("gold", "matched", "false_positive")})
            totals[threshold].update(counts)
            line.append(_figures(counts))
        print(f"{hand:<24}" + "   ".join(line))
    print(f"{'threshold':<24}" + "   ".join(f"{threshold:<14}" for threshold in _THRESHOLDS))
    print(f"{'all':<24}" + "   ".join(_figures(totals[threshold]) for threshold in _THRESHOLDS))


def _figures(counts: Counter[str]) -> str:
    matched, wrong, gold = counts["matched"], counts["false_positive"], counts["gold"]
    precision, recall = matched / max(matched + wrong, 1), matched / max(gold, 1)
    return f"{precision:.2f} {recall:.2f} {2 * matched / max(matched + wrong + gold, 1):.3f}"


def main() -> None:
    """Train on all readable documents and write the weights; with --check, cross-validate instead."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--gold", type=Path, default=_ROOT / "tests" / "gold")
    options = parser.parse_args()
    register = Register.from_csv(_ROOT / "dbt_project" / "seeds" / "municipalities.csv")
    golds = [gold for gold in load_gold_sets(options.gold) if gold.name in _TRAINED_ON and not gold.is_unseen]
    rows = [sample for gold in golds for sample in samples(gold, register)]
    extra, unreached = invented(options.gold / "initiative_sentences" / "sentences.txt", register)
    rows += extra
    if options.check:
        cross_validate(golds, rows, register)
        print(*unreached, sep="\nno candidate: ")
        return
    weights = train([row.features for row in rows], np.array([row.label for row in rows]))
    lines = [f'"{name}" = {weight:.3f}' for name, weight in weights.items() if abs(weight) >= 0.0005]
    (FOLDER / "initiative_weights.toml").write_text(_HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(rows)} candidates, {int(sum(row.label for row in rows))} initiatives, {len(lines)} weights")


if __name__ == "__main__":
    main()
