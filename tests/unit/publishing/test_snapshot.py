import os
from dataclasses import replace

import duckdb
import pytest

from orchestration.publishing.snapshot import publish_snapshot, read_snapshot
from tests.unit.publishing.conftest import STAMP


def test_public_tables_alone_are_published_with_their_descriptions(snapshot):
    assert snapshot.rows["dim_unit"] == 2
    with duckdb.connect(str(snapshot.path), read_only=True) as reader:
        assert reader.execute("select code, tags from dim_unit").fetchall() == [("a", None), ("b", ["y"])]
        assert reader.execute("select comment from duckdb_tables() where table_name = 'dim_unit'").fetchone() == (
            "One row a unit's code.",
        )
        assert reader.execute("select comment from duckdb_columns() where column_name = 'code'").fetchone() == (
            "The code.",
        )
        schemas = reader.execute("select distinct schema_name from duckdb_tables() order by 1").fetchall()
        assert schemas == [("main",), ("search",)]


def test_the_file_holds_no_index_because_clients_before_1_1_could_not_open_it(snapshot):
    with duckdb.connect(str(snapshot.path), read_only=True) as reader:
        assert reader.execute("select count(*) from duckdb_indexes()").fetchone() == (0,)
        kinds = reader.execute("select distinct constraint_type from duckdb_constraints()").fetchall()
        assert kinds == [("NOT NULL",)]
        assert reader.execute(
            "select tags['storage_version'] from duckdb_databases() where not internal"
        ).fetchone() == ("v1.0.0+",)


def test_the_file_tells_its_build_and_what_its_columns_mean(snapshot):
    with duckdb.connect(str(snapshot.path), read_only=True) as reader:
        found = reader.execute(
            "select build_id, built_at::varchar, git_commit, row_count from dataset_version"
        ).fetchall()
        assert found == [("b1", "2026-01-02 03:04:05", None, 6)]
        assert reader.execute(
            "select key_position, is_required, description from data_dictionary "
            "where table_name = 'dim_unit' and column_name = 'code'"
        ).fetchall() == [(1, True, "The code.")]


def test_a_published_file_read_again_gives_the_snapshot_keys_included(snapshot):
    assert read_snapshot(snapshot.path) == snapshot
    assert {table.name: table.primary_key for table in snapshot.tables}["dim_unit"] == ("code",)


def test_reading_before_the_first_publication_says_what_to_do(tmp_path):
    with pytest.raises(FileNotFoundError, match="make refresh"):
        read_snapshot(tmp_path / "klimatlager.duckdb")


def test_the_stamp_as_texts_leaves_out_what_is_unknown():
    assert STAMP.texts()["built_at"] == "2026-01-02T03:04:05Z"
    assert "git_commit" not in STAMP.texts()
    assert replace(STAMP, git_commit="abc").texts()["git_commit"] == "abc"


def test_a_reader_keeps_the_old_file_while_a_new_one_is_swapped_in(warehouse, publish):
    target = publish().path
    holder = os.open(target, os.O_RDONLY)
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("insert into dim_unit (code) values ('c')")
    publish()
    assert os.fstat(holder).st_ino != target.stat().st_ino
    os.close(holder)
    with duckdb.connect(str(target), read_only=True) as reader:
        assert reader.execute("select count(*) from dim_unit").fetchone() == (3,)


def test_a_failed_publication_leaves_the_last_good_file(snapshot, tmp_path):
    before = snapshot.path.read_bytes()
    with pytest.raises(duckdb.Error):
        publish_snapshot(tmp_path / "missing.duckdb", snapshot.path, lambda *_: STAMP)
    assert snapshot.path.read_bytes() == before
    assert [path.name for path in snapshot.path.parent.iterdir()] == ["klimatlager.duckdb"]
