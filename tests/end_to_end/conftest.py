"""The real thing: web server, daemon and code location as `klimatlager dev` starts them, over a copy of the session's data."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
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


_TICK = """
mutation Tick($schedule: ScheduleSelector!, $now: Float!) { scheduleDryRun(selectorData: $schedule, timestamp: $now) {
  ... on DryRunInstigationTick { evaluationResult { error { message } runRequests { runConfigYaml tags { key value } } } }
} }
"""
_LAUNCH = """
mutation Launch($run: ExecutionParams!) { launchRun(executionParams: $run) {
  __typename ... on LaunchRunSuccess { run { runId } }
} }
"""
_PLACE = {"repositoryLocationName": "orchestration.definitions", "repositoryName": "__repository__"}


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
        found = self._ask(_RUNS)["runsOrError"]["results"]
        return [
            Run(run["runId"], run["jobName"], run["status"], run["startTime"], run["endTime"],
                {tag["key"]: tag["value"] for tag in run["tags"]})
            for run in found
        ]  # fmt: skip

    def launch(self, job: str, config: str = "{}", tags: list[dict[str, str]] | None = None) -> str:
        """Launch a job as the Launchpad does. Returns the run's id."""
        run = {
            "selector": _PLACE | {"jobName": job}, "runConfigData": config, "mode": "default",
            "executionMetadata": {"tags": tags or []},
        }  # fmt: skip
        answer = self._ask(_LAUNCH, run=run)["launchRun"]
        assert answer["__typename"] == "LaunchRunSuccess", answer
        return str(answer["run"]["runId"])

    def tick(self, schedule: str, job: str) -> str:
        """Let a schedule tick now, and launch what it asks for, as *Test schedule* in the UI does. Returns the run's id."""
        answer = self._ask(_TICK, schedule=_PLACE | {"scheduleName": schedule}, now=time.time())
        result = answer["scheduleDryRun"]["evaluationResult"]
        assert not result["error"], result
        (request,) = result["runRequests"]
        return self.launch(job, request["runConfigYaml"], request["tags"])

    def _ask(self, query: str, **variables: Any) -> dict[str, Any]:
        request = urllib.request.Request(
            f"{self.address}/graphql",
            data=json.dumps({"query": query, "variables": variables}).encode(),
            headers={"Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                found: dict[str, Any] = json.load(answer)
        except urllib.error.HTTPError as error:
            pytest.fail(f"GraphQL refused: {error.read().decode()[:3000]}")
        data: dict[str, Any] = found["data"]
        return data

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


@pytest.fixture(scope="module")
def running(refreshed, tmp_path_factory, artefacts) -> Iterator[Running]:
    """`klimatlager dev` over a copy of the session's raw/ and data, ready when its sensor ticks."""
    tmp_path = tmp_path_factory.mktemp("running")
    shutil.copytree(refreshed.settings.raw_dir, tmp_path / "raw")
    shutil.copytree(refreshed.settings.data_dir, tmp_path / "data", ignore=shutil.ignore_patterns("dagster"))
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
