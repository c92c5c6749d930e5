"""The failure alert: what it says, and that it arrives, tested against a local server."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import dagster as dg
import pytest

from orchestration import alerts, sensors
from orchestration.resources import Project
from orchestration.settings import Settings

SECRET = "/hooks/T0/S3cr3t"


class Server:
    """A webhook that answers with the given codes, one after the other, the last one for ever."""

    def __init__(self, *codes):
        self.received: list[tuple[str, str | None, dict[str, Any]]] = []
        answers = list(codes)
        received = self.received

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                received.append((self.path, self.headers["Content-Type"], body))
                self.send_response(answers.pop(0) if len(answers) > 1 else answers[0])
                self.end_headers()

            def log_message(self, *arguments):
                pass

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}{SECRET}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    monkeypatch.setattr(alerts, "_WAITS_SECONDS", (0.0, 0.0))


ALERT = alerts.Alert(
    "refresh", "0123456789", "lund-2024", "documents: the disk is full <1>", "http://ui/runs/0123456789"
)


def test_plain_json_names_job_run_subject_error_and_address():
    with Server(204) as server:
        assert alerts.post(server.url, ALERT, "json") is None
    ((path, kind, body),) = server.received
    assert (path, kind) == (SECRET, "application/json; charset=utf-8")
    assert body == {
        "event": "run_failed", "project": "klimatlager", "job": "refresh", "run_id": "0123456789",
        "subject": "lund-2024", "error": "documents: the disk is full <1>", "url": "http://ui/runs/0123456789",
    }  # fmt: skip


def test_slack_gets_text_and_an_escaped_block():
    with Server(200) as server:
        assert alerts.post(server.url, ALERT, "slack") is None
    ((_, _, body),) = server.received
    assert "of refresh (lund-2024) failed. What was published before stays." in body["text"]
    assert "&lt;1&gt;" in body["blocks"][0]["text"]["text"]


def test_a_passing_fault_is_tried_again():
    with Server(503, 200) as server:
        assert alerts.post(server.url, ALERT, "json") is None
    assert len(server.received) == 2


def test_a_refusal_is_told_once_without_the_address():
    with Server(404) as server:
        problem = alerts.post(server.url, ALERT, "json")
    assert len(server.received) == 1
    assert problem == "the webhook answered 404."


def test_an_address_that_cannot_be_reached_is_told_without_the_secret():
    with Server(200) as server:
        url = server.url
    problem = alerts.post(url, ALERT, "json")
    assert problem
    assert "S3cr3t" not in problem
    assert "KLIMATLAGER_ALERT_WEBHOOK" in str(alerts.post("file:///etc/passwd", ALERT, "json"))


@dg.op
def broken():
    raise dg.Failure(description="2 dbt nodes failed; nothing was published and the last good file stays.")


@dg.job(name="refresh", tags={"contract_version": "lund-2024"})
def failing():
    broken()


def test_a_failed_run_is_told_in_the_words_of_the_step_that_failed(tmp_path, caplog):
    with Server(200) as server, dg.DagsterInstance.ephemeral() as instance:
        settings = Settings.from_environment(
            {
                "KLIMATLAGER_DATA_DIR": str(tmp_path),
                "KLIMATLAGER_ALERT_WEBHOOK": server.url,
                "KLIMATLAGER_UI_URL": "https://dagster.kommun.se/",
            }
        )
        result = failing.execute_in_process(instance=instance, raise_on_error=False)
        context = dg.build_run_status_sensor_context(
            sensor_name="alert_on_failure", dagster_event=result.get_run_failure_event(), dagster_instance=instance,
            dagster_run=result.dagster_run,
        )  # fmt: skip
        sensors.alert_on_failure(context.for_run_failure(), project=Project(settings))
    ((_, _, body),) = server.received
    assert body["error"] == "broken: 2 dbt nodes failed; nothing was published and the last good file stays."
    assert body["subject"] == "lund-2024"
    assert body["url"] == f"https://dagster.kommun.se/runs/{result.dagster_run.run_id}"
    assert "S3cr3t" not in caplog.text
