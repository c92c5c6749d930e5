"""A working file with a small invented set of raw tables, for tests of the dbt project.

Holds what every model needs a row of: two municipalities, one with two full versions of which the later was revised,
the other with a truncated excerpt and a withdrawn version; goals, outcomes, initiatives, actors, links and further
evidence. The texts are invented and say nothing about the two places. Offsets are found in the texts, never typed.
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import duckdb

RAW_SCHEMA = Path(__file__).parents[2] / "orchestration" / "raw_schema.sql"
EXTRACTOR_VERSION = "synthetic-1"

VASBY_2021 = """Klimatmål
Upplands Väsby ska vara klimatneutralt senast 2040.
Utsläppen ska minska med minst 50 procent till 2030 jämfört med 2010.
Målet om 20 GWh solel till 2025 gäller.
Strategiska projekt
Cykelplanen är under framtagande. Solparken är planerad.
Uppföljning
Utsläppen minskade med 12 procent mellan 2010 och 2020."""

VASBY_2022_FIRST = """Klimatmål
Upplands Väsby ska vara klimatneutralt senast 2040."""

VASBY_2022 = """Klimatmål
Upplands Väsby ska vara klimatneutralt senast 2035.
I Klimatprogrammet står att utsläppen ska minska med minst 60 procent till 2030 jämfört med 2010.
Klimatneutraliteten 2035 omfattar hela kommunen.
Strategiska projekt
Cykelplanen genomförs av Väsbyhem AB med stöd av Exempelfonden. Laddnätet har påbörjats eller genomförts.
Klimatprogrammet antogs av kommunfullmäktige i maj 2022.
Uppföljning
Väsby utsågs till årets klimatkommun av Exempelfonden. 😀 Utsläppen är 3,1–3,4 ton per invånare 2021.
Kommunen vill göra mer för klimatet."""

VALLENTUNA_2022 = """Viktigaste uppdateringar för kommunen. Vallentuna ska ha fossilfria fordon. Arbetet med"""

VALLENTUNA_2023 = """Viktigaste uppdateringar för kommunen. Vallentuna ska vara klimatneutralt 2045."""

FACT_DEFAULTS: dict[str, Any] = {
    "section": "climate_goals",
    "extractor": "rules",
    "extractor_version": EXTRACTOR_VERSION,
    "rule_id": "synthetic",
    "confidence": 0.9,
}
GOAL_DEFAULTS = FACT_DEFAULTS | {
    "scope": "territorial",
    "sector": "all_sectors",
    "status": "declared",
    "ownership": "own",
}
OUTCOME_DEFAULTS = FACT_DEFAULTS | {"scope": "territorial", "sector": "all_sectors", "section": "follow_up"}
INITIATIVE_DEFAULTS = FACT_DEFAULTS | {"is_governing_document": False, "section": "strategic_projects"}


def at(day: int) -> dt.datetime:
    """A fixed time of loading: rows never hold the time of the test."""
    return dt.datetime(2024, 1, day, 12, tzinfo=dt.UTC)


class Warehouse:
    """Rows on their way into the raw tables of one DuckDB file."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self.texts: dict[str, str] = {}

    def insert(self, table: str, **row: Any) -> None:
        columns = ", ".join(f'"{column}"' for column in row)
        places = ", ".join("?" for _ in row)
        self.connection.execute(f"insert into raw.{table} ({columns}) values ({places})", list(row.values()))

    def document(self, document_id: str, text: str, headings: dict[str, str] | None = None, **row: Any) -> None:
        """A document and its sentences; headings maps a line of the text to the section that it opens."""
        self.texts[document_id] = text
        version = row["contract_version_id"]
        spans = [
            (m.start(), m.end()) for m in re.finditer(r"[^\n]+?(?:[.](?=\s|$)|(?=\n)|$)", text) if m.group().strip()
        ]
        self.insert(
            "document",
            **{
                "document_id": document_id,
                "document_kind": "full_contract",
                "is_truncated": False,
                "raw_text": text,
                "clean_text": text,
                "characters": len(text),
                "sentences": len(spans),
                "reader_version": "synthetic-1",
            }
            | row,
        )
        section = "updates_municipality"
        for number, (start, end) in enumerate(spans, start=1):
            start += len(text[start:end]) - len(text[start:end].lstrip())
            words = text[start:end]
            section = (headings or {}).get(words, section)
            self.insert(
                "sentence",
                document_id=document_id,
                sentence_no=number,
                kind="heading" if words in (headings or {}) else "sentence",
                section=section,
                char_start=start,
                char_end=end,
                text=words,
                is_climate_bearing=words not in (headings or {})
                and ("klimat" in words.lower() or "utsläpp" in words.lower()),
            )

    def span(self, document_id: str, quote: str) -> dict[str, Any]:
        start = self.texts[document_id].index(quote)
        return {"quote": quote, "char_start": start, "char_end": start + len(quote)}

    def goal(self, document_id: str, fact_no: int, quote: str, **row: Any) -> None:
        fact = GOAL_DEFAULTS | {"statement": quote} | self.span(document_id, quote) | row
        self.insert("goal_mention", document_id=document_id, fact_no=fact_no, **fact)

    def outcome(self, document_id: str, fact_no: int, quote: str, **row: Any) -> None:
        fact = OUTCOME_DEFAULTS | {"statement": quote} | self.span(document_id, quote) | row
        self.insert("outcome_mention", document_id=document_id, fact_no=fact_no, **fact)

    def initiative(self, document_id: str, fact_no: int, quote: str, **row: Any) -> None:
        fact = INITIATIVE_DEFAULTS | self.span(document_id, quote) | row
        self.insert("initiative_mention", document_id=document_id, fact_no=fact_no, **fact)

    def actor(self, document_id: str, fact_kind: str, fact_no: int, quote: str, **row: Any) -> None:
        fact = FACT_DEFAULTS | {"section": "strategic_projects"} | self.span(document_id, quote) | row
        self.insert("actor_mention", document_id=document_id, fact_kind=fact_kind, fact_no=fact_no, **fact)


def create_raw_tables(connection: duckdb.DuckDBPyConnection) -> None:
    # "at" is a reserved word in DuckDB (1.5.5 refuses it bare): quoted here while raw_schema.sql is not.
    connection.execute(re.sub(r"(?m)^(\s+)at timestamptz", r'\1"at" timestamptz', RAW_SCHEMA.read_text("utf-8")))


def fill(warehouse: Warehouse) -> None:
    headings = {
        "Klimatmål": "climate_goals",
        "Strategiska projekt": "strategic_projects",
        "Uppföljning": "follow_up",
    }
    vasby = {"municipality_id": "0114"}
    v21, v22a, v22 = "upplands-vasby-2021-a", "upplands-vasby-2022-a", "upplands-vasby-2022-b"
    w22, w23 = "vallentuna-2022-a", "vallentuna-2023-a"

    warehouse.document(v21, VASBY_2021, headings, contract_version_id="upplands-vasby-2021", version_year=2021, **vasby)
    warehouse.document(
        v22a, VASBY_2022_FIRST, headings, contract_version_id="upplands-vasby-2022", version_year=2022, **vasby
    )
    warehouse.document(
        v22,
        VASBY_2022,
        headings,
        contract_version_id="upplands-vasby-2022",
        version_year=2022,
        signed_date=dt.date(2022, 12, 8),
        **vasby,
    )
    warehouse.document(
        w22,
        VALLENTUNA_2022,
        contract_version_id="vallentuna-2022",
        municipality_id="0115",
        version_year=2022,
        version_year_basis="inferred",
        document_kind="excerpt",
        is_truncated=True,
        source_line=1,
    )
    warehouse.document(
        w23, VALLENTUNA_2023, contract_version_id="vallentuna-2023", municipality_id="0115", version_year=2023
    )

    for version, document, revision, is_current, loaded, superseded, withdrawn in [
        ("upplands-vasby-2021", v21, 1, True, 1, None, None),
        ("upplands-vasby-2022", v22a, 1, False, 2, 3, None),
        ("upplands-vasby-2022", v22, 2, True, 3, None, None),
        ("vallentuna-2022", w22, 1, True, 1, None, None),
        ("vallentuna-2023", w23, 1, False, 1, None, 4),
    ]:
        warehouse.insert(
            "revision",
            contract_version_id=version,
            document_id=document,
            revision=revision,
            is_current=is_current,
            loaded_at=at(loaded),
            superseded_at=superseded and at(superseded),
            withdrawn_at=withdrawn and at(withdrawn),
            source_path=f"{version.rsplit('-', 1)[0]}/{version.rsplit('-', 1)[1]}.txt",
            sha256=f"sha256 of {document}",
            municipality_basis="path",
            version_year_basis="path",
        )
        for stage in ("sentences", "mentions"):
            warehouse.insert("stage_state", document_id=document, stage=stage, version=EXTRACTOR_VERSION)

    for number, (path, day, outcome, reason, read_as) in enumerate(
        [
            ("upplands-vasby/2021.txt", 1, "loaded", None, "upplands-vasby-2021"),
            ("upplands-vasby/2022.txt", 2, "loaded", None, "upplands-vasby-2022"),
            ("upplands-vasby/2022.txt", 3, "revised", None, "upplands-vasby-2022"),
            ("vallentuna/2023.txt", 1, "loaded", None, "vallentuna-2023"),
            ("vallentuna/2023.txt", 4, "withdrawn", "The file is gone from raw/.", "vallentuna-2023"),
            ("nowhere/2022.txt", 1, "rejected", "The file is empty.", None),
        ],
        start=1,
    ):
        file = {"source_path": path, "sha256": f"sha256 of {path} on day {day}", "bytes": 100, "run_id": f"run-{day}"}
        warehouse.insert("file_event", event_id=number, at=at(day), event="arrived", **file)
        warehouse.insert("load_event", at=at(day), outcome=outcome, reason=reason, contract_version_id=read_as, **file)

    neutral = {"goal_type": "climate_neutral", "target_form": "end_state", "direction": "reach"}
    reduction = {
        "goal_type": "emission_reduction",
        "target_form": "base_year_reduction",
        "unit": "percent",
        "direction": "decrease",
        "bound": "at_least",
        "baseline_year": 2010,
        "target_year": 2030,
    }
    warehouse.goal(v21, 1, "Upplands Väsby ska vara klimatneutralt senast 2040", target_year=2040, **neutral)
    warehouse.goal(
        v21, 2, "Utsläppen ska minska med minst 50 procent till 2030 jämfört med 2010", value=50, **reduction
    )
    warehouse.goal(
        v21,
        3,
        "20 GWh solel till 2025",
        goal_type="renewable_share",
        target_form="fixed_level",
        value=20,
        unit="GWh",
        target_year=2025,
        status="in_force",
    )
    warehouse.goal(v22a, 1, "Upplands Väsby ska vara klimatneutralt senast 2040", target_year=2040, **neutral)
    warehouse.goal(v22, 1, "Upplands Väsby ska vara klimatneutralt senast 2035", target_year=2035, **neutral)
    warehouse.goal(
        v22,
        2,
        "utsläppen ska minska med minst 60 procent till 2030 jämfört med 2010",
        value=60,
        governing_document="Klimatprogrammet",
        status="adopted",
        decision_body="kommunfullmäktige",
        decision_date="2022-05",
        **reduction,
    )
    warehouse.insert(
        "evidence_mention",
        document_id=v22,
        fact_kind="goal",
        fact_no=1,
        evidence_no=1,
        **warehouse.span(v22, "Klimatneutraliteten 2035 omfattar hela kommunen"),
    )
    warehouse.goal(
        w22,
        1,
        "Vallentuna ska ha fossilfria fordon",
        goal_type="fossil_free",
        target_form="qualitative",
        scope="not_specified",
        sector="transport",
        section="updates_municipality",
    )
    warehouse.goal(w23, 1, "Vallentuna ska vara klimatneutralt 2045", target_year=2045, **neutral)

    warehouse.outcome(
        v21,
        1,
        "Utsläppen minskade med 12 procent mellan 2010 och 2020",
        outcome_type="measurement",
        value=12,
        unit="percent",
        direction="decrease",
        bound="exact",
        baseline_year=2010,
        year=2020,
        gas="co2e",
    )
    warehouse.outcome(
        v22,
        1,
        "Väsby utsågs till årets klimatkommun av Exempelfonden",
        outcome_type="recognition",
        year=2022,
        scope="not_specified",
    )
    warehouse.outcome(
        v22,
        2,
        "Utsläppen är 3,1–3,4 ton per invånare 2021",
        outcome_type="measurement",
        value=3.1,
        value_max=3.4,
        unit="tCO2e_per_capita",
        year=2021,
    )

    plan = {"initiative_type": "plan", "sectors": ["transport", "spatial_planning"]}
    solar = {"initiative_type": "infrastructure", "sectors": ["stationary_energy"]}
    warehouse.initiative(
        v21, 1, "Cykelplanen är under framtagande", name="Cykelplanen", status="in_preparation", **plan
    )
    warehouse.initiative(v21, 2, "Solparken är planerad", name="Solparken", status="planned", **solar)
    warehouse.initiative(v22, 1, "Cykelplanen genomförs", name="Cykelplanen", status="ongoing", **plan)
    warehouse.initiative(
        v22,
        2,
        "Laddnätet har påbörjats eller genomförts",
        name="Laddnätet",
        initiative_type="infrastructure",
        status="ongoing",
        status_max="completed",
        sectors=[],
    )
    warehouse.initiative(
        v22,
        3,
        "Klimatprogrammet antogs av kommunfullmäktige i maj 2022",
        name="Klimatprogrammet",
        initiative_type="programme",
        is_governing_document=True,
        status="decided",
        decision_body="kommunfullmäktige",
        decision_date="2022-05",
        sectors=["all_sectors"],
    )
    warehouse.insert(
        "goal_initiative_mention",
        document_id=v22,
        goal_no=2,
        initiative_no=3,
        relation="stems_from",
        rule_id="synthetic",
    )

    company = {"actor_id": "vasbyhem-ab", "actor_name": "Väsbyhem AB", "actor_type": "municipal_company"}
    fund = {"actor_id": "exempelfonden", "actor_name": "Exempelfonden", "actor_type": "fund"}
    place = {"actor_id": "upplands-vasby", "actor_name": "Upplands Väsby", "actor_type": "municipality"}
    warehouse.actor(v22, "initiative", 1, "Väsbyhem AB", role="lead", **company)
    warehouse.actor(v22, "initiative", 1, "Exempelfonden", role="funder", **fund)
    warehouse.actor(v22, "outcome", 1, "Exempelfonden", role="awarder", **fund)
    warehouse.actor(v22, "goal", 1, "Upplands Väsby", role="lead", **place, **vasby)

    warehouse.insert(
        "quality_extraction",
        gold_set="synthetic",
        is_unseen=False,
        kind="goal",
        attribute="fact",
        metric="f1",
        value=0.8,
        low_95=0.7,
        high_95=0.9,
        correct=8,
        total=10,
        extractor_version=EXTRACTOR_VERSION,
    )


def build_raw(path: Path) -> Path:
    """Make a new working file at path with the raw tables filled; an older file there is removed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with duckdb.connect(str(path)) as connection:
        create_raw_tables(connection)
        fill(Warehouse(connection))
    return path
