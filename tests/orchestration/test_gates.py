"""What holds a build back from being published, on copies of the session's warehouse."""

import json
import shutil
from contextlib import contextmanager
from dataclasses import replace

import duckdb
import pytest

from orchestration import gates, progress, rebuild
from orchestration.progress import Answer
from orchestration.state import Mark, is_up_to_date, published_mark
from orchestration.versions import code_version
from orchestration.warehouse import Warehouse


@pytest.fixture
def copy(refreshed, tmp_path):
    """Settings over a copy of the refreshed data folder (archive left out)."""
    source = refreshed.settings
    settings = replace(source, data_dir=tmp_path / "data")
    settings.published_dir.mkdir(parents=True)
    shutil.copyfile(source.warehouse_file, settings.warehouse_file)
    shutil.copyfile(source.published_file, settings.published_file)
    shutil.copyfile(source.state_file, settings.state_file)
    return settings


@contextmanager
def changed(settings, *statements):
    warehouse = Warehouse(settings.warehouse_file, 10)
    with warehouse.write("a test") as connection:
        for statement in statements:
            connection.execute(statement)
    with warehouse.write("a test") as connection:
        yield connection


def test_a_good_build_is_let_through(copy):
    with changed(copy) as connection:
        assert gates.refusals(connection, copy) == []
        assert gates.evidence_is_literal(connection).detail.startswith("All ")
        assert gates.rows_have_not_fallen(connection, copy).passed


def test_one_quote_that_is_not_literal_holds_the_build_back(copy):
    with changed(
        copy,
        "update main.fct_goal set char_start = char_start + 1 where goal_version_id = (select min(goal_version_id) from main.fct_goal)",
    ) as connection:
        answer = gates.evidence_is_literal(connection)
        assert (answer.passed, answer.detail) == (
            False, "Quotes that don't stand in the text at their offsets: 1 in fct_goal.",
        )  # fmt: skip
        progress.forget_answers(connection)
        assert [refused.question for refused in gates.refusals(connection, copy)] == [gates.EVIDENCE]


def test_rows_that_no_file_accounts_for_hold_the_build_back(copy):
    with changed(copy, "delete from main.fct_outcome where contract_version_id = 'ostersund-2023'") as connection:
        answer = gates.rows_have_not_fallen(connection, copy)
        assert not answer.passed
        assert "fct_outcome had" in answer.detail
        assert "accept_fewer_rows" in answer.detail


def test_a_table_that_is_gone_holds_the_build_back(copy):
    with changed(copy, "drop table main.rpt_goal") as connection:
        answer = gates.rows_have_not_fallen(connection, copy)
        assert "rpt_goal" in answer.detail
        assert not answer.passed


def test_rows_of_a_withdrawn_file_may_go(copy):
    withdrawal = (
        "insert into raw.file_event select max(event_id) + 1, now(), 'r', 'first_texts.txt', null, 0, 'removed' from raw.file_event",
        "insert into raw.load_event select 'first_texts.txt', 1, null, 0, 'withdrawn', 'gone', 'ostersund-2023', now(), 'r'",
        "delete from main.fct_outcome where contract_version_id = 'ostersund-2023'",
        "delete from main.rpt_goal where contract_version_id = 'ostersund-2023'",
    )
    with changed(copy, *withdrawal) as connection:
        assert gates.rows_have_not_fallen(connection, copy).passed
    with changed(
        copy,
        "delete from main.fct_outcome where contract_version_id = 'lund-2023'",
        "delete from main.fct_initiative where contract_version_id = 'lund-2023'",
    ) as connection:
        assert not gates.rows_have_not_fallen(connection, copy).passed, "another contract's rows may not"


def test_a_new_version_takes_the_older_ones_place_in_reports_and_nowhere_else(copy):
    arrival = (
        "insert into raw.file_event select max(event_id) + 1, now(), 'r', 'lund/2024.txt', 'x', 9, 'arrived' from raw.file_event",
        "insert into raw.load_event select 'lund/2024.txt', null, 'x', 9, 'loaded', null, 'lund-2024', now(), 'r'",
        "insert into raw.document select * replace ('lund-2024@x' as document_id, 'lund-2024' as contract_version_id) "
        "from raw.document where contract_version_id = 'lund-2023' limit 1",
        "delete from main.rpt_theme_coverage where contract_version_id = 'lund-2023'",
    )
    with changed(copy, *arrival) as connection:
        assert gates.rows_have_not_fallen(connection, copy).passed
    with changed(copy, "delete from main.rpt_theme_coverage where contract_version_id = 'umea-2023'") as connection:
        assert "rpt_theme_coverage" in gates.rows_have_not_fallen(connection, copy).detail
    with changed(copy, "delete from main.fct_initiative where contract_version_id = 'lund-2023'") as connection:
        assert "fct_initiative" in gates.rows_have_not_fallen(connection, copy).detail


def test_a_new_version_of_the_code_may_cost_a_fifth_and_no_more(copy):
    mark = published_mark(copy)
    assert mark is not None
    copy.state_file.write_text(json.dumps({"mark": f"{mark.events}@other", "published": None}))
    with changed(
        copy,
        "delete from main.fct_initiative using (select min(initiative_version_id) as i from main.fct_initiative) as m where initiative_version_id = m.i",
    ) as connection:
        assert gates.rows_have_not_fallen(connection, copy).passed
    with changed(copy, "delete from main.fct_initiative where initiative_version_id > 'e'") as connection:
        assert not gates.rows_have_not_fallen(connection, copy).passed


def test_an_answer_of_a_check_stands_for_its_build_and_not_longer(copy):
    with changed(copy) as connection:
        progress.note_answer(connection, Answer(gates.ROWS, False, "no"))
        assert [answer.detail for answer in gates.refusals(connection, copy)] == ["no"]
        progress.forget_answers(connection)
        assert gates.refusals(connection, copy) == []


def test_the_published_file_opens_and_holds_what_the_warehouse_holds(copy, tmp_path):
    rows = Warehouse(copy.warehouse_file, 10).row_counts("main")
    assert gates.published_file_opens(copy.published_file, rows).passed
    assert "fct_goal" in gates.published_file_opens(copy.published_file, rows | {"fct_goal": 0}).detail
    newer = tmp_path / "newer.duckdb"
    duckdb.connect(str(newer), config={"storage_compatibility_version": "latest"}).close()
    with duckdb.connect() as connection:
        newer.unlink()
        connection.execute(f"attach '{newer}' as newer (storage_version 'latest')")
        connection.execute("create table newer.t (x integer)")
    assert "older DuckDB clients" in gates.published_file_opens(newer, {"t": 0}).detail
    copy.published_file.write_bytes(b"no database")
    assert "does not open" in gates.published_file_opens(copy.published_file, rows).detail


def test_older_clients_are_told_from_the_file_itself(copy, tmp_path):
    assert gates.older_clients_open(copy.published_file).passed
    for name, version, table in (
        ("newer", "latest", "t (x integer)"), ("keyed", "v1.0.0", "t (x integer primary key)"),
    ):  # fmt: skip
        with duckdb.connect() as connection:
            connection.execute(f"attach '{tmp_path / name}' as made (storage_version '{version}')")
            connection.execute(f"create table made.{table}")
    assert "storage number is" in gates.older_clients_open(tmp_path / "newer").detail
    assert "keys or indexes (t)" in gates.older_clients_open(tmp_path / "keyed").detail
    (tmp_path / "text").write_text("no database")
    assert "no DuckDB file" in gates.older_clients_open(tmp_path / "text").detail
    assert not gates.older_clients_open(tmp_path / "none").passed


def test_municipalities_without_a_version_of_the_year_are_listed(copy):
    assert gates.overdue(copy.published_file, 2023) == [("Karlskrona", 2022)]
    assert len(gates.overdue(copy.published_file, 2024)) == 11


def rebuilt(connection):
    """A full rebuild that reads the same rows: kept aside, and put back after the tables were emptied."""
    tables = [
        table
        for (table,) in connection.execute(
            "select table_name from duckdb_tables() where schema_name = 'raw'"
        ).fetchall()
    ]
    for table in tables:
        connection.execute(f"create or replace temp table kept_{table} as from raw.{table}")
    mark = progress.mark_of(connection, "matching")
    rebuild.begin(connection, 0)
    for table in tables:
        connection.execute(f"insert into raw.{table} from kept_{table}")
    progress.note(connection, "matching", mark)


def test_a_full_rebuild_that_gives_the_same_rows_passes(copy):
    with changed(copy) as connection:
        rebuilt(connection)
        answer, differences = rebuild.conclude(connection)
        assert (answer.passed, differences) == (True, [])
        assert "the same" in answer.detail
        assert rebuild.conclude(connection)[0] == answer, "it stands until the next rebuild"


def test_a_difference_holds_every_build_back_until_a_further_full_rebuild_agrees(copy):
    with changed(copy) as connection:
        rebuilt(connection)
        connection.execute(
            "update raw.goal_mention set value = 99 where document_id = (select min(document_id) from raw.goal_mention)"
        )
        answer, differences = rebuild.conclude(connection)
        assert not answer.passed
        assert [difference.table for difference in differences] == ["goal_mention"]
        assert [refused.question for refused in gates.refusals(connection, copy)] == [rebuild.QUESTION]
        assert not rebuild.conclude(connection)[0].passed
        rebuilt(connection)
        assert rebuild.conclude(connection)[0].passed
        assert gates.refusals(connection, copy) == []


@pytest.mark.parametrize("reason", ["new files", "another version of the code", "killed before", "killed in a rebuild"])
def test_a_rebuild_is_not_compared_with_increments_that_were_not_complete(copy, reason):
    with changed(copy) as connection:
        if reason == "another version of the code":
            progress.note(connection, "matching", Mark(3, "other"))
        if reason == "killed before":
            progress.note(
                connection, "matching", Mark(progress.mark_of(connection, "mentions").events - 1, code_version())
            )
        if reason == "killed in a rebuild":
            rebuild.begin(connection, 0)
        rebuild.begin(connection, 1 if reason == "new files" else 0)
        answer, _ = rebuild.conclude(connection)
        assert answer.passed
        assert "Nothing to compare with" in answer.detail


def test_a_rebuild_that_cannot_be_compared_takes_no_difference_back(copy):
    with changed(copy) as connection:
        rebuilt(connection)
        connection.execute("delete from raw.goal_entity where goal_id = (select min(goal_id) from raw.goal_entity)")
        assert not rebuild.conclude(connection)[0].passed
        rebuild.begin(connection, 1)
        assert not rebuild.conclude(connection)[0].passed


def test_the_published_mark_is_that_of_the_archive_and_the_code(refreshed):
    assert published_mark(refreshed.settings) == Mark.now(len(events(refreshed)))
    assert is_up_to_date(refreshed.settings)


def test_a_stage_of_another_code_makes_everything_after_it_stale(copy):
    with changed(copy) as connection:
        progress.note(connection, "documents", Mark(3, "other"))
        progress.note_done(connection, "mentions", "documents", "sentence")
        assert progress.mark_of(connection, "mentions").code == progress.STALE


def events(refreshed):
    from orchestration.contracts.archive import Archive

    return Archive(refreshed.settings.archive_dir).events()
