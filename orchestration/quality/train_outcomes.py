"""Train the linear model of outcomes: python -m orchestration.quality.train_outcomes [--check].

Writes lexicon/outcome_weights.toml. Deterministic: same texts and features, same weights. Needs numpy (comes with
pandas); running the extraction does not. With --check: figures cross-validated by set (one writer each), nothing
written.
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from orchestration.contracts.document import divide
from orchestration.contracts.model import Document, Municipality
from orchestration.contracts.municipalities import Register
from orchestration.extraction.clauses.reading import read
from orchestration.extraction.facts import Facts
from orchestration.extraction.goals.find import find_goals
from orchestration.extraction.lexicons import FOLDER
from orchestration.extraction.outcomes.find import Candidate, find_outcomes
from orchestration.extraction.outcomes.model import THRESHOLD, VETO, Model
from orchestration.quality.agreement import Record, places
from orchestration.quality.gold import GoldSet, load_gold_sets, records_of, version_year
from orchestration.quality.scoring import score
from orchestration.quality.train_initiatives import train

_ROOT = Path(__file__).parents[2]
_HEAD = """# Made by orchestration.quality.train_outcomes; not to be edited by hand.
# A weight above 0 speaks for a result.

[weights]
"""
_NEARLY = 0.02
"""Relative difference within which a quantity has the value of a record."""
_INVENTED, _SPEAKING, _HOME = "invented", 2024, "Säffle"
"""The invented sentences: their name, the year in which they speak, the municipality that speaks."""
_CLOSING = {"]": "result", "}": "told"}


class Sample(NamedTuple):
    """A quantity that may be a result: its set (one writer), its features, its label."""

    writer: str
    features: list[str]
    label: float


class Text(NamedTuple):
    """A text read once, with what is right in it: records of a gold set."""

    writer: str
    name: str
    raw: str
    municipality: Municipality
    year: int | None
    records: list[Record]


def texts(gold: GoldSet, register: Register) -> Iterator[Text]:
    """The texts of a set that may be read."""
    municipality_of = {record["doc"]: record["municipality"] for record in gold.records}
    for doc in gold.documents:
        records = [record for record in gold.records if record["doc"] == doc and record["kind"] == "outcome"]
        yield Text(
            gold.name, doc, gold.texts[doc], register.named(municipality_of[doc]), version_year(doc) or 0, records
        )


def invented(path: Path, register: Register) -> Iterator[Text]:
    """The invented sentences as texts of their own; brackets, braces and tildes become records."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        if line and not line.startswith("#"):
            raw, marks = _without_marks(line)
            records: list[Record] = [
                {"doc": str(number), "kind": "outcome", "quotes": [raw[start:end]], "span": (start, end)}
                | ({"optional": True} if kind == "open" else {})
                | ({"told": True} if kind == "told" else {})
                for start, end, kind in marks
            ]
            yield Text(_INVENTED, str(number), raw, register.named(_HOME), _SPEAKING, records)


def _without_marks(line: str) -> tuple[str, list[tuple[int, int, str]]]:
    raw, marks, start, tilde = "", [], 0, -1
    for character in line:
        if character in "[{":
            start = len(raw)
        elif character in _CLOSING:
            marks.append((start, len(raw), _CLOSING[character]))
        elif character == "~" and tilde < 0:
            tilde = len(raw)
        elif character == "~":
            marks.append((tilde, len(raw), "open"))
            tilde = -1
        else:
            raw += character
    return raw, marks


def candidates(text: Text) -> Iterator[tuple[Candidate, float | None]]:
    """Every quantity of a text that is weighed, with its label: 1 a result, 0 none, None left out."""
    document = divide(text.raw)
    found: list[Candidate] = []
    _outcomes(document, text, None, found)
    for candidate in found:
        yield candidate, _label(text, candidate[0], candidate[1])


def _outcomes(document: Document, text: Text, model: Model | None, found: list[Candidate] | None) -> Facts:
    readings = read(document, text.year or 0)
    goals = find_goals(document, text.municipality, readings, text.year)
    taken = frozenset(span for goal in goals for span in goal.evidence.spans)
    outcomes = find_outcomes(document, text.municipality, readings, taken, text.year, candidates=found, model=model)
    return Facts(outcomes=outcomes)


def _label(text: Text, span: tuple[int, int], value: float) -> float | None:
    """1 for a quantity inside a record's quote that has its value, None for an optional record's, else 0."""
    label: float | None = 0.0
    for record in text.records:
        if "span" in record:
            is_inside = record["span"][0] < span[1] and span[0] < record["span"][1]
        else:
            is_inside = any(
                start <= span[0] + 1 and span[1] <= end + 1
                for quote in record["quotes"]
                for start, end in places(text.raw, quote)
            )
        if is_inside and ("span" in record or _has_value(record.get("value"), value)):
            is_open = record.get("optional") or record.get("told") or ("value" in record and record["value"] is None)
            label = (label or None) if is_open else 1.0
    return label


def _has_value(expected: object, value: float) -> bool:
    if expected is None:
        return True
    accepted = expected if isinstance(expected, list) else [expected]
    return any(isinstance(one, int | float) and abs(one - value) <= _NEARLY * abs(value) + 0.4 for one in accepted)


def main() -> None:
    """Train on all readable documents and write the weights; with --check, leave one writer out instead."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--gold", type=Path, default=_ROOT / "tests" / "gold")
    options = parser.parse_args()
    register = Register.from_csv(_ROOT / "dbt_project" / "seeds" / "municipalities.csv")
    every = [text for gold in load_gold_sets(options.gold) if not gold.is_unseen for text in texts(gold, register)]
    every += invented(options.gold / "outcome_sentences" / "sentences.txt", register)
    rows = [
        Sample(text.writer, candidate[2], label)
        for text in every
        for candidate, label in candidates(text)
        if label is not None
    ]
    if options.check:
        _cross_validate(every, rows)
        return
    weights = fit(rows)
    lines = [f'"{name}" = {weight:.3f}' for name, weight in weights.items() if abs(weight) >= 0.0005]
    (FOLDER / "outcome_weights.toml").write_text(_HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(rows)} candidates, {int(sum(row.label for row in rows))} results, {len(lines)} weights")


def fit(rows: Sequence[Sample]) -> dict[str, float]:
    """The weights that the samples give."""
    return train([row.features for row in rows], np.array([row.label for row in rows]))


def _cross_validate(every: Sequence[Text], rows: Sequence[Sample]) -> None:
    """Print precision and recall by writer, from text to fact: each writer's texts read by a model of the others'."""
    for threshold, veto in ((1.0, 0.0), (THRESHOLD, VETO)):
        total: Counter[str] = Counter()
        for writer in sorted({text.writer for text in every}):
            model = Model(fit([row for row in rows if row.writer != writer]), threshold, veto)
            counts: Counter[str] = Counter()
            for text in every:
                if text.writer == writer:
                    counts.update(_counts(text, model))
            total.update(counts)
            print(f"{threshold:.2f} {veto:.2f} {writer:<16} {_figures(counts)}")
        print(f"{threshold:.2f} {veto:.2f} {'all':<16} {_figures(total)}")


def _counts(text: Text, model: Model) -> Counter[str]:
    predictions = list(records_of(text.name, text.raw, _outcomes(divide(text.raw), text, model, None)))
    figures, _ = score(text.records, predictions, [text.name], {text.name: text.raw})
    kind = figures["kinds"]["outcome"]
    return Counter({key: kind[key] for key in ("gold", "matched", "false_positive")})


def _figures(counts: Counter[str]) -> str:
    matched, wrong, gold = counts["matched"], counts["false_positive"], counts["gold"]
    precision, recall = matched / max(matched + wrong, 1), matched / max(gold, 1)
    return f"P {precision:.3f} R {recall:.3f} F1 {2 * matched / max(matched + wrong + gold, 1):.3f} of {gold}"


if __name__ == "__main__":
    main()
