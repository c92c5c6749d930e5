"""The main job from the command line: is there anything new, and if so, one run in this process.

Here: starting the run and the summary. Not here: any stage (assets), telling whether anything is new (state).
"""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from orchestration.settings import Settings
from orchestration.warehouse import Warehouse

if TYPE_CHECKING:
    from dagster import ExecuteInProcessResult


class RefreshFailedError(RuntimeError):
    """The run failed; the message says where and why."""


@dataclass(frozen=True)
class Rejected:
    """A file, or a line of one, that was set aside."""

    place: str
    reason: str


@dataclass(frozen=True)
class Summary:
    """What the published file holds after a refresh."""

    contract_versions: int
    goals: int
    outcomes: int
    initiatives: int
    rejected: tuple[Rejected, ...]
    file: Path


def prepare_home(settings: Settings) -> None:
    """Make DAGSTER_HOME with the project's dagster.yaml, unless there is one, and export the settings."""
    settings.dagster_home.mkdir(parents=True, exist_ok=True)
    configuration = settings.dagster_home / "dagster.yaml"
    if not configuration.exists():
        shutil.copyfile(Path(__file__).with_name("dagster.yaml"), configuration)
    os.environ.update(settings.export())


def run_refresh(
    settings: Settings, tell: Callable[[str, str], None], *, full: bool = False, accept_withdrawals: bool = False
) -> None:
    """Run the job `refresh` in this process. Raises RefreshFailedError, or WarehouseLockedError while another runs."""
    prepare_home(settings)
    warehouse = Warehouse(settings.warehouse_file, settings.lock_timeout_seconds)
    with warehouse.locked("refresh from the command line"):
        _execute(settings, tell, "full_rebuild" if full else "refresh", accept_withdrawals)


def _execute(settings: Settings, tell: Callable[[str, str], None], job: str, accept_withdrawals: bool) -> None:
    import dagster as dg

    from orchestration.definitions import build_definitions
    from orchestration.jobs import FULL_REBUILD
    from orchestration.resources import Project
    from orchestration.run_tags import STARTED_BY

    definitions = build_definitions(Project(settings, tell))
    register = {"full": job == FULL_REBUILD, "accept_withdrawals": accept_withdrawals}
    config = {
        "ops": {"raw__file_event": {"config": register}},
        "loggers": {"console": {"config": {"log_level": "CRITICAL"}}},
    }
    with dg.DagsterInstance.get() as instance:
        result = definitions.resolve_job_def(job).execute_in_process(
            instance=instance, run_config=config, raise_on_error=False,
            tags={STARTED_BY: "command line"},
        )  # fmt: skip
    if not result.success:
        raise RefreshFailedError(_failure(result))
    skipped = [event.step_key for event in result.all_events if event.is_step_skipped]
    if skipped:
        raise RefreshFailedError(f"Steps were skipped: {', '.join(map(str, skipped))}. Please report this.")


def _failure(result: "ExecuteInProcessResult") -> str:
    """The first failed step, in the words of what failed it."""
    for event in result.all_events:
        if event.is_step_failure:
            data = event.step_failure_data
            if data.user_failure_data and data.user_failure_data.description:
                return f"{event.step_key}: {data.user_failure_data.description}"
            cause = data.error
            while cause is not None and cause.cause is not None:
                cause = cause.cause
            return f"{event.step_key}: {cause.message.strip() if cause else event.message}"
    return "The run failed before its first step; see its log in the Dagster UI (make dev)."


def summarize(settings: Settings) -> Summary:
    """Counts from the published file. Raises FileNotFoundError when nothing was ever published."""
    if not settings.published_file.exists():
        raise FileNotFoundError(f"Nothing is published at {settings.published_file} yet. Run `make refresh`.")
    with duckdb.connect(str(settings.published_file), read_only=True) as connection:
        versions = _one(connection, "select count(*) from dim_contract_version where is_current")
        goals, outcomes, initiatives = (
            _one(connection, f"select count(*) from {table}") for table in ("fct_goal", "fct_outcome", "fct_initiative")
        )
        rejected = connection.execute(
            "select source_path, source_line, reason from load_log where outcome = 'rejected' "
            'qualify row_number() over (partition by source_path, source_line order by "at" desc) = 1 order by all'
        ).fetchall()
    places = [(path if line is None else f"{path} line {line}", reason) for path, line, reason in rejected]
    rejections = tuple(Rejected(*place) for place in places)
    return Summary(versions, goals, outcomes, initiatives, rejections, settings.published_file)


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0
