"""A real PostgreSQL: what BI tools see there, and that they never see half of it."""

import socket
import subprocess
import threading
import traceback
from dataclasses import replace

import duckdb
import psycopg
import pytest
import sqlalchemy

from orchestration.publishing import postgres as loader
from orchestration.publishing.postgres import publish_postgres
from orchestration.publishing.postgres_server import PostgresError, Server
from orchestration.settings import Settings


@pytest.fixture
def server(fresh):
    return Server(fresh.address)


@pytest.fixture
def loaded(published, server, tmp_path):
    return publish_postgres(published, server, tmp_path / "scratch")


def test_every_table_is_there_with_its_rows_and_types(loaded, fresh, published):
    assert loaded.rows == sum(published.rows.values())
    for table, rows in published.rows.items():
        assert fresh.ask(f'select count(*) from klimatlager."{table}"') == [(rows,)], table
    assert fresh.ask(
        "select count(*) from klimatlager.contract_text where raw_text like '%å%' and raw_text like E'%\\n%'"
    ) != [(0,)]
    kinds = dict(fresh.ask(
        "select column_name, data_type from information_schema.columns where table_schema = 'klimatlager' "
        "and table_name in ('load_log', 'quality_coverage', 'fct_goal')"
    ))  # fmt: skip
    assert (kinds["at"], kinds["unread_sentences"], kinds["value"]) == (
        "timestamp with time zone", "jsonb", "double precision",
    )  # fmt: skip


def test_the_letters_are_the_same_as_in_the_duckdb_file(loaded, fresh, published):
    with duckdb.connect(str(published.path), read_only=True) as reader:
        ours = reader.execute(
            "select contract_version_id, md5(raw_text), source_line from contract_text order by 1"
        ).fetchall()
    assert (
        sorted(fresh.ask("select contract_version_id, md5(raw_text), source_line from klimatlager.contract_text"))
        == ours
    )


def test_sqlalchemy_reflects_keys_indexes_and_comments(loaded, server):
    engine = sqlalchemy.create_engine(server.address.replace("postgresql://", "postgresql+psycopg://"))
    found = sqlalchemy.inspect(engine)
    assert found.get_pk_constraint("fct_goal", schema="klimatlager")["constrained_columns"] == ["goal_version_id"]
    assert {tuple(index["column_names"]) for index in found.get_indexes("fct_goal", schema="klimatlager")} >= {
        ("contract_version_id",), ("municipality_id",), ("goal_id",),
    }  # fmt: skip
    assert str(found.get_table_comment("fct_goal", schema="klimatlager")["text"]).startswith("One row per goal")
    assert all(column["comment"] for column in found.get_columns("fct_goal", schema="klimatlager"))
    engine.dispose()


def test_psql_describes_the_schema_and_its_build(loaded, fresh, published):
    shown = subprocess.run(
        [fresh.psql, "-d", fresh.address, "-c", "\\d klimatlager.rpt_goal", "-c", "\\dn+ klimatlager"],
        capture_output=True, text=True, check=True, timeout=60,
    ).stdout  # fmt: skip
    assert "PRIMARY KEY, btree (goal_version_id)" in shown
    assert f"build_id {published.stamp.build_id}" in shown


def test_the_reading_role_reads_and_writes_nothing(loaded, fresh):
    with psycopg.connect(fresh.address, autocommit=True) as connection:
        connection.execute("drop role if exists powerbi; create role powerbi login in role klimatlager_reader")
    assert fresh.ask("select count(*) > 0 from klimatlager.rpt_goal", user="powerbi") == [(True,)]
    for statement in (
        "delete from klimatlager.rpt_goal",
        "create table klimatlager.x (y int)",
        "drop schema klimatlager",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            fresh.ask(statement, user="powerbi")


def test_a_reader_is_never_in_the_way_and_sees_old_or_new_but_never_half(loaded, fresh, published, server, tmp_path):
    with psycopg.connect(fresh.address) as reader:  # a transaction that stays open
        before = reader.execute("select count(*) from klimatlager.fct_goal").fetchone()
        again = publish_postgres(published, server, tmp_path / "scratch")
        assert again.waiting == ("klimatlager_replaced_1",)
        assert fresh.ask("select count(*) from klimatlager.fct_goal") == [before]
    assert publish_postgres(published, server, tmp_path / "scratch").waiting == ()
    assert fresh.ask("select nspname from pg_namespace where nspname like 'klimatlager%'") == [("klimatlager",)]


def test_every_look_during_loads_finds_the_whole(loaded, fresh, published, server, tmp_path):
    expected = published.rows["dim_municipality"]
    seen, stop = [], threading.Event()

    def look():
        with psycopg.connect(fresh.address, autocommit=True) as reader:
            while not stop.is_set():
                seen.append(reader.execute("select count(*) from klimatlager.dim_municipality").fetchone())

    reader = threading.Thread(target=look)
    reader.start()
    for _ in range(3):
        publish_postgres(published, server, tmp_path / "scratch")
    stop.set()
    reader.join()
    assert len(seen) > 10
    assert set(seen) == {(expected,)}


def test_a_server_that_goes_away_while_loading_keeps_its_last_good_schema(
    loaded, fresh, published, server, tmp_path, monkeypatch
):
    before = fresh.ask("select obj_description('klimatlager'::regnamespace)")
    finish, done = loader._finish, []

    def finish_and_go_away(connection, schema, table):
        finish(connection, schema, table)
        done.append(table)
        if len(done) == 5:
            fresh.ask(f"select pg_terminate_backend({connection.info.backend_pid})")

    monkeypatch.setattr(loader, "_finish", finish_and_go_away)
    newer = replace(published, stamp=replace(published.stamp, build_id="newer"))
    with pytest.raises(PostgresError, match="Its last good schema stays"):
        publish_postgres(newer, server, tmp_path / "scratch")
    assert fresh.ask("select obj_description('klimatlager'::regnamespace)") == before
    assert fresh.ask("select nspname from pg_namespace where nspname like 'klimatlager%'") == [("klimatlager",)]
    assert list((tmp_path / "scratch").iterdir()) == []


def test_a_schema_that_is_not_ours_is_left_alone(fresh, published, tmp_path):
    with psycopg.connect(fresh.address, autocommit=True) as connection:
        connection.execute("create schema klimatlager_of_others; create table klimatlager_of_others.dear (x int)")
    with pytest.raises(PostgresError, match="was not made by Klimatlager and is left alone"):
        publish_postgres(published, Server(fresh.address, schema="klimatlager_of_others"), tmp_path)
    assert fresh.ask("select count(*) from klimatlager_of_others.dear") == [(0,)]


def test_a_user_without_rights_is_told_which(loaded, fresh, published, tmp_path):
    with psycopg.connect(fresh.address, autocommit=True) as connection:
        connection.execute("drop role if exists poor; create role poor login")
    server = Server(fresh.address.replace("postgres:", "poor:"), schema="klimatlager_poor")
    with pytest.raises(PostgresError, match="the right to create schemas"):
        publish_postgres(published, server, tmp_path)


SECRET = "hemligt%2Blosen"


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://user:{SECRET}@127.0.0.1:1/db",
        f"postgresql://user:{SECRET}@127.0.0.1:port/db",
        f"host=127.0.0.1 port=1 user=user password={SECRET} dbname=db",
        f"postgres//user:{SECRET}@127.0.0.1/db",
        f"postgresql://127.0.0.1:1/db?user=user&password={SECRET}",
    ],
)
def test_no_error_repeats_the_password(published, address, tmp_path):
    server = Server(address)
    with pytest.raises(PostgresError) as caught:
        publish_postgres(published, server, tmp_path)
    told = "".join(traceback.format_exception(caught.value)) + repr(server)
    settings = Settings.from_environment({"KLIMATLAGER_POSTGRES_URL": address})
    told += repr(settings) + str(settings.export())
    assert "hemligt" not in told


def test_a_server_that_answers_nothing_fails_within_seconds(published, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"postgresql://user:{SECRET}@127.0.0.1:{silent.getsockname()[1]}/db?connect_timeout=2"
        with pytest.raises(PostgresError, match="See that the server runs"):
            publish_postgres(published, Server(address), tmp_path)


@pytest.mark.parametrize("name", ["Klimat", "a-b", 'x"; drop', "", "a" * 42])
def test_a_name_that_postgresql_would_have_to_quote_is_refused(name):
    with pytest.raises(ValueError, match="can't name a PostgreSQL schema"):
        Server("postgresql://localhost", schema=name)
