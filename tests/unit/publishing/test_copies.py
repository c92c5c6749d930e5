"""The other formats: Parquet, CSV for Excel, SQLite, datapackage.json."""

import csv
import json
import sqlite3

import duckdb
import pytest
from frictionless import Package

from orchestration.publishing.excel_csv import CELL_LIMIT, publish_excel_csv
from orchestration.publishing.parquet import publish_parquet
from orchestration.publishing.publish import publish_copies
from orchestration.publishing.sqlite_file import publish_sqlite


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


@pytest.fixture
def cell(warehouse, publish, tmp_path):
    """What Excel is given for a text in the warehouse."""

    def give(text):
        with duckdb.connect(str(warehouse)) as connection:
            connection.execute("update dim_unit set \"at\" = ? where code = 'a'", [text])
        publish_excel_csv(publish(), tmp_path / "csv")
        return rows_of(tmp_path / "csv" / "dim_unit.csv")[0]["at"]

    return give


def test_csv_opens_in_a_swedish_excel(snapshot, tmp_path):
    publish_excel_csv(snapshot, tmp_path / "csv")
    raw = (tmp_path / "csv" / "dim_unit.csv").read_bytes()
    assert raw.startswith("\ufeffcode;".encode())
    assert rows_of(tmp_path / "csv" / "dim_unit.csv")[1] == {
        "code": "b", "sort_order": "2", "tags": '["y"]', "share": "1,5", "is_own": "SANT",
        "seen": "2026-01-01 12:00:00", "day": "2026-01-01", "at": "",
    }  # fmt: skip
    assert "Umeå" in (tmp_path / "csv" / "passage.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " =", "\r", "\n=", "＝"])
def test_a_text_that_starts_like_a_formula_is_no_formula_in_excel(cell, start):
    assert cell(f"{start}cmd|' /C calc'!A0").startswith("'")


def test_an_ordinary_text_is_left_as_it_is(cell):
    assert cell('Utsläpp; "minskar" = bra\nmed 5 %') == 'Utsläpp; "minskar" = bra\nmed 5 %'


def test_a_text_longer_than_a_cell_is_cut_and_says_so(cell):
    found = cell("x" * (CELL_LIMIT + 5))
    assert (len(found), found[-1]) == (CELL_LIMIT, "…")


def test_numbers_below_zero_stay_numbers(warehouse, publish, tmp_path):
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("update dim_unit set share = -2.5, sort_order = -3 where code = 'a'")
    publish_excel_csv(publish(), tmp_path / "csv")
    assert rows_of(tmp_path / "csv" / "dim_unit.csv")[0]["share"] == "-2,5"
    assert rows_of(tmp_path / "csv" / "dim_unit.csv")[0]["sort_order"] == "-3"


def test_sqlite_holds_every_table_with_keys_and_meanings(snapshot, tmp_path):
    path = publish_sqlite(snapshot, tmp_path / "klimatlager.sqlite")
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as reader:
        names = {name for (name,) in reader.execute("select name from sqlite_master where type = 'table'")}
        assert names == {table.name for table in snapshot.tables}
        assert reader.execute("select * from dim_unit where code = 'b'").fetchall() == [
            ("b", 2, '["y"]', 1.5, 1, "2026-01-01 12:00:00", "2026-01-01", "")
        ]
        assert reader.execute("select * from dim_unit where code = 'a'").fetchall() == [("a", 1, *[None] * 6)]
        assert reader.execute("select pk from pragma_table_info('dim_unit') where name = 'code'").fetchall() == [(1,)]
        (schema,) = reader.execute("select sql from sqlite_master where name = 'dim_unit'").fetchone()
        assert "-- The code." in schema
        indexes = {name for (name,) in reader.execute("select name from sqlite_master where type = 'index'")}
        assert {"passage_contract_version_id", "passage_municipality_id"} <= indexes
        assert reader.execute("select build_id from dataset_version").fetchall() == [("b1",)]
        assert reader.execute("pragma integrity_check").fetchone() == ("ok",)


def test_parquet_carries_the_stamp_and_stale_files_go(snapshot):
    folder = snapshot.path.parent / "parquet"
    folder.mkdir()
    (folder / "gone.parquet").write_bytes(b"old")
    (folder / ".dim_unit.parquet.partial").write_bytes(b"a run that was killed")
    files = publish_parquet(snapshot, folder)
    assert sorted(path.name for path in folder.iterdir()) == sorted(file.name for file in files)
    metadata = dict(duckdb.sql(f"select key, value from parquet_kv_metadata('{folder}/dim_unit.parquet')").fetchall())
    assert metadata[b"build_id"] == b"b1"


def test_the_datapackage_is_valid_and_agrees_with_the_files(snapshot):
    copies = publish_copies(snapshot)
    package = json.loads(copies.package.read_text(encoding="utf-8"))
    assert list(Package.metadata_validate(package)) == []
    assert package["build"]["build_id"] == package["version"] == "b1"
    resources = {resource["name"]: resource for resource in package["resources"]}
    assert resources["dim_unit"]["schema"]["primaryKey"] == ["code"]
    for resource in resources.values():
        path = snapshot.path.parent / resource["path"]
        assert duckdb.sql(f"select count(*) from '{path}'").fetchone() == (resource["rows"],)
        names = duckdb.sql(f"select * from '{path}'").columns
        assert [field["name"] for field in resource["schema"]["fields"]] == names
    assert {other["path"] for other in package["others"]} >= {"klimatlager.sqlite", "csv/dim_unit.csv"}
    assert all(other["hash"].startswith("sha256:") for other in package["others"])


def test_the_folder_holds_what_is_meant_for_readers_and_nothing_can_be_written_in_its_files(snapshot):
    publish_copies(snapshot)
    folder = snapshot.path.parent
    assert sorted(path.name for path in folder.iterdir()) == [
        "csv", "datapackage.json", "klimatlager.duckdb", "klimatlager.sqlite", "parquet",
    ]  # fmt: skip
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert {oct(path.stat().st_mode & 0o777) for path in files} == {"0o444"}
    assert {path.suffix for path in files} == {".csv", ".json", ".duckdb", ".sqlite", ".parquet"}
