"""Any sequence of adding, changing, removing and restoring texts and corrections gives what one full rebuild gives.

The Python stages alone, called as the refresh calls them; dbt's models are functions of the tables compared here.
"""

import random
from typing import Any

import dagster as dg
import duckdb
import pytest

from orchestration.assets.corrections import correction
from orchestration.assets.documents import documents
from orchestration.assets.matched import matched
from orchestration.assets.mentions import mentions
from orchestration.assets.passages import sentence
from orchestration.assets.raw_files import file_event
from orchestration.resources import Project
from orchestration.settings import ROOT, Settings

GOLD = ROOT / "tests" / "gold" / "authored_e"
GOALS = (
    "Lund ska vara klimatneutralt {year}.",
    "Kommunens fordonsflotta ska vara fossilfri senast {year}.",
    "Utsläppen inom kommunen ska minska med {year} ton till 2030.",
    "En klimatfärdplan antogs av kommunfullmäktige i juni {year}.",
    "Ett klimatråd för näringslivet planeras tillsammans med universitetet.",
    "Matsvinnet i kommunens kök ska halveras till {year}.",
)
CORRECTIONS = (
    "contract_version_id;kind;quote;action;who;when;why;target_year\n"
    "lund-{year};goal;Lund ska vara klimatneutralt;{action};Eva;2024-02-01;skäl;{target}\n"
)


def project_at(folder, name) -> Project:
    environment = {"KLIMATLAGER_RAW_DIR": str(folder / "raw"), "KLIMATLAGER_DATA_DIR": str(folder / name)}
    return Project(Settings.from_environment(environment))


def refresh(project: Project) -> None:
    for stage in (file_event, documents, sentence, correction, mentions, matched):
        found: Any = stage(dg.build_asset_context(), project=project)
        if not isinstance(found, dg.MaterializeResult):
            list(found)


def raw_tables(project: Project) -> dict[str, list[str]]:
    with duckdb.connect(str(project.settings.warehouse_file), read_only=True) as connection:
        names = connection.execute(
            "select table_name from duckdb_tables() where schema_name = 'raw' order by 1"
        ).fetchall()
        return {name: sorted(map(repr, connection.execute(f"from raw.{name}").fetchall())) for (name,) in names}


def contract(chance: random.Random) -> str:
    chosen = chance.sample(GOALS, chance.randint(0, len(GOALS)))
    lines = [goal.format(year=chance.choice((2025, 2030, 2035))) for goal in chosen]
    return (
        "Klimatkontrakt 2030 för Lunds kommun.\n\n3.1 Kommunens klimatmål\n" + " ".join(lines or ["Inget nytt."]) + "\n"
    )


def step(chance: random.Random, raw, removed: dict[str, bytes]) -> None:
    years = [str(year) for year in range(2020, 2024)]
    path = raw / "lund" / f"{chance.choice(years)}.txt"
    action = chance.choice(("write", "write", "remove", "restore", "correct", "uncorrect"))
    if action == "write":
        path.write_text(contract(chance), encoding="utf-8")
    elif action == "remove" and path.exists():
        removed[path.name] = path.read_bytes()
        path.unlink()
    elif action == "restore" and path.name in removed:
        path.write_bytes(removed[path.name])
    elif action == "correct":
        judged = CORRECTIONS.format(
            year=chance.choice(years), action=chance.choice(("accept", "reject", "edit")), target=chance.choice((2031, 2032))
        )  # fmt: skip
        (raw / "corrections.csv").write_text(judged, encoding="utf-8")
    elif action == "uncorrect":
        (raw / "corrections.csv").unlink(missing_ok=True)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_increments_give_what_a_full_rebuild_gives(tmp_path, seed):
    chance = random.Random(seed)
    (tmp_path / "raw" / "lund").mkdir(parents=True)
    grown = project_at(tmp_path, "grown")
    removed: dict[str, bytes] = {}
    for _ in range(5):
        for _ in range(chance.randint(1, 2)):
            step(chance, tmp_path / "raw", removed)
        refresh(grown)
    rebuilt = project_at(tmp_path, "rebuilt")
    rebuilt.settings.data_dir.mkdir()
    (tmp_path / "grown" / "archive").rename(tmp_path / "rebuilt" / "archive")
    refresh(rebuilt)
    before, after = raw_tables(grown), raw_tables(rebuilt)
    assert before.keys() == after.keys()
    for table in before:
        assert before[table] == after[table], table
    assert before["revision"], "the sequence is worth its while"


def test_ids_are_those_of_the_set_of_versions_and_not_of_their_arrival(tmp_path):
    texts = {year: contract(random.Random(year)) for year in (2021, 2022, 2023)}
    found = []
    for order in ((2021, 2022, 2023), (2023, 2021, 2022)):
        folder = tmp_path / "-".join(map(str, order))
        (folder / "raw" / "lund").mkdir(parents=True)
        project = project_at(folder, "data")
        for year in order:
            (folder / "raw" / "lund" / f"{year}.txt").write_text(texts[year], encoding="utf-8")
            refresh(project)
        tables = raw_tables(project)
        found.append(
            [tables[name] for name in ("goal_entity", "initiative_entity", "change_declaration", "change_echo")]
        )
    assert found[0] == found[1]
    assert found[0][0]


def test_a_municipality_whose_texts_are_those_of_last_time_is_not_matched_again(tmp_path):
    (tmp_path / "raw" / "lund").mkdir(parents=True)
    (tmp_path / "raw" / "lund" / "2021.txt").write_text(contract(random.Random(1)), encoding="utf-8")
    told: list[str] = []
    project = project_at(tmp_path, "data")
    project._tell = lambda stage, text: told.append(text) if stage == "matching" else None
    refresh(project)
    refresh(project)
    assert told == ["1 municipalities matched", "0 municipalities matched"]


def chain_rows(project: Project) -> dict[str, list[str]]:
    """What changes are made of, for the texts that stand."""
    with duckdb.connect(str(project.settings.warehouse_file), read_only=True) as connection:
        current = "select document_id from raw.revision where is_current"
        return {
            table: sorted(
                map(repr, connection.execute(f"from raw.{table} where {column} in ({current})").fetchall())
            )
            for table, column in (
                ("goal_entity", "document_id"), ("initiative_entity", "document_id"),
                ("change_declaration", "to_document_id"), ("change_echo", "to_document_id"),
            )
        }  # fmt: skip


def test_a_reissued_contract_and_late_arrivals_give_the_chain_of_the_texts_that_stand(tmp_path):
    """2023 comes first in an earlier issue, then 2021, then 2022, then 2023 once more as it was revised the same year."""
    chain = {year: (GOLD / f"trollhattan-{year}.txt").read_text(encoding="utf-8") for year in (2021, 2022, 2023)}
    earlier = (
        chain[2023]
        .replace("klimatneutralt som geografiskt område år 2035", "klimatneutralt som geografiskt område år 2040")
        .replace("Klimatlöftet Trestad", "Trestads klimatunion")
        .replace("60 föreningar ska ha anslutit", "75 föreningar ska ha anslutit")
    )
    assert earlier != chain[2023]
    found = []
    for name, arrivals in (
        ("plain", [(2021, chain[2021]), (2022, chain[2022]), (2023, chain[2023])]),
        ("reissued", [(2023, earlier), (2021, chain[2021]), (2022, chain[2022]), (2023, chain[2023])]),
    ):
        folder = tmp_path / name
        (folder / "raw" / "trollhattan").mkdir(parents=True)
        project = project_at(folder, "data")
        for year, text in arrivals:
            (folder / "raw" / "trollhattan" / f"{year}.txt").write_text(text, encoding="utf-8")
            refresh(project)
        found.append(chain_rows(project))
        with duckdb.connect(str(project.settings.warehouse_file), read_only=True) as connection:
            issues = connection.execute(
                "select revision, is_current from raw.revision where contract_version_id = 'trollhattan-2023' order by 1"
            ).fetchall()
        assert issues == ([(1, True)] if name == "plain" else [(1, False), (2, True)])
    assert found[0] == found[1]
    assert all(found[0].values())
