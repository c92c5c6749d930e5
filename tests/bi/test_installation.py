"""The installation itself: who reaches it, what its users may do to the data and the machine, and what they see of a refresh."""

import concurrent.futures
import contextlib
import os
import shutil
import socket
import sqlite3
import stat
import subprocess
from urllib.parse import urlparse

import duckdb
import pytest
import yaml

from orchestration.settings import ROOT
from tests.bi.conftest import ASSETS


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_it_answers_on_loopback_alone(superset):
    port = urlparse(superset.address).port
    with socket.create_connection(("127.0.0.1", port), timeout=5):
        pass
    with pytest.raises(ConnectionRefusedError), socket.create_connection(("127.0.0.2", port), timeout=5):
        pass  # a server on all addresses would answer here too


def test_secrets_are_this_installations_own_and_the_owners_alone(superset):
    home = superset.data / "superset"
    assert [mode(home), mode(home / "admin_password"), mode(home / "secret_key")] == [0o700, 0o600, 0o600]
    assert len((home / "secret_key").read_text().strip()) >= 60
    terminal = superset.log.read_text()
    assert superset.password not in terminal
    assert str(home / "admin_password") in terminal
    assert not list(superset.published_file.parent.rglob("*secret*"))


def test_a_stranger_sees_nothing(superset):
    status, answer = superset.__class__(superset.address, superset.data, superset.log, "none").call("/api/v1/chart/")
    assert status in (401, 422), answer


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("create table mine as select 1", "does not allow for DDL/DML"),
        ("select * from read_text('/etc/hostname')", "file system operations are disabled"),
        ("select * from read_csv('/etc/passwd')", "file system operations are disabled"),
        ("copy (select 1) to '/tmp/klimatlager-from-superset.csv'", "file system operations are disabled"),
        ("attach '/tmp/klimatlager-from-superset.duckdb'", "file system operations are disabled"),
        ("set enable_external_access = true", "Cannot change configuration option"),
    ],
)
def test_no_query_writes_or_leaves_the_published_file(superset, statement, why):
    databases = superset.call("/api/v1/database/")[1]["result"]
    body = {"database_id": databases[0]["id"], "sql": statement, "schema": "main", "runAsync": False, "queryLimit": 10}
    status, answer = superset.call("/api/v1/sqllab/execute/", body)
    assert status >= 400, answer
    assert why in str(answer)
    status, answer = superset.call("/api/v1/sqllab/execute/", body | {"sql": "select count(*) as n from rpt_goal"})
    assert status == 200, answer


def publish(superset, build):
    """Swap in a file with another build's stamp, as a refresh does."""
    fresh = superset.published_file.with_name("fresh.duckdb")
    shutil.copy(superset.published_file, fresh)
    fresh.chmod(0o644)
    with duckdb.connect(str(fresh)) as connection:
        connection.execute("update dataset_version set build_id = ?", [build])
    fresh.chmod(0o444)
    fresh.replace(superset.published_file)


def build_seen(superset):
    (row,) = superset.ask("dataset_version", columns=["build_id"], metrics=[])
    return row["build_id"]


def test_a_new_publication_is_seen_without_a_restart_also_when_many_are_looking(superset):
    before = build_seen(superset)
    with concurrent.futures.ThreadPoolExecutor(6) as readers:
        seen = list(readers.map(lambda _: build_seen(superset), range(12)))
        assert set(seen) == {before}
        for number in range(3):
            running = [readers.submit(build_seen, superset) for _ in range(6)]
            publish(superset, f"build{number}")
            assert {future.result() for future in running} <= {before, f"build{number}"}
            before = build_seen(superset)
            assert before == f"build{number}"


@pytest.fixture(scope="module")
def second_start(superset, environment, tmp_path_factory):
    """The same installation started once more, with a password of its own, to export what it holds."""
    data = tmp_path_factory.mktemp("again") / "data"
    shutil.copytree(superset.data, data)
    finished = subprocess.run(
        [environment, ROOT / "bi" / "superset" / "serve.py", "--export", data / "assets"], cwd="/", timeout=120,
        env=os.environ | {"KLIMATLAGER_DATA_DIR": str(data), "KLIMATLAGER_SUPERSET_ADMIN_PASSWORD": "Ett annat lösen"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert finished.returncode == 0, finished.stderr
    return data, finished.stdout


def test_a_second_start_repeats_nothing_and_takes_the_password_of_the_environment(second_start, environment):
    data, said = second_start
    assert "Importing" not in said
    assert "Setting up" not in said
    assert "lösen" not in said + (data / "superset" / "superset.log").read_text(encoding="utf-8")
    with contextlib.closing(sqlite3.connect(data / "superset" / "superset.db")) as state:
        (kept,) = state.execute("select password from ab_user where username = 'admin'").fetchone()
    check = "import sys; from werkzeug.security import check_password_hash as c; sys.exit(not c(*sys.argv[1:]))"
    assert subprocess.run([environment, "-c", check, kept, "Ett annat lösen"], timeout=60, check=False).returncode == 0


def test_what_is_exported_is_what_was_shipped(second_start):
    exported = second_start[0] / "assets"
    assert {path.relative_to(exported) for path in exported.rglob("*.yaml")} == {
        path.relative_to(ASSETS) for path in ASSETS.rglob("*.yaml")
    }
    for path in ASSETS.glob("charts/*.yaml"):
        shipped, found = (yaml.safe_load(file.read_text()) for file in (path, exported / path.relative_to(ASSETS)))
        found["params"].pop("datasource")
        assert found == shipped
    for path in ASSETS.glob("datasets/*/*.yaml"):
        shipped, found = (yaml.safe_load(file.read_text()) for file in (path, exported / path.relative_to(ASSETS)))
        assert found["sql"] == shipped["sql"]
        for part, name in (("columns", "column_name"), ("metrics", "metric_name")):
            told = [
                {item[name]: (item["verbose_name"], item.get("expression")) for item in of[part]}
                for of in (found, shipped)
            ]
            assert told[0] == told[1], path.name


def test_every_label_is_in_both_languages():
    """Names of charts and dashboards, and the labels of what they show, are Swedish · English."""
    for path in [*ASSETS.glob("charts/*.yaml"), *ASSETS.glob("dashboards/*.yaml")]:
        asset = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert " · " in asset.get("slice_name", asset.get("dashboard_title")), path.name
    for path in ASSETS.glob("datasets/*/*.yaml"):
        dataset = yaml.safe_load(path.read_text(encoding="utf-8"))
        for metric in dataset["metrics"]:
            assert " · " in metric["verbose_name"], (path.name, metric["metric_name"])


def test_without_a_published_file_it_says_what_to_do(environment, tmp_path):
    finished = subprocess.run(
        [environment, ROOT / "bi" / "superset" / "serve.py"],
        env=os.environ | {"KLIMATLAGER_DATA_DIR": str(tmp_path)}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert finished.returncode == 1
    assert "Run `make refresh` first." in finished.stderr
