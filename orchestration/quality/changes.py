"""How well changes are told: chains of annotated contract versions through matching and dbt's own models.

    python -m orchestration.quality.changes WAREHOUSE [--facts gold|extracted] [--list] [--set SET …]

WAREHOUSE is a built working file: its views of schema intermediate are asked, in a copy whose raw tables hold the
chains alone. With --facts gold the annotated facts stand in for the extraction, which tells errors of matching from errors of
extraction. Misses are listed for the chains that may be read, and never for scored-only ones.
"""

import argparse
import json
import shutil
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import duckdb

from orchestration.contracts.document import divide
from orchestration.contracts.model import Document, Municipality
from orchestration.contracts.municipalities import Register
from orchestration.contracts.source import SourceText
from orchestration.extraction.extract import extract
from orchestration.extraction.facts import Facts
from orchestration.frames import frame
from orchestration.matching.words import tokens, weight
from orchestration.matching_store import match_due
from orchestration.quality.gold_facts import gold_facts
from orchestration.rows import Row, mention_rows, sentence_rows
from orchestration.versions import matching_version
from orchestration.warehouse import empty_raw_tables, insert_rows

Origin = Literal["gold", "extracted"]
_ROOT = Path(__file__).parents[2]
_AGREE = 0.5
"""Two quotes are of one fact when they share this much of the shorter one's telling words."""


@dataclass(frozen=True)
class Chain:
    """The versions of one municipality in one gold set with the changes between them."""

    name: str
    is_unseen: bool
    texts: dict[str, str]
    facts: list[Row]
    changes: list[Row]


@dataclass
class Figures:
    """What came of one chain, or of several. `right` counts change types among gold changes that aren't optional."""

    gold: int = 0
    paired: int = 0
    right: int = 0
    both: int = 0
    both_joined: int = 0
    predicted: int = 0
    extra: int = 0
    false_removed: int = 0
    extra_removed: int = 0
    declared: int = 0
    declared_right: int = 0
    by_type: Counter[str] = field(default_factory=Counter)
    right_by_type: Counter[str] = field(default_factory=Counter)
    misses: list[tuple[str, ...]] = field(default_factory=list)

    def line(self) -> str:
        """One line of figures."""
        return (
            f"type right {self.right}/{self.gold} = {self.right / max(self.gold, 1):.3f}   of those found "
            f"{self.right}/{self.paired}   joined {self.both_joined}/{self.both}   declared "
            f"{self.declared_right}/{self.declared}   extra rows {self.extra}/{self.predicted}   "
            f"false removed {self.false_removed}   removed of what gold lacks {self.extra_removed}"
        )


def load_chains(folder: Path) -> Iterator[Chain]:
    """Every chain of the gold sets that have a changes.json, by set and municipality."""
    catalogue = tomllib.loads((folder / "sets.toml").read_text(encoding="utf-8"))
    for name, entry in catalogue.items():
        path = folder / name / "changes.json"
        if not path.exists():
            continue
        changes = json.loads(path.read_text(encoding="utf-8"))
        facts = json.loads((folder / name / "gold.json").read_text(encoding="utf-8"))
        held_back = set(entry.get("hold_back", []))
        for town in dict.fromkeys(change["municipality"] for change in changes):
            own = [record for record in facts if record["municipality"] == town]
            docs = sorted({record["doc"] for record in own})
            texts = {doc: (folder / name / f"{doc}.txt").read_bytes().decode("utf-8") for doc in docs}
            is_unseen = entry["use"] == "score" or bool(held_back & set(docs))
            here = [change for change in changes if change["municipality"] == town]
            yield Chain(f"{name}:{town}", is_unseen, texts, own, here)


def predict_changes(warehouse: Path, chains: Sequence[Chain], register: Register, origin: Origin) -> list[Row]:
    """The rows of int_change for the chains, with `municipality_name` and both years. The warehouse is not touched."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "warehouse.duckdb"
        shutil.copyfile(warehouse, copy)
        with duckdb.connect(str(copy)) as connection:
            empty_raw_tables(connection)
            for chain in chains:
                for doc, raw in chain.texts.items():
                    _load(connection, doc, raw, chain, register, origin)
            match_due(connection, matching_version())
            cursor = connection.execute(
                "select c.*, o.version_year as from_year, n.version_year as to_year from intermediate.int_change as c "
                "inner join intermediate.int_contract_version as o "
                "on c.from_contract_version_id = o.contract_version_id "
                "inner join intermediate.int_contract_version as n "
                "on c.to_contract_version_id = n.contract_version_id order by change_id"
            )
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _load(
    connection: duckdb.DuckDBPyConnection, doc: str, raw: str, chain: Chain, register: Register, origin: Origin
) -> None:
    municipality = register.named(chain.facts[0]["municipality"])
    document = divide(SourceText(raw))
    year = int(doc.rpartition("-")[2])
    facts = _facts(doc, raw, document, chain, municipality, origin, year)
    version = f"{municipality.slug}-{year}"
    document_id = f"{version}@{chain.name}"
    rows: dict[str, list[Row]] = mention_rows(document_id, raw, facts, origin)
    rows["sentence"] = list(sentence_rows(document_id, document, [False] * len(document.sentences)))
    rows["document"] = [{
        "document_id": document_id, "contract_version_id": version, "municipality_id": municipality.municipality_id,
        "version_year": year, "signed_date": None, "document_kind": document.kind,
        "is_truncated": document.is_truncated, "raw_text": raw, "clean_text": document.clean.text,
        "layout_hints": None, "characters": len(raw), "sentences": len(document.sentences), "quality_flags": None,
        "reader_version": origin,
    }]  # fmt: skip
    rows["revision"] = [{
        "contract_version_id": version, "document_id": document_id, "revision": 1, "is_current": True,
        "loaded_at": datetime(2026, 1, 1, tzinfo=UTC), "superseded_at": None, "withdrawn_at": None,
        "source_path": f"{doc}.txt", "source_line": None, "sha256": doc, "municipality_basis": "path",
        "version_year_basis": "path", "identity_flags": None, "source_url": None, "licence": None,
        "retrieved_on": None,
    }]  # fmt: skip
    for table, found in rows.items():
        insert_rows(connection, table, frame(table, found))


def _facts(
    doc: str,
    raw: str,
    document: Document,
    chain: Chain,
    municipality: Municipality,
    origin: Origin,
    year: int,
) -> Facts:
    if origin == "extracted":
        return extract(document, municipality, year)
    return gold_facts([record for record in chain.facts if record["doc"] == doc], raw, document)


def score_chain(chain: Chain, predicted: Sequence[Row]) -> Figures:
    """Pair gold changes with predicted entities by their quotes, one-to-one, and count."""
    figures = Figures()
    for kind in ("goal", "initiative"):
        pairs = {(change["from_version"], change["to_version"]) for change in chain.changes}
        for years in sorted(pairs):
            gold = [c for c in chain.changes if c["kind"] == kind and (c["from_version"], c["to_version"]) == years]
            rows = [p for p in predicted if p["entity"] == kind and (p["from_year"], p["to_year"]) == years]
            _score_pair(figures, gold, rows)
    return figures


def _score_pair(figures: Figures, gold: list[Row], rows: list[Row]) -> None:
    entities: dict[str, list[Row]] = {}
    for row in rows:
        entities.setdefault(row["entity_id"], []).append(row)
    candidates = sorted(
        (-agreement, bool(change.get("optional")), number, entity)
        for number, change in enumerate(gold)
        for entity, own in entities.items()
        if (agreement := _agreement(change, own[0])) > 0
    )
    paired: dict[int, str] = {}
    for _, _, number, entity in candidates:
        if number not in paired and entity not in paired.values():
            paired[number] = entity
    figures.predicted += len(rows)
    figures.extra += sum(len(own) for entity, own in entities.items() if entity not in paired.values())
    figures.extra_removed += sum(
        row["change_type"] == "removed"
        for entity, own in entities.items() if entity not in paired.values() for row in own
    )  # fmt: skip
    for number, change in enumerate(gold):
        own = entities.get(paired.get(number, ""), [])
        types = [row["change_type"] for row in own]
        figures.false_removed += "removed" in types and change["change"] != "removed"
        if change.get("optional"):
            continue
        figures.gold += 1
        figures.paired += bool(own)
        figures.right += change["change"] in types
        figures.by_type[change["change"]] += 1
        figures.right_by_type[change["change"]] += change["change"] in types
        if change["quote_from"] and change["quote_to"] and change["change"] != "removed":
            figures.both += 1
            figures.both_joined += bool(own and own[0]["quote_from"] and own[0]["quote_to"])
        if "texten säger" in change["subject"]:
            figures.declared += 1
            figures.declared_right += any(row["is_declared"] for row in own if row["change_type"] == change["change"])
        if change["change"] not in types:
            found = "; ".join(f"{row['change_type']} {row['value_from']}→{row['value_to']}" for row in own) or "nothing"
            figures.misses.append((change["kind"], change["change"], found, change["subject"]))


def _agreement(change: Row, row: Row) -> float:
    """How well the quotes of a gold change and a predicted one go together; 0 where a stated side does not."""
    total = 0.0
    for side in ("quote_from", "quote_to"):
        if change[side] and row[side]:
            share = _overlap(change[side], row[side])
            total += share if share >= _AGREE else -1.0
        elif not change[side] and not row[side]:
            total += 0.2
    return max(total, 0.0)


def _overlap(first: str, second: str) -> float:
    one = {token for token in tokens(first) if weight(token) > 0}
    other = {token for token in tokens(second) if weight(token) > 0}
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def total(figures: Sequence[Figures]) -> Figures:
    """The sum of several chains."""
    names = [name for name, value in vars(Figures()).items() if isinstance(value, int)]
    whole = Figures(**{name: sum(getattr(one, name) for one in figures) for name in names})
    for one in figures:
        whole.by_type.update(one.by_type)
        whole.right_by_type.update(one.right_by_type)
    return whole


def main() -> None:
    """Print the figures of every chain."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("warehouse", type=Path)
    parser.add_argument("--set", dest="sets", action="append", default=[])
    parser.add_argument("--facts", choices=("gold", "extracted"), default="gold")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--gold", type=Path, default=_ROOT / "tests" / "gold")
    options = parser.parse_args()
    register = Register.from_csv(_ROOT / "dbt_project" / "seeds" / "municipalities.csv")
    chains = [c for c in load_chains(options.gold) if not options.sets or c.name.split(":")[0] in options.sets]
    results: dict[bool, list[Figures]] = {False: [], True: []}
    for chain in chains:
        figures = score_chain(chain, predict_changes(options.warehouse, [chain], register, options.facts))
        results[chain.is_unseen].append(figures)
        print(f"{chain.name}{' (scored only)' if chain.is_unseen else ''}: {figures.line()}")
        if options.list and not chain.is_unseen:
            for miss in figures.misses:
                print("   " + " | ".join(miss))
    for is_unseen, found in results.items():
        if found:
            whole = total(found)
            print(f"{'scored only' if is_unseen else 'readable'}, all: {whole.line()}")
            print("   " + "  ".join(f"{t} {whole.right_by_type[t]}/{n}" for t, n in sorted(whole.by_type.items())))


if __name__ == "__main__":
    main()
