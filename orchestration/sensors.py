"""The sensors: raw_files, which requests a refresh when the folder's content has changed, and the failure alert.

Here: when a run is requested and what it is called. Not here: looking at the folder (raw_index), what is new against
the archive (contracts.archive), the words of an alert (alerts). What was requested and what came of it is read from
the instance's runs and from the published mark, so that a restart, a crash or a lost cursor changes nothing.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import dagster as dg

from orchestration.alerts import describe, post
from orchestration.contracts import vanishing
from orchestration.contracts.archive import FileEvent, latest, news, removals
from orchestration.contracts.inventory import FoundFile, is_contract_file
from orchestration.jobs import FILE_EVENT, REFRESH, REGISTERING
from orchestration.processes import is_gone
from orchestration.raw_index import Position, RawIndex
from orchestration.resources import Project
from orchestration.run_tags import CONTENT, PROCESS, STARTED_BY, promised_version, subject_tags
from orchestration.state import published_mark

INTERVAL_SECONDS = 10
LOOK_SECONDS = 2.0
"""How long a tick may look at the folder before it goes on at the next tick."""
BACKOFF_SECONDS = (60.0, 300.0, 900.0)
"""How long after the first, second and third failure the same content is requested again; then no more."""
LONGEST_WAIT_SECONDS = 120.0
"""How long complete files wait for others that are still being written."""
_NAMED = 200
"""So many files are asked for the contract version that their path names; the rest is only counted."""
_UNDER_WAY = [dg.DagsterRunStatus.QUEUED, dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED,
              dg.DagsterRunStatus.CANCELING]  # fmt: skip


@dataclass(frozen=True)
class Cursor:
    """How far the look has come, and since when complete files wait for others. Losing it costs time, no more."""

    position: Position | None = None
    waiting_since: float | None = None

    @classmethod
    def parse(cls, text: str | None) -> "Cursor":
        """The cursor from its text; a new one for a text that can't be read."""
        try:
            value = json.loads(text or "{}")
            place = value.get("position")
            position = (tuple(map(str, place[0])), str(place[1])) if place else None
            return cls(position, value.get("waiting_since"))
        except (ValueError, AttributeError, IndexError, TypeError):
            return cls()

    def __str__(self) -> str:
        return json.dumps({"position": self.position, "waiting_since": self.waiting_since})


def is_news(fresh: Sequence[FoundFile], removed: Sequence[str]) -> bool:
    """Fires when a complete file's content is not the one last registered for its path, or a registered file is gone.

    Not for a touched file, the same bytes written again, a file being written, README files or downloads under way.
    """
    return bool(fresh or removed)


def is_unpublished(events: Sequence[FileEvent], published_events: int) -> bool:
    """Fires when files were registered that the published file does not know: a run failed or was killed after stage 1.

    Not for a new version of the code: that is what nightly_refresh is for, so that no deployment starts a run itself.
    """
    return len(events) > published_events


def must_wait_for_others(found: Sequence[FoundFile], waiting_since: float, now: float) -> bool:
    """Fires while some file is being written, so that what arrives together is read together.

    Not for longer than LONGEST_WAIT_SECONDS: a file that never stands still holds nobody up.
    """
    return any(not file.is_settled for file in found) and now - waiting_since < LONGEST_WAIT_SECONDS


def run_that_will_take_it(instance: dg.DagsterInstance) -> dg.DagsterRun | None:
    """A run, queued or under way, that takes in the folder: whatever it leaves is requested after it.

    Not a run whose process is gone: that one is marked as failed first.
    """
    for run in instance.get_runs(filters=dg.RunsFilter(statuses=_UNDER_WAY)):
        if run.job_name in REGISTERING or FILE_EVENT in (run.asset_selection or ()):
            if bury_if_dead(instance, run):
                continue
            return run
    return None


def bury_if_dead(instance: dg.DagsterInstance, run: dg.DagsterRun) -> bool:
    """Mark a run as failed whose process has ended without a word (killed, out of memory, power). True if it did.

    Fires only for a process of this host that has left its note and is gone; other cases are run_monitoring's.
    """
    note = run.tags.get(PROCESS)
    if run.status != dg.DagsterRunStatus.STARTED or note is None or not is_gone(note):
        return False
    current = instance.get_run_by_id(run.run_id)
    if current is None or current.status != dg.DagsterRunStatus.STARTED:
        return False
    instance.report_run_failed(
        current,
        "The run's process is gone: it was killed, ran out of memory, or the machine went down. What was published "
        "stays; the next run takes up the rest.",
    )
    return True


def refusal(attempts: Sequence[dg.RunRecord], now: float) -> str | None:
    """Why this content is not requested now, after the attempts made with it, newest first; None when it is.

    Fires after a run that was cancelled by hand, within the backoff of a failed run, and for good after the fourth
    failure: then new content, or somebody who starts the job, is waited for.
    """
    if not attempts:
        return None
    newest = attempts[0]
    if newest.dagster_run.status == dg.DagsterRunStatus.CANCELED:
        return "The run for this content was cancelled: waiting for new content, or for somebody to start `refresh`."
    if len(attempts) > len(BACKOFF_SECONDS):
        return (
            f"{len(attempts)} runs for this content failed; it is not tried again by itself. See the last run's error, "
            "mend the cause and start the job `refresh`, or change the files."
        )
    due = (newest.end_time or newest.update_timestamp.timestamp()) + BACKOFF_SECONDS[len(attempts) - 1]
    if now < due:
        return f"Attempt {len(attempts)} failed; the next is in {due - now:.0f} seconds."
    return None


def was_refused(
    attempts: Sequence[dg.RunRecord], found: Sequence[FoundFile], last: Mapping[str, FileEvent], allowed_share: float
) -> str | None:
    """Why the folder, so much of which is gone, is not asked for again; None when it is.

    Fires from the second time on: the first run fails, says why and is alerted to, and no further one can do better.
    """
    return vanishing.refusal(found, last, allowed_share) if attempts else None


def fingerprint(found: Iterable[FoundFile], published_events: int) -> str:
    """What the folder holds, on top of what is published: the same request has the same fingerprint, and no other.

    The published events are in it so that content that comes back after a change is a request of its own.
    """
    digest = hashlib.sha256(str(published_events).encode())
    for file in found:
        if file.is_settled:
            digest.update(f"\0{file.path}\0{file.sha256 or file.problem}".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()[:16]


def build_raw_files(clock: Callable[[], float]) -> dg.SensorDefinition:
    """The sensor over raw/; `clock` gives seconds since the epoch."""

    @dg.sensor(
        name="raw_files",
        job_name=REFRESH,
        minimum_interval_seconds=INTERVAL_SECONDS,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Looks at raw/ and requests a refresh when a complete file is new, changed, removed or restored by "
        "content. Waits for files that are being written and for a run that is under way; tries a failed run again "
        "after 1, 5 and 15 minutes.",
    )
    def raw_files(context: dg.SensorEvaluationContext, project: dg.ResourceParam[Project]) -> dg.SensorResult:
        now = clock()
        cursor = Cursor.parse(context.cursor)
        index = RawIndex(project.settings.raw_index_file, clock=lambda: int(now * 1e9))
        look = index.look(
            project.settings.raw_dir, project.limits, start=cursor.position, budget_seconds=LOOK_SECONDS
        )  # fmt: skip
        if look.position is not None:
            at = "/".join((*look.position[0], look.position[1]))
            return _skip(
                f"Still looking through the folder: {len(look.found):,} files so far, up to {at}.",
                Cursor(look.position, cursor.waiting_since),
            )
        events = project.archive.events()
        last = latest(events)
        fresh, removed = news(look.found, last), removals(look.found, last)
        published = published_mark(project.settings)
        done = published.events if published else 0
        if not is_news(fresh, removed) and not is_unpublished(events, done):
            writing = sum(not file.is_settled for file in look.found)
            waiting = f" {writing} being written." if writing else ""
            return _skip(f"Nothing new among {len(look.found):,} files.{waiting}", Cursor())
        since = cursor.waiting_since or now
        if must_wait_for_others(look.found, since, now):
            return _skip("New files have come; waiting for others that are being written.", Cursor(None, since))
        run = run_that_will_take_it(context.instance)
        if run is not None:
            return _skip(
                f"Run {run.run_id[:8]} ({run.job_name}) is queued or under way: waiting for it.", Cursor(None, since)
            )
        content = fingerprint(look.found, done)
        attempts = context.instance.get_run_records(filters=dg.RunsFilter(tags={CONTENT: content}))
        reason = refusal(attempts, now) or was_refused(attempts, look.found, last, project.settings.max_vanished_share)
        if reason is not None:
            return _skip(reason, Cursor(None, since))
        paths = [file.path for file in fresh] + removed or [event.source_path for event in events[done:]]
        promised = (promised_version(path, project.register) for path in paths[:_NAMED] if is_contract_file(path))
        request = dg.RunRequest(
            run_key=f"{content}-{len(attempts) + 1}",
            tags={
                CONTENT: content,
                STARTED_BY: "sensor raw_files",
                "files": str(len(paths)),
                **subject_tags(version for version in promised if version),
            },
        )
        context.log.info("%d files are new, changed or gone: %s", len(paths), ", ".join(sorted(paths)[:20]))
        return dg.SensorResult(run_requests=[request], cursor=str(Cursor()))

    return raw_files


def _skip(reason: str, cursor: Cursor) -> dg.SensorResult:
    return dg.SensorResult(skip_reason=reason, cursor=str(cursor))


@dg.run_failure_sensor(
    name="alert_on_failure",
    minimum_interval_seconds=30,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Writes a clear message for every failed run, and posts it to KLIMATLAGER_ALERT_WEBHOOK where that is "
    "set (KLIMATLAGER_ALERT_FORMAT: json or slack). A run that the sensor will try again is told as well.",
)
def alert_on_failure(context: dg.RunFailureSensorContext, project: dg.ResourceParam[Project]) -> None:
    """Tell that a run failed. An alert that can't be delivered is logged and never stops the next one."""
    alert = describe(
        context.dagster_run.job_name,
        context.dagster_run.run_id,
        context.dagster_run.tags,
        context.failure_event.message or "",
        context.get_step_failure_events(),
        project.settings.ui_url,
    )
    context.log.error("%s", alert.text)
    if project.settings.alert_webhook:
        problem = post(project.settings.alert_webhook, alert, project.settings.alert_format)
        if problem:
            context.log.error("The alert could not be delivered: %s", problem)
