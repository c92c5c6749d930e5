"""Alerts: a failed run in words, and posting it to a webhook.

Here: the message in its two forms, and one polite POST. Not here: when a run has failed (sensors). The webhook's
address is a secret: it stands in no message and no log.
"""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from dagster import DagsterEvent

_WAITS_SECONDS = (1.0, 4.0)
_TIMEOUT_SECONDS = 10.0
_LONGEST = 2_500


@dataclass(frozen=True)
class Alert:
    """A failed run: which, what about, why, and where to look."""

    job: str
    run_id: str
    subject: str
    error: str
    url: str

    @property
    def text(self) -> str:
        """The message for people."""
        about = f" ({self.subject})" if self.subject else ""
        return (
            f"Klimatlager: the run {self.run_id[:8]} of {self.job}{about} failed. What was published before stays.\n"
            f"{self.error}\n{self.url}"
        )


def describe(
    job: str, run_id: str, tags: Mapping[str, str], message: str, failures: Sequence["DagsterEvent"], ui_url: str
) -> Alert:
    """The alert of one run, in the words of the step that failed first."""
    subject = tags.get("contract_version") or tags.get("municipality") or ""
    if not subject and "contract_versions" in tags:
        subject = f"{tags['contract_versions']} contract versions"
    return Alert(job, run_id, subject, (_words(failures) or message)[:_LONGEST], f"{ui_url}/runs/{run_id}")


def _words(failures: Sequence["DagsterEvent"]) -> str:
    for event in failures:
        data = event.step_failure_data
        if data.user_failure_data and data.user_failure_data.description:
            return f"{event.step_key}: {data.user_failure_data.description}"
        cause = data.error
        while cause is not None and cause.cause is not None:
            cause = cause.cause
        if cause is not None:
            return f"{event.step_key}: {cause.message.strip()}"
    return ""


def payload(alert: Alert, form: str) -> dict[str, Any]:
    """The body to post: `slack` (also read by Mattermost, Rocket.Chat, Teams workflows) or plain `json`."""
    if form == "slack":
        return {
            "text": alert.text,
            "blocks": [
                {"type": "section", "text": {"type": "mrkdwn", "text": f":warning: {_escape(alert.text)}"}},
            ],
        }
    return {
        "event": "run_failed",
        "project": "klimatlager",
        "job": alert.job,
        "run_id": alert.run_id,
        "subject": alert.subject,
        "error": alert.error,
        "url": alert.url,
    }


def post(url: str, alert: Alert, form: str) -> str | None:
    """Post the alert, twice more after a passing fault. Returns what went wrong, without the address, or None."""
    if urlsplit(url).scheme not in ("http", "https"):
        return "KLIMATLAGER_ALERT_WEBHOOK must be an http or https address."
    body = json.dumps(payload(alert, form), ensure_ascii=False).encode()
    request = urllib.request.Request(
        url, data=body, method="POST", headers={"Content-Type": "application/json; charset=utf-8"}
    )
    problem: str | None = None
    for wait in (*_WAITS_SECONDS, None):
        try:
            with urllib.request.urlopen(request, timeout=_TIMEOUT_SECONDS):
                return None
        except urllib.error.HTTPError as error:
            problem = f"the webhook answered {error.code}."
            if error.code < 500 and error.code != 429:
                return problem
        except OSError as error:
            reason = getattr(error, "reason", error)
            problem = f"the webhook can't be reached ({type(reason).__name__})."
        if wait is not None:
            time.sleep(wait)
    return problem


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
