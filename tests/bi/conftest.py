"""Superset as `make superset` starts it, over a copy of what the session's refresh has published, and a browser in it."""

import http.cookiejar
import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from orchestration.settings import ROOT
from tests.end_to_end.browser import Page, browser

ASSETS = ROOT / "bi" / "superset" / "assets"


@dataclass
class Superset:
    """A running Superset: its address, its data folder, what stood on the terminal."""

    address: str
    data: Path
    log: Path
    _token: str = field(default="", repr=False)

    @property
    def password(self) -> str:
        return (self.data / "superset" / "admin_password").read_text(encoding="ascii").strip()

    @property
    def published_file(self) -> Path:
        return self.data / "published" / "klimatlager.duckdb"

    def call(self, path: str, body: object | None = None) -> tuple[int, dict[str, Any]]:
        """Status and answer of its API, as the administrator."""
        if not self._token and not path.endswith("/login"):
            login = {"username": "admin", "password": self.password, "provider": "db"}
            self._token = self.call("/api/v1/security/login", login)[1]["access_token"]
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self._token}"}
        if body is not None and self._token:
            headers |= self._session
        request = urllib.request.Request(
            self.address + path, data=None if body is None else json.dumps(body).encode(), headers=headers
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read() or b"{}")

    @property
    def _session(self) -> dict[str, str]:
        """The headers that a changing call needs against cross-site requests."""
        jar = http.cookiejar.CookieJar()
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        request = urllib.request.Request(
            f"{self.address}/api/v1/security/csrf_token/", headers={"Authorization": f"Bearer {self._token}"}
        )
        with opener.open(request, timeout=60) as answer:
            token = json.load(answer)["result"]
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)
        return {"X-CSRFToken": token, "Cookie": cookies, "Referer": self.address}

    def dataset(self, name: str) -> int:
        """The number of a dataset in this installation."""
        found = self.call("/api/v1/dataset/?q=(page_size:100)")[1]["result"]
        return next(int(dataset["id"]) for dataset in found if dataset["table_name"] == name)

    def ask(self, dataset: str, **query: Any) -> list[dict[str, Any]]:
        """The rows that a chart with that query would show."""
        body = {"datasource": {"id": self.dataset(dataset), "type": "table"}, "queries": [query]}
        status, answer = self.call("/api/v1/chart/data", body)
        assert status == 200, answer
        rows: list[dict[str, Any]] = answer["result"][0]["data"]
        return rows


@pytest.fixture(scope="session")
def environment() -> Path:
    """The Python of bi/superset/.venv, made from its lock where it isn't."""
    made = subprocess.run(
        ["make", "--no-print-directory", "bi/superset/.venv/.ready"],
        cwd=ROOT, capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stdout + made.stderr
    return ROOT / "bi" / "superset" / ".venv" / "bin" / "python"


@pytest.fixture(scope="session")
def superset(refreshed, environment, tmp_path_factory) -> Iterator[Superset]:
    """A new installation, gone at the end."""
    data = tmp_path_factory.mktemp("superset")
    shutil.copytree(refreshed.settings.published_dir, data / "published")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {name: value for name, value in os.environ.items() if not name.startswith(("SUPERSET", "KLIMATLAGER"))}
    settings.pop("PYTHONDONTWRITEBYTECODE", None)
    log = data / "terminal.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [environment, ROOT / "bi" / "superset" / "serve.py", "--port", str(port)],
            env=settings | {"KLIMATLAGER_DATA_DIR": str(data)}, cwd="/", stdout=output, stderr=subprocess.STDOUT,
            start_new_session=True,
        )  # fmt: skip
        try:
            found = Superset(f"http://127.0.0.1:{port}", data, log)
            _wait(found, process)
            yield found
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)


def _wait(superset: Superset, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{superset.address}/health", timeout=5):
                return
        except OSError:
            time.sleep(0.3)
    pytest.fail(f"Superset did not start:\n{superset.log.read_text(errors='replace')[-4000:]}")


@pytest.fixture(scope="session")
def page(superset, tmp_path_factory) -> Iterator[Page]:
    """A browser in which the administrator is logged in, tall enough for a whole dashboard."""
    with browser(tmp_path_factory.mktemp("browser")) as found:
        found.resize(1500, 3600)
        found.open(f"{superset.address}/login/")
        found.wait_for("Password")
        form = json.dumps({"username": "admin", "password": superset.password})
        assert (
            found.evaluate(f"""(async () => {{
                const form = new URLSearchParams({form});
                form.set("csrf_token", document.querySelector("[name=csrf_token]").value);
                await fetch("/login/", {{method: "POST", body: form}});
                return (await fetch("/api/v1/me/")).status;
            }})()""")
            == 200
        )
        yield found
