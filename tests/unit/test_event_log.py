"""Databases of the event log are kept open between uses, and nothing else is changed by it."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import NullPool, create_engine, event, text

from orchestration.event_log import _Shelves


@pytest.fixture
def engine_for(tmp_path):
    """Engines as Dagster makes them, one a use, with the databases below home/ kept open."""

    def make(path):
        engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
        event.listen(engine, "do_connect", shelves.connect)
        return engine

    (tmp_path / "home").mkdir()
    shelves = _Shelves(tmp_path / "home")
    return make


def used(engine):
    """Which connection one use is given."""
    with engine.connect() as connection:
        return connection.connection.driver_connection


def test_a_database_is_opened_once_and_waits_for_no_disk(engine_for, tmp_path):
    path = tmp_path / "home" / "index.db"
    sqlite3.connect(path).execute("create table t (x)")
    first, second = used(engine_for(path)), used(engine_for(path))
    assert first is second
    assert first.execute("pragma synchronous").fetchone() == (1,)


def test_what_was_not_committed_is_gone_with_the_next_use(engine_for, tmp_path):
    path = tmp_path / "home" / "index.db"
    sqlite3.connect(path).execute("create table t (x)")
    with engine_for(path).connect() as connection:
        connection.execute(text("insert into t values (1)"))
        connection.connection.driver_connection.close()
    with engine_for(path).begin() as connection:
        assert connection.execute(text("select count(*) from t")).scalar() == 0
        connection.execute(text("insert into t values (2)"))
    assert sqlite3.connect(path).execute("select x from t").fetchall() == [(2,)]


def test_a_connection_closed_twice_is_not_given_to_two(engine_for, tmp_path):
    path = tmp_path / "home" / "index.db"
    sqlite3.connect(path).execute("create table t (x)")
    with engine_for(path).connect() as connection:
        connection.connection.driver_connection.close()
    with engine_for(path).connect() as one, engine_for(path).connect() as other:
        assert one.connection.driver_connection is not other.connection.driver_connection


def test_a_file_that_was_replaced_is_opened_anew(engine_for, tmp_path):
    path, other = tmp_path / "home" / "run.db", tmp_path / "home" / "other.db"
    sqlite3.connect(path).execute("create table old (x)")
    used(engine_for(path))
    sqlite3.connect(other).execute("create table new (x)")
    other.replace(path)
    with engine_for(path).connect() as connection:
        assert connection.execute(text("select name from sqlite_master")).scalar() == "new"


def test_databases_elsewhere_are_left_to_sqlalchemy(engine_for, tmp_path):
    path = tmp_path / "elsewhere.db"
    assert used(engine_for(path)) is not used(engine_for(path))
    assert used(engine_for(path)).execute is not None
    assert type(used(engine_for(path))) is sqlite3.Connection


def test_many_threads_and_many_files_lose_nothing(engine_for, tmp_path):
    paths = [tmp_path / "home" / f"{number}.db" for number in range(20)]
    for path in paths:
        with sqlite3.connect(path) as connection:
            connection.execute("pragma journal_mode = wal")
            connection.execute("create table t (x)")

    def write(number):
        with engine_for(paths[number % 20]).begin() as connection:
            connection.execute(text("insert into t values (:x)"), {"x": number})

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(400)))
    written = [row for path in paths for row in sqlite3.connect(path).execute("select x from t").fetchall()]
    assert sorted(written) == [(number,) for number in range(400)]
