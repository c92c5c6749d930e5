"""The main job as a user runs it: one command, from raw files to the published file."""

import json

import duckdb
import pytest


@pytest.fixture
def published(refreshed):
    with duckdb.connect(str(refreshed.settings.published_file), read_only=True) as connection:
        yield connection


def test_tells_a_line_a_stage_and_a_summary(refreshed):
    for stage in ("raw files", "documents", "passages", "mentions", "quality", "models", "published"):
        assert f"] {stage}" in refreshed.output
    assert "12 contract versions" in refreshed.output
    assert str(refreshed.settings.published_file) in refreshed.output


def test_a_second_refresh_finds_nothing_new_and_touches_nothing(refreshed):
    before = refreshed.settings.published_file.stat()
    finished = refreshed.run("refresh")
    assert finished.returncode == 0
    assert finished.stdout.startswith("Nothing new in ")
    assert refreshed.settings.published_file.stat().st_mtime_ns == before.st_mtime_ns


def test_the_ten_real_texts_are_loaded_each_with_its_municipality_and_year(published):
    found = published.execute(
        "select contract_version_id, version_year_basis from dim_contract_version where document_kind = 'excerpt' order by 1"
    ).fetchall()
    assert found == [
        ("borlange-2023", "manifest"), ("enkoping-2023", "inferred"), ("eskilstuna-2023", "inferred"),
        ("jarfalla-2023", "inferred"), ("karlstad-2023", "stated"), ("kristianstad-2023", "manifest"),
        ("lund-2023", "inferred"), ("ostersund-2023", "inferred"), ("umea-2023", "inferred"), ("vaxjo-2023", "ordinal"),
    ]  # fmt: skip


def test_every_published_quote_stands_in_the_text_at_its_offsets(published):
    tables = published.execute(
        "select table_name from duckdb_columns() where schema_name = 'main' "
        "and column_name in ('quote', 'char_start', 'contract_version_id') group by 1 having count(*) = 3 order by 1"
    ).fetchall()
    assert {table for (table,) in tables} >= {"fct_goal", "fct_outcome", "fct_initiative", "fct_evidence"}
    for (table,) in tables:
        total, wrong = published.execute(
            f"select count(*), count(*) filter (substr(t.raw_text, char_start + 1, char_end - char_start) is distinct "
            f"from quote) from {table} left join contract_text as t using (contract_version_id)"
        ).fetchone()
        assert (total > 0, wrong) == (True, 0), table


def test_files_that_cannot_be_read_are_set_aside_with_a_reason_and_stop_nothing(refreshed, published):
    found = dict(published.execute("select source_path, reason from load_log where outcome = 'rejected'").fetchall())
    assert found.keys() == {"lund/2021.txt", "nowhere.txt"}
    assert all(len(reason) > 30 for reason in found.values())
    assert "set aside: lund/2021.txt" in refreshed.output


def test_a_copy_of_a_contract_is_logged_as_the_same_text(published):
    found = published.execute(
        "select outcome, reason from load_log where source_path in ('karlskrona-2022.txt', 'karlskrona/2022.txt') order by 1"
    ).fetchall()
    assert [outcome for outcome, _ in found] == ["loaded", "unchanged"]
    assert "The same text as" in found[1][1]


def test_versions_of_a_municipality_follow_one_another(published):
    found = published.execute(
        "select contract_version_id, previous_contract_version_id, is_latest from dim_contract_version "
        "where contract_version_id like 'karlskrona%' order by 1"
    ).fetchall()
    assert found == [("karlskrona-2021", None, False), ("karlskrona-2022", "karlskrona-2021", True)]


def test_every_public_table_and_column_carries_its_description_in_the_file(published):
    bare = published.execute(
        "select table_name, column_name from duckdb_columns() where not internal and coalesce(comment, '') = '' "
        "union all select table_name, null from duckdb_tables() where not internal and coalesce(comment, '') = ''"
    ).fetchall()
    assert bare == []


def test_every_code_joins_its_code_list(published):
    for table, column, dimension in [
        ("fct_goal", "goal_type", "dim_goal_type"), ("fct_goal", "status", "dim_goal_status"),
        ("fct_initiative", "status", "dim_initiative_status"), ("fct_outcome", "outcome_type", "dim_outcome_type"),
        ("load_log", "outcome", "dim_load_outcome"), ("dim_contract_version", "version_year_basis", "dim_version_year_basis"),
    ]:  # fmt: skip
        strays = published.execute(
            f"select distinct f.{column} from {table} as f anti join {dimension} as d on f.{column} = d.code"
        ).fetchall()
        assert strays == [], table


def test_parquet_and_datapackage_agree_with_the_file(refreshed, published):
    folder = refreshed.settings.published_dir
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    names = {name for (name,) in published.execute("select table_name from duckdb_tables() where schema_name = 'main'").fetchall()}
    assert {resource["name"] for resource in package["resources"]} == names
    for resource in package["resources"]:
        assert duckdb.sql(f"select count(*) from '{folder / resource['path']}'").fetchone() == (resource["rows"],)


def test_the_extraction_is_measured_in_the_product(published):
    found = published.execute("select distinct kind from quality_extraction where metric = 'precision'").fetchall()
    assert {kind for (kind,) in found} == {"goal", "outcome", "initiative"}


def test_inspect_shows_one_file_without_touching_the_warehouse(refreshed):
    before = refreshed.settings.warehouse_file.stat().st_mtime_ns
    finished = refreshed.run("inspect", str(refreshed.settings.raw_dir / "karlskrona" / "2022.txt"))
    assert finished.returncode == 0, finished.stderr
    assert "karlskrona-2022" in finished.stdout
    assert "klimatneutralt senast 2035" in finished.stdout
    assert refreshed.settings.warehouse_file.stat().st_mtime_ns == before


def test_inspect_of_an_unreadable_file_says_why(refreshed):
    finished = refreshed.run("inspect", str(refreshed.settings.raw_dir / "lund" / "2021.txt"))
    assert finished.returncode == 1
    assert "Set aside" in finished.stdout


def test_a_missing_raw_folder_is_a_clear_error(refreshed, tmp_path):
    environment = refreshed.environment | {
        "KLIMATLAGER_RAW_DIR": str(tmp_path / "none"), "KLIMATLAGER_DATA_DIR": str(tmp_path / "data"),
    }  # fmt: skip
    from tests.conftest import klimatlager

    finished = klimatlager(environment, "refresh")
    assert finished.returncode == 1
    assert "Traceback" not in finished.stderr
    assert "KLIMATLAGER_RAW_DIR" in finished.stderr
