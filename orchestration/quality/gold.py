"""Gold sets: annotated texts, which of them may be read, and the extraction's answers in the guide's form.

Here: loading the sets of tests/gold and turning facts into predictions. Not here: matching and counting (scoring).
"""

import json
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orchestration.contracts.document import divide
from orchestration.contracts.model import Municipality
from orchestration.contracts.municipalities import Register
from orchestration.extraction.extract import extract
from orchestration.extraction.facts import ActorMention, Evidence, Facts

Record = dict[str, Any]


@dataclass(frozen=True)
class GoldSet:
    """One annotated set: records by the guide, and the raw text of each document."""

    name: str
    is_unseen: bool
    records: list[Record]
    texts: dict[str, str]

    @property
    def documents(self) -> list[str]:
        """Document names in the order of the records."""
        return list(dict.fromkeys(record["doc"] for record in self.records))


def load_gold_sets(folder: Path) -> Iterator[GoldSet]:
    """The sets that `sets.toml` in the folder names, held-back documents as sets of their own.

    Sets that measure changes alone are left out: not every fact of theirs is annotated.
    """
    with (folder / "sets.toml").open("rb") as file:
        catalogue = tomllib.load(file)
    for name, entry in catalogue.items():
        if entry.get("measures") == "changes":
            continue
        records = json.loads((folder / name / "gold.json").read_text(encoding="utf-8"))
        held_back = set(entry.get("hold_back", []))
        for is_held_back in (False, True):
            chosen = [record for record in records if (record["doc"] in held_back) == is_held_back]
            if not chosen:
                continue
            texts = {doc: _read(folder / name / f"{doc}.txt") for doc in {record["doc"] for record in chosen}}
            is_unseen = is_held_back or entry["use"] == "score"
            yield GoldSet(f"{name}:held_back" if is_held_back else name, is_unseen, chosen, texts)


def _read(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def predict(gold: GoldSet, register: Register) -> list[Record]:
    """The extraction's facts of every document of a set, as records of the guide."""
    municipality_of = {record["doc"]: record["municipality"] for record in gold.records}
    return [
        record
        for doc in gold.documents
        for record in predict_document(doc, gold.texts[doc], register.named(municipality_of[doc]), version_year(doc))
    ]


def predict_document(doc: str, raw: str, municipality: Municipality, version_year: int | None) -> list[Record]:
    """The facts of one raw text as records of the guide, with raw offsets."""
    return list(records_of(doc, raw, extract(divide(raw), municipality, version_year)))


def version_year(doc: str) -> int | None:
    """The version year that a document's name ends in (karlskrona-2022), as the warehouse would know it."""
    year = doc.rpartition("-")[2]
    return int(year) if year.isdigit() else None


def records_of(doc: str, raw: str, facts: Facts) -> Iterator[Record]:
    """Facts as records of the guide; goals that are not the municipality's own are left out."""
    for goal in facts.goals:
        if goal.ownership != "own":
            continue
        yield _record(doc, raw, "goal", goal.evidence) | {
            "goal_type": goal.goal_type, "target_form": goal.target_form, "value": goal.value,
            "value_max": goal.value_max, "unit": goal.unit, "direction": goal.direction, "bound": goal.bound,
            "baseline_year": goal.baseline_year, "target_year": goal.target_year,
            "effective_year": goal.effective_year, "scope": goal.scope, "status": goal.status,
            "document": goal.governing_document,
        }  # fmt: skip
    for outcome in facts.outcomes:
        yield _record(doc, raw, "outcome", outcome.evidence) | {
            "outcome_type": outcome.outcome_type, "value": outcome.value, "unit": outcome.unit,
            "direction": outcome.direction, "baseline_year": outcome.baseline_year, "year": outcome.year,
            "scope": outcome.scope,
        }  # fmt: skip
    for initiative in facts.initiatives:
        yield _record(doc, raw, "initiative", initiative.evidence) | {
            "name": initiative.name, "initiative_type": initiative.initiative_type, "status": initiative.status,
            "start_year": initiative.start_year, "end_year": initiative.end_year,
            "sectors": list(initiative.sectors), "actors": _names(initiative.actors),
            "funders": _names(actor for actor in initiative.actors if actor.role == "funder"),
        }  # fmt: skip


def _record(doc: str, raw: str, kind: str, evidence: Evidence) -> Record:
    start, end = evidence.spans[0]
    return {"doc": doc, "kind": kind, "char_start": start, "char_end": end, "quote": raw[start:end],
            "rule_id": evidence.rule_id}  # fmt: skip


def _names(actors: Iterable[ActorMention]) -> list[str]:
    return [actor.actor_name for actor in actors]
