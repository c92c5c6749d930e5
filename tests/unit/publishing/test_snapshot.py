import json
import os
from datetime import UTC, datetime

import duckdb
import pytest
from frictionless import Package

from orchestration.publishing.datapackage import publish_datapackage
from orchestration.publishing.parquet import publish_parquet
from orchestration.publishing.snapshot import publish_snapshot


@pytest.fixture
def warehouse(tmp_path):
    path = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema raw; create table raw.secret as select 1 as x")
        connection.execute("create table dim_unit (code varchar primary key, sort_order integer, tags varchar[])")
        connection.execute("insert into dim_unit values ('b', 2, ['y']), ('a', 1, null)")
        connection.execute("comment on table dim_unit is 'One row a unit''s code.'")
        connection.execute("comment on column dim_unit.code is 'The code.'")
    return path


def test_public_tables_alone_are_published_with_keys_and_descriptions(warehouse, tmp_path):
    snapshot = publish_snapshot(warehouse, tmp_path / "published" / "klimatlager.duckdb")
    assert snapshot.rows == {"dim_unit": 2}
    with duckdb.connect(str(snapshot.path), read_only=True) as reader:
        assert reader.execute("from dim_unit").fetchall() == [("a", 1, None), ("b", 2, ["y"])]
        assert reader.execute("select comment from duckdb_tables()").fetchall() == [("One row a unit's code.",)]
        assert reader.execute("select comment from duckdb_columns() where column_name = 'code'").fetchone() == (
            "The code.",
        )
        schemas = reader.execute("select distinct schema_name from duckdb_tables()").fetchall()
        assert schemas == [("main",)]
        assert reader.execute(
            "select tags['storage_version'] from duckdb_databases() where not internal"
        ).fetchone() == ("v1.0.0+",)


def test_a_reader_keeps_the_old_file_while_a_new_one_is_swapped_in(warehouse, tmp_path):
    target = tmp_path / "klimatlager.duckdb"
    publish_snapshot(warehouse, target)
    holder = os.open(target, os.O_RDONLY)
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("insert into dim_unit values ('c', 3, null)")
    publish_snapshot(warehouse, target)
    assert os.fstat(holder).st_ino != target.stat().st_ino
    os.close(holder)
    with duckdb.connect(str(target), read_only=True) as reader:
        assert reader.execute("select count(*) from dim_unit").fetchone() == (3,)


def test_a_failed_publication_leaves_the_last_good_file(warehouse, tmp_path):
    target = tmp_path / "klimatlager.duckdb"
    publish_snapshot(warehouse, target)
    before = target.read_bytes()
    with pytest.raises(duckdb.Error):
        publish_snapshot(tmp_path / "missing.duckdb", target)
    assert target.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["klimatlager.duckdb", "warehouse.duckdb"]


def test_parquet_and_datapackage_describe_each_other_and_stale_files_go(warehouse, tmp_path):
    folder = tmp_path / "published"
    snapshot = publish_snapshot(warehouse, folder / "klimatlager.duckdb")
    (folder / "parquet").mkdir()
    (folder / "parquet" / "gone.parquet").write_bytes(b"old")
    files = publish_parquet(snapshot, folder / "parquet")
    assert [file.name for file in (folder / "parquet").iterdir()] == ["dim_unit.parquet"]
    publish_datapackage(
        snapshot, files, folder / "datapackage.json", version="1", created=datetime(2026, 1, 1, tzinfo=UTC)
    )
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    (resource,) = package["resources"]
    assert (resource["rows"], resource["schema"]["primaryKey"]) == (2, ["code"])
    assert resource["hash"].startswith("sha256:")
    assert duckdb.sql(f"select count(*) from '{folder / resource['path']}'").fetchone() == (2,)
    assert list(Package.metadata_validate(package)) == []
