"""A refresh killed without warning: the published file stays whole, and the next refresh repairs the rest by itself."""

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace

import duckdb

from tests.conftest import GOLD, klimatlager

_COUNTS = (
    "select count(*), (select count(*) from fct_goal), (select count(*) from fct_evidence) from dim_contract_version"
)


def published(settings):
    with duckdb.connect(str(settings.published_file), read_only=True) as connection:
        return connection.execute(_COUNTS).fetchone()


def kill_after(environment, words):
    """Start a refresh and kill it, with all its children, when it has said the words."""
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "orchestration.cli", "refresh"], env=environment, cwd="/",
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip
    assert process.stdout
    heard = ""
    for line in process.stdout:
        heard += line
        if f"] {words}" in line:
            break
    else:
        raise AssertionError(f"it never said {words}: {heard}")
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def test_a_refresh_killed_at_any_stage_is_repaired_by_the_next(refreshed, tmp_path):
    shutil.copytree(refreshed.settings.raw_dir, tmp_path / "raw")
    shutil.copytree(refreshed.settings.data_dir, tmp_path / "data", ignore=shutil.ignore_patterns("dagster"))
    settings = replace(refreshed.settings, raw_dir=tmp_path / "raw", data_dir=tmp_path / "data")
    environment = refreshed.environment | settings.export() | {"DAGSTER_HOME": str(tmp_path / "home")}
    before = published(settings)
    (settings.raw_dir / "strangnas").mkdir()
    shutil.copy(GOLD / "authored_d" / "strangnas-2024.txt", settings.raw_dir / "strangnas" / "2024.txt")

    for stage in ("raw files", "mentions", "models"):
        kill_after(environment, stage)
        assert published(settings) == before, f"killed after {stage}, readers still have the last good file"

    finished = klimatlager(environment, "refresh")
    assert finished.returncode == 0, finished.stdout + finished.stderr
    after = published(settings)
    assert after[0] == before[0] + 1
    assert all(now > earlier for now, earlier in zip(after, before, strict=True))
    assert klimatlager(environment, "refresh").stdout.startswith("Nothing new")
