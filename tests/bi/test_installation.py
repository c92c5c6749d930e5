"""The installation itself: who reaches it, what its users may do to the data and the machine, and what they see of a refresh."""

import concurrent.futures
import os
import shutil
import socket
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
