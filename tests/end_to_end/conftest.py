"""The real thing: web server, daemon and code location as `klimatlager dev` starts them, over a copy of the session's data."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from orchestration.settings import ROOT, Settings

_RUNS = """
query Runs { runsOrError { ... on Runs { results {
  runId status jobName creationTime startTime endTime tags { key value }
} } } }
"""


@dataclass(frozen=True)
class Run:
    """A run as the UI knows it; times in seconds since the epoch."""

    run_id: str
    job: str
    status: str
    started: float | None
    ended: float | None
    tags: dict[str, str]


@dataclass
class Running:
    """A running Klimatlager."""

    settings: Settings
    environment: dict[str, str]
    address: str
    log: Path

    def runs(self) -> list[Run]:
        """All runs, newest first."""
        request = urllib.request.Request(
            f"{self.address}/graphql",
            data=json.dumps({"query": _RUNS}).encode(),
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            found = json.load(answer)["data"]["runsOrError"]["results"]
        return [
            Run(run["runId"], run["jobName"], run["status"], run["startTime"], run["endTime"],
                {tag["key"]: tag["value"] for tag in run["tags"]})
            for run in found
        ]  # fmt: skip

    def wait(self, what: str, condition: Callable[[], Any], seconds: float) -> Any:
        """The condition's value once it is true. Fails with the end of the log when it never is."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            value = condition()
            if value:
                return value
            time.sleep(0.5)
        pytest.fail(
            f"Waited {seconds:g} s for {what}.\n{self.log.read_text(encoding='utf-8', errors='replace')[-6000:]}"
        )

    def finished(self, besides: set[str]) -> Run | None:
        """A run that has ended, of those that are not in `besides`."""
        done = [
            run for run in self.runs() if run.status in ("SUCCESS", "FAILURE", "CANCELED") and run.run_id not in besides
        ]
        return done[0] if done else None


@pytest.fixture(scope="session")
def artefacts(tmp_path_factory) -> Path:
    """Where screenshots and logs go: $CI_ARTEFACTS, or the test's own folder."""
    folder = Path(os.environ.get("CI_ARTEFACTS") or tmp_path_factory.mktemp("artefacts"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def running(refreshed, tmp_path, artefacts) -> Iterator[Running]:
    """`klimatlager dev` over a copy of the session's raw/ and data, ready when its sensor ticks."""
    shutil.copytree(refreshed.settings.raw_dir, tmp_path / "raw")
    shutil.copytree(refreshed.settings.data_dir, tmp_path / "data", ignore=shutil.ignore_patterns("dagster", "dbt"))
    settings = replace(
        refreshed.settings, raw_dir=tmp_path / "raw", data_dir=tmp_path / "data", dagster_home=tmp_path / "home"
    )
    environment = refreshed.environment | settings.export()
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = artefacts / "dev.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "orchestration.cli", "dev", "--port", str(port)],
            env=environment, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        found = Running(settings, environment, f"http://127.0.0.1:{port}", log)
        try:
            found.wait("the web server", lambda: _answers(found.address), 180)
            found.wait("the sensor's first tick", lambda: b"Nothing new among" in log.read_bytes(), 180)
            yield found
        finally:
            os.killpg(process.pid, signal.SIGINT)
            try:
                process.wait(timeout=40)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/server_info", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
