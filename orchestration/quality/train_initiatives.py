"""Train the linear model of initiatives: python -m orchestration.quality.train_initiatives [--check].

Writes lexicon/initiative_weights.toml. Deterministic: same texts and features, same weights. Needs numpy (comes with
pandas); running the extraction does not. With --check: figures cross-validated by document, nothing written.
"""

import argparse
from pathlib import Path

import numpy as np
import numpy.typing as npt

from orchestration.contracts.document import divide
from orchestration.contracts.municipalities import Register
from orchestration.extraction.initiative_model import features
from orchestration.extraction.initiatives import Mention, find_mentions
from orchestration.extraction.lexicons import FOLDER
from orchestration.quality.gold import GoldSet, Record, load_gold_sets
from orchestration.quality.agreement import name_match, overlap, places

_ROOT = Path(__file__).parents[2]
_RIDGE = 2
_STEPS = 60
_FEWEST = 3
_FEWEST_OF_A_NOUN = 8
_HEAD = """# Made by orchestration.quality.train_initiatives; not to be edited by hand.
# A weight above 0 speaks for an initiative.

[weights]
"""
_TRAINED_ON = ("first_texts", "train", "train_contracts")

# Who wrote a document: the real texts, the two hands of `train` (formal, informal), the hand of the contracts.
_HANDS = {
    **dict.fromkeys(
        ("Järfälla", "Lund", "Östersund", "Borlänge", "Kristianstad", "Växjö", "Enköping", "Karlstad", "Eskilstuna",
         "Umeå"),
        "real",
    ),
    **dict.fromkeys(("lulea", "jonkoping", "trollhattan"), "informal"),
    **dict.fromkeys(
        ("karlskrona-2021", "karlskrona-2022", "vasteras-2022", "vasteras-2024", "falun-2020", "halmstad-2023",
         "halmstad-2024"),
        "contracts",
    ),
}  # fmt: skip

Sample = tuple[str, list[str], float, Mention]


def samples(gold: GoldSet, register: Register) -> list[Sample]:
    """(document, features, label, mention) of every candidate; those of optional records are left out."""
    found: list[Sample] = []
    municipality_of = {record["doc"]: record["municipality"] for record in gold.records}
    for doc in gold.documents:
        municipality = register.named(municipality_of[doc])
        document = divide(gold.texts[doc])
        records = [record for record in gold.records if record["doc"] == doc and record["kind"] == "initiative"]
        spans = [[span for quote in record["quotes"] for span in places(document.raw, quote)] for record in records]
        mentions = list(find_mentions(document, municipality))
        raw_spans = [
            tuple(document.clean.raw_span(m.tokens[m.phrase.first].start, m.tokens[m.phrase.last].end))
            for m in mentions
        ]
        for record_label in _labels(records, spans, mentions, raw_spans):
            number, label = record_label
            if label is not None:
                found.append((doc, features(mentions[number], municipality), label, mentions[number]))
    return found


def _labels(
    records: list[Record], spans: list[list[tuple[int, int]]], mentions: list[Mention], raw_spans: list[tuple[int, ...]]
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
        raw, spans = _without_brackets(line)
        document = divide(raw)
        touched = set()
        for mention in find_mentions(document, municipality):
            tokens, phrase = mention.tokens, mention.phrase
            own = tuple(document.clean.raw_span(tokens[phrase.first].start, tokens[phrase.last].end))
            hits = {number for number, span in enumerate(spans) if overlap(span, own)[0] >= 0.5}
            touched |= hits
            found.append(("invented", features(mention, municipality), float(bool(hits)), mention))
        unreached += [
            raw[start:end] + "  <  " + raw for number, (start, end) in enumerate(spans) if number not in touched
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


def _fewest(feature: str) -> int:
    return _FEWEST_OF_A_NOUN if feature.startswith("base=") else _FEWEST


def train(rows: list[list[str]], labels: npt.NDArray[np.float64]) -> dict[str, float]:
    """Ridge logistic regression by Newton's method; features seen in fewer than two candidates are left out."""
    counts: dict[str, int] = {}
    for row in rows:
        for feature in row:
            counts[feature] = counts.get(feature, 0) + 1
    names = ["bias", *sorted(feature for feature, count in counts.items() if count >= _fewest(feature))]
    place = {name: number for number, name in enumerate(names)}
    matrix = np.zeros((len(rows), len(names)))
    matrix[:, 0] = 1.0
    for number, row in enumerate(rows):
        for feature in row:
            if feature in place:
                matrix[number, place[feature]] = 1.0
    weights = np.zeros(len(names))
    ridge = np.full(len(names), _RIDGE)
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


def predict(weights: dict[str, float], row: list[str]) -> float:
    """The probability that the weights give a row."""
    total = weights["bias"] + sum(weights.get(feature, 0.0) for feature in row)
    return float(1.0 / (1.0 + np.exp(-total)))


def main() -> None:
    """Train on all readable documents and write the weights; with --check, cross-validate instead."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--gold", type=Path, default=_ROOT / "tests" / "gold")
    options = parser.parse_args()
    register = Register.from_csv(_ROOT / "dbt_project" / "seeds" / "municipalities.csv")
    rows = [
        sample
        for gold in load_gold_sets(options.gold)
        if gold.name in _TRAINED_ON and not gold.is_unseen
        for sample in samples(gold, register)
    ]
    extra, unreached = invented(options.gold / "initiative_sentences" / "sentences.txt", register)
    rows += extra
    labels = np.array([label for _, _, label, _ in rows])
    if options.check:
        cross_validate(rows, labels)
        print(*unreached, sep="\nno candidate: ")
        return
    weights = train([row for _, row, _, _ in rows], labels)
    lines = [f'"{name}" = {weight:.3f}' for name, weight in weights.items() if abs(weight) >= 0.0005]
    (FOLDER / "initiative_weights.toml").write_text(_HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(rows)} candidates, {int(labels.sum())} initiatives, {len(lines)} weights")


def _hand(doc: str) -> str:
    municipality = doc.rsplit("-", 1)[0]
    return doc if doc == "invented" else _HANDS.get(municipality, _HANDS.get(doc, "formal"))


def _figures(labels: npt.NDArray[np.float64], chosen: npt.NDArray[np.bool_]) -> str:
    hits = float((labels * chosen).sum())
    return f"precision {hits / max(chosen.sum(), 1):.3f} recall {hits / labels.sum():.3f} of {int(labels.sum())}"


def cross_validate(rows: list[Sample], labels: npt.NDArray[np.float64]) -> None:
    """Precision and recall by threshold, each hand's texts predicted by a model that has not seen that hand."""
    groups = [_hand(doc) for doc, _, _, _ in rows]
    chances = np.zeros(len(rows))
    for group in sorted(set(groups)):
        inside = [number for number, other in enumerate(groups) if other == group]
        outside = [number for number, other in enumerate(groups) if other != group]
        weights = train([rows[number][1] for number in outside], labels[outside])
        for number in inside:
            chances[number] = predict(weights, rows[number][1])
    for group in sorted(set(groups)):
        inside = [number for number, other in enumerate(groups) if other == group]
        print(group, _figures(labels[inside], chances[inside] >= 0.5))
    for threshold in (0.3, 0.4, 0.5, 0.6, 0.7):
        print(f"threshold {threshold}", _figures(labels, chances >= threshold))
    for wrong, title in ((1.0, "missed"), (0.0, "false")):
        for (doc, _, label, mention), chance in zip(rows, chances, strict=True):
            if label == wrong and (chance < 0.5) == bool(wrong):
                print(f"{title} {chance:.2f} {doc} [{mention.phrase.name}] {mention.sentence.text[:200]}")


if __name__ == "__main__":
    main()
