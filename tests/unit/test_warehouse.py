import subprocess
import sys
import textwrap

import pytest

from orchestration.builds import build_all_next, built_by, last_build_passed, record_build
from orchestration.frames import frame
from orchestration.warehouse import (
    Warehouse,
    WarehouseLockedError,
    replace_documents,
    replace_table,
)

SENTENCE = {"sentence_no": 0, "kind": "paragraph", "section": "other", "page": None, "char_start": 0, "char_end": 1,
            "text": "x", "is_climate_bearing": False}  # fmt: skip


@pytest.fixture
def warehouse(tmp_path):
    return Warehouse(tmp_path / "warehouse.duckdb", 0.3)


def sentences(*documents):
    return frame("sentence", [{"document_id": document} | SENTENCE for document in documents])


def documents_in(connection):
    return [row[0] for row in connection.execute("select document_id from raw.sentence order by 1").fetchall()]


def test_a_failed_write_leaves_no_trace(warehouse):
    with warehouse.write("test") as connection:
        replace_table(connection, "sentence", sentences("a"))

    def fail_halfway():
        with warehouse.write("test") as connection:
            replace_table(connection, "sentence", sentences("b"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_halfway()
    with warehouse.read() as connection:
        assert documents_in(connection) == ["a"]


def test_replacing_a_document_that_now_yields_nothing_clears_its_rows(warehouse):
    with warehouse.write("test") as connection:
        replace_table(connection, "sentence", sentences("a", "b"))
        replace_documents(connection, "sentence", sentences(), ["a"])
        assert documents_in(connection) == ["b"]


def test_a_second_writer_waits_and_then_hears_who_holds_the_lock(warehouse, tmp_path):
    program = textwrap.dedent(f"""
        import sys, time
        from pathlib import Path
        from orchestration.warehouse import Warehouse
        with Warehouse(Path({str(warehouse.path)!r}), 5).locked("a long refresh"):
            print("held", flush=True)
            sys.stdin.readline()
    """)
    holder = subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with (
            pytest.raises(WarehouseLockedError, match=rf"process {holder.pid} \(a long refresh, since 20"),
            warehouse.locked("test"),
        ):
            pass
        assert holder.stdin is not None
        holder.stdin.write("\n")
        holder.stdin.flush()
        holder.wait(timeout=10)
        with warehouse.locked("test"):
            pass
    finally:
        holder.kill()
        holder.communicate()


def test_a_killed_writer_leaves_the_lock_free_and_the_rows_as_they_were(warehouse):
    with warehouse.write("test") as connection:
        replace_table(connection, "sentence", sentences("a"))
    program = textwrap.dedent(f"""
        import os
        from pathlib import Path
        from orchestration.warehouse import Warehouse
        with Warehouse(Path({str(warehouse.path)!r}), 5).write("doomed") as connection:
            connection.execute("delete from raw.sentence")
            os.kill(os.getpid(), 9)
    """)
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == -9
    with warehouse.read() as connection:
        assert documents_in(connection) == ["a"]


def test_raw_tables_of_an_older_shape_are_made_anew(warehouse):
    with warehouse.write("test") as connection:
        replace_table(connection, "sentence", sentences("a"))
        connection.execute("update meta.raw_schema set version = 'older'")
    with warehouse.write("test") as connection:
        assert documents_in(connection) == []


def test_reading_before_the_first_refresh_says_what_to_do(warehouse):
    with pytest.raises(FileNotFoundError, match="make refresh"), warehouse.read():
        pass


def test_only_a_build_that_passed_may_be_published(warehouse):
    with warehouse.write("test"):
        pass
    assert not last_build_passed(warehouse)
    record_build(warehouse, "r1", passed=True, is_whole=True, project="a")
    assert last_build_passed(warehouse)
    record_build(warehouse, "r2", passed=False, is_whole=False, project="a")
    assert not last_build_passed(warehouse)
    record_build(warehouse, "r3", passed=True, is_whole=False, project="a")
    assert not last_build_passed(warehouse), "a partial build does not mend what failed elsewhere"
    record_build(warehouse, "r4", passed=True, is_whole=True, project="a")
    assert last_build_passed(warehouse)


def test_only_a_whole_build_that_passed_tells_by_which_project_everything_was_built(warehouse):
    assert built_by(warehouse) is None
    record_build(warehouse, "r1", passed=True, is_whole=True, project="a")
    record_build(warehouse, "r2", passed=True, is_whole=False, project="b")
    assert built_by(warehouse) == "a"
    with warehouse.write("test") as connection:
        build_all_next(connection)
    assert built_by(warehouse) is None
    record_build(warehouse, "r3", passed=False, is_whole=True, project="b")
    assert built_by(warehouse) is None


def test_times_are_utc_whatever_the_machines_zone(warehouse, monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    with warehouse.write("test") as connection:
        assert connection.execute("select current_setting('timezone')").fetchone() == ("UTC",)
