"""Serving at size: a warehouse of a million fact rows, published, and the cookbook asked by eight readers at once.

Run: python tools/benchmark_serving.py FOLDER [--facts 1000000] [--readers 8]. FOLDER holds the published file of a
refresh (klimatlager.duckdb) and takes the generated files in `benchmark/`. Prints Markdown for docs/benchmarks.md.

The real tables are repeated over invented contracts: all 290 municipalities with ten versions each, 2014 to 2023, and
as many facts and passages a version as the number asked for needs. Words of the quotes are mixed anew, so that the
search index grows with the texts. Changes are not invented: the table is as long as in the source.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import duckdb

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from orchestration.publishing.catalogue import Table, literal, quoted
from orchestration.publishing.cookbook import recipes
from orchestration.publishing.search import build_search
from orchestration.publishing.snapshot import publish_snapshot, read_snapshot
from orchestration.publishing.stamp import read_stamp

ROOT = Path(__file__).resolve().parents[1]
FACTS = ("fct_goal", "fct_outcome", "fct_initiative")
VERSIONS = 10
COPIED_KEYS = {"goal_version_id", "goal_id", "initiative_version_id", "initiative_id", "outcome_id", "passage_id",
               "fact_id", "initiative_actor_id", "governing_document_id", "last_goal_version_id",
               "last_initiative_version_id", "headline_goal_id"}  # fmt: skip
ONE_A_VERSION = {"contract_text", "dim_contract_version", "quality_coverage"}
ONE_A_MUNICIPALITY = {"rpt_municipality", "rpt_theme_coverage"}
AS_IT_IS = {"dim_municipality", "dim_actor", "code_crosswalk", "fct_territorial_emission", "load_log",
            "quality_extraction", "fct_change", "rpt_change"}  # fmt: skip

READER = """
import json, random, sys, time
import duckdb
path, seed, rounds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
questions = json.load(sys.stdin)
connection = duckdb.connect(path, read_only=True)
connection.execute("set enable_progress_bar = false")
connection.execute("from dataset_version").fetchall()
took = {name: [] for name in questions}
for _ in range(rounds):
    names = list(questions)
    random.Random(seed).shuffle(names)
    for name in names:
        started = time.perf_counter()
        connection.execute(questions[name]).fetchall()
        took[name].append(time.perf_counter() - started)
print(json.dumps(took))
"""


def generate(source: Path, target: Path, facts: int) -> int:
    """Write a warehouse of at least so many rows in the three fact tables. Returns how many."""
    snapshot = read_snapshot(source)
    real = sum(snapshot.rows[name] for name in FACTS)
    target.unlink(missing_ok=True)
    with duckdb.connect(str(target)) as connection:
        connection.execute(f"attach {literal(str(source))} as source (read_only)")
        connection.execute(
            "create temp table town as select contract_version_id as old_id, municipality_id as old_municipality, "
            "row_number() over (order by contract_version_id) - 1 as town from source.main.dim_contract_version"
        )
        towns = _number(connection, "select count(*) from town")
        per_town = -(-290 // towns)
        connection.execute(
            "create temp table version as select town.*, municipality.municipality_id, municipality_name, year, "
            "year = 2023 as is_latest, "
            "strip_accents(replace(lower(municipality_name), 'å', 'aa')) || '-' || year as contract_version_id "
            "from (select municipality_id, municipality_name, row_number() over (order by municipality_id) - 1 as n "
            "from source.main.dim_municipality) as municipality "
            f"join town on municipality.n // {per_town} = town.town, "
            f"range({2024 - VERSIONS}, 2024) as years(year)"
        )
        copies = max(1, round(facts * towns / (real * 290 * VERSIONS)))
        connection.execute(f"create temp table copy as select range::integer as copy from range({copies})")
        for table in snapshot.tables:
            if table.name not in ("dataset_version", "data_dictionary"):
                _write(connection, table)
        return sum(_number(connection, f"select count(*) from main.{name}") for name in FACTS)


def _number(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0


def _write(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    name = f"main.{quoted(table.name)}"
    connection.execute(f"create table {name} as {_rows(table)}")
    connection.execute(f"comment on table {name} is {literal(table.description)}")
    for column in table.columns:
        connection.execute(f"comment on column {name}.{quoted(column.name)} is {literal(column.description)}")
    if table.primary_key:
        keys = ", ".join(map(quoted, table.primary_key))
        connection.execute(f"alter table {name} add primary key ({keys})")


def _rows(table: Table) -> str:
    source = f"source.main.{quoted(table.name)} as source"
    names = {column.name for column in table.columns}
    if table.name in AS_IT_IS or table.columns[0].name == "code":
        return f"from {source}"
    joined = (
        "source.contract_version_id = version.old_id"
        if "contract_version_id" in names
        else "source.municipality_id = version.old_municipality"
    )
    if (table.name.startswith("dim_") and table.name not in ONE_A_VERSION) or table.name in ONE_A_MUNICIPALITY:
        joined += " and version.is_latest"
    several = table.name not in ONE_A_VERSION | ONE_A_MUNICIPALITY
    cells = ", ".join(_cell(column.name, several=several) for column in table.columns)
    return f"select {cells} from {source} join version on {joined}" + (" cross join copy" if several else "")


def _cell(column: str, *, several: bool) -> str:
    name = quoted(column)
    copy = "copy" if several else "0"
    if column in ("contract_version_id", "municipality_id", "municipality_name", "is_latest"):
        return f"version.{column}"
    if column == "latest_contract_version_id":
        return f"version.contract_version_id as {name}"
    if column == "version_year":
        return f"version.year::integer as {name}"
    if column == "raw_text":
        return f"source.{name}"
    if column in COPIED_KEYS:
        return f"version.contract_version_id || '-' || source.{name} || '-' || {copy} as {name}"
    if column in ("quote", "statement") and several:
        # A word in four is another one: a vocabulary that grows, as that of real texts does.
        return (
            f"array_to_string(list_transform(string_split(source.{name}, ' '), lambda word, place: "
            "case when hash(word, place, copy, version.contract_version_id) % 4 = 0 "
            f"then 'ord' || (hash(word, copy, version.year) % 60000) else word end), ' ') as {name}"
        )
    return f"source.{name}"


def ask(path: Path, questions: dict[str, str], readers: int, rounds: int) -> dict[str, list[float]]:
    """Seconds that each question took, over all readers and rounds, each reader a process of its own."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", READER, str(path), str(seed), str(rounds)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for seed in range(readers)
    ]  # fmt: skip
    for process in processes:
        assert process.stdin
        process.stdin.write(json.dumps(questions))
        process.stdin.close()
    took: dict[str, list[float]] = {name: [] for name in questions}
    for process in processes:
        assert process.stdout
        for name, seconds in json.loads(process.stdout.read()).items():
            took[name] += seconds
        process.wait()
    return took


def copy_bytes(source: Path, target: Path) -> float:
    """Seconds that a copy of the file takes, on the disk included."""
    started = time.perf_counter()
    shutil.copyfile(source, target)
    with target.open("rb+") as file:
        os.fsync(file.fileno())
    seconds = time.perf_counter() - started
    target.unlink()
    return seconds


def copy_tables(source: Path, target: Path) -> float:
    """Seconds that DuckDB takes to copy the public tables as they stand, without order, descriptions or search."""
    started = time.perf_counter()
    with duckdb.connect() as connection:
        connection.execute(f"attach {literal(str(source))} as a (read_only)")
        connection.execute(f"attach {literal(str(target))} as b (storage_version 'v1.0.0')")
        for (name,) in connection.execute(
            "select table_name from duckdb_tables() where database_name = 'a' and schema_name = 'main'"
        ).fetchall():
            connection.execute(f"create table b.main.{quoted(name)} as from a.main.{quoted(name)}")
        connection.execute("detach b")
    seconds = time.perf_counter() - started
    target.unlink()
    return seconds


def _search_seconds(published: Path) -> float:
    """Seconds that the search index of such a file takes, built once more in a copy of it."""
    again = published.with_name("again.duckdb")
    shutil.copyfile(published, again)
    with duckdb.connect(str(again)) as connection:
        connection.execute("drop macro table search; drop schema search cascade")
        started = time.perf_counter()
        build_search(connection, "again", read_snapshot(published).tables, with_fts=False)
        connection.execute("checkpoint")
        seconds = time.perf_counter() - started
    again.unlink()
    return seconds


def main(arguments: Sequence[str] | None = None) -> None:
    """Generate, publish, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--facts", type=int, default=1_000_000)
    parser.add_argument("--readers", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args(arguments)
    work = options.folder / "benchmark"
    work.mkdir(exist_ok=True)
    warehouse, published = work / "warehouse.duckdb", work / "klimatlager.duckdb"
    facts = generate(options.folder / "klimatlager.duckdb", warehouse, options.facts)
    plain = copy_tables(warehouse, work / "plain.duckdb")
    started = time.perf_counter()
    snapshot = publish_snapshot(warehouse, published, lambda c, name: read_stamp(c, name, "benchmark", "benchmark"))
    publishing = time.perf_counter() - started
    indexing = _search_seconds(published)
    raw = copy_bytes(published, work / "bytes.duckdb")
    print(f"{facts:,} facts, {sum(snapshot.rows.values()):,} rows in all, {snapshot.bytes / 1e6:,.0f} MB published")
    print(f"publishing {publishing:.1f} s, of which the search index {indexing:.1f} s")
    print(f"DuckDB's plain copy of the tables {plain:.1f} s; copy of the bytes {raw:.1f} s")
    page = (ROOT / "docs" / "cookbook.md").read_text(encoding="utf-8")
    questions = {recipe.name: recipe.sql for recipe in recipes(page)}
    alone = ask(published, questions, 1, options.rounds)
    together = ask(published, questions, options.readers, options.rounds)
    print(f"\n| question | alone, ms | {options.readers} readers, ms |\n|---|---|---|")
    for name in questions:
        print(
            f"| {name} | {statistics.median(alone[name]) * 1e3:.0f} | {statistics.median(together[name]) * 1e3:.0f} |"
        )


if __name__ == "__main__":
    main()
