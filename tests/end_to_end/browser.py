"""A headless Chromium, driven over its DevTools protocol: open a page, wait for words, read the console, take a picture.

Only what these tests need; a driver package would bring a browser of its own along.
"""

import base64
import itertools
import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from websockets.sync.client import ClientConnection, connect

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
    "--remote-debugging-port=0", "--window-size=1600,1100",
)  # fmt: skip


class Page:
    """One tab. `complaints` are the console's errors and the page's exceptions so far, `answers` the addresses that have
    answered in full, by the number of the request."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._numbers = itertools.count(1)
        self.complaints: list[str] = []
        self.answers: dict[str, str] = {}
        self._begun: dict[str, str] = {}
        for domain in ("Page", "Runtime", "Log", "Network"):
            self._call(f"{domain}.enable")

    def open(self, address: str) -> None:
        """Go to the address."""
        self._call("Page.navigate", url=address)

    def wait_for(self, *words: str, seconds: float = 60) -> str:
        """The page's text once it holds all the words. Fails with the text when they don't come."""
        deadline = time.monotonic() + seconds
        text = ""
        while time.monotonic() < deadline:
            text = str(self.evaluate("document.body ? document.body.innerText : ''"))
            if all(word in text for word in words):
                return text
            time.sleep(0.5)
        pytest.fail(f"The page never showed {words}; it shows:\n{text[:3000]}")

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression; a promise's once it is kept."""
        answer = self._call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        return answer["result"].get("value")

    def body(self, request: str) -> str:
        """What the server answered to a request of `answers`."""
        return str(self._call("Network.getResponseBody", requestId=request)["body"])

    def resize(self, width: int, height: int) -> None:
        """Make the view that large, in pixels: what isn't in view may not be loaded."""
        self._call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def picture(self, path: Path) -> None:
        """A screenshot of what is in view."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(self._call("Page.captureScreenshot", format="png")["data"]))

    def _call(self, method: str, **parameters: Any) -> dict[str, Any]:
        number = next(self._numbers)
        self._connection.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._connection.recv(timeout=60))
            if message.get("id") == number:
                assert "error" not in message, message
                answer: dict[str, Any] = message["result"]
                return answer
            self._hear(message)

    def _hear(self, message: dict[str, Any]) -> None:
        parameters = message.get("params", {})
        if message.get("method") == "Runtime.exceptionThrown":
            self.complaints.append(json.dumps(parameters["exceptionDetails"])[:500])
        elif message.get("method") == "Runtime.consoleAPICalled" and parameters["type"] == "error":
            values = [str(value.get("value", value.get("description"))) for value in parameters["args"]]
            self.complaints.append(" ".join(values)[:500])
        elif message.get("method") == "Log.entryAdded" and parameters["entry"]["level"] == "error":
            entry = parameters["entry"]
            self.complaints.append(f"{entry['text']} {entry.get('url', '')}"[:500])
        elif message.get("method") == "Network.responseReceived":
            self._begun[parameters["requestId"]] = parameters["response"]["url"]
        elif message.get("method") == "Network.loadingFinished" and parameters["requestId"] in self._begun:
            self.answers[parameters["requestId"]] = self._begun[parameters["requestId"]]


@contextmanager
def browser(profile: Path) -> Iterator[Page]:
    """A Chromium with a fresh profile, gone at the end. Fails the test, saying how to get it, when there is none."""
    program = next(filter(None, map(shutil.which, _NAMES)), None)
    if program is None:
        pytest.fail(
            "Chromium is missing. Install it (Debian, Ubuntu: apt-get install chromium) and run the test again."
        )
    process = subprocess.Popen(
        [program, *_FLAGS, f"--user-data-dir={profile}", "about:blank"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        with connect(_tab(profile), max_size=None) as connection:
            yield Page(connection)
    finally:
        process.terminate()
        process.wait(timeout=20)


def _tab(profile: Path) -> str:
    """The WebSocket address of the first tab; Chromium writes its port into the profile."""
    import urllib.request

    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            port = (profile / "DevToolsActivePort").read_text(encoding="utf-8").split()[0]
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list", timeout=5) as answer:
                pages = [page for page in json.load(answer) if page["type"] == "page"]
            if pages:
                return str(pages[0]["webSocketDebuggerUrl"])
        except (OSError, IndexError):
            pass
        time.sleep(0.2)
    pytest.fail("Chromium did not start within a minute.")
