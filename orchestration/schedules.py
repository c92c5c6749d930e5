"""The schedules: what happens without anybody or anything arriving. Times are those of Stockholm.

Here: when. Not here: what (jobs). All are on by default; half past three and four lie outside the hour that daylight
saving skips and repeats.
"""

import dagster as dg

from orchestration.jobs import DECEMBER, FULL_REBUILD, JOB_CONFIG, REFRESH
from orchestration.run_tags import STARTED_BY

_ZONE = "Europe/Stockholm"


@dg.schedule(
    name="nightly_refresh",
    job_name=REFRESH,
    cron_schedule="30 3 * * *",
    execution_timezone=_ZONE,
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="The safety net: refreshes every night, also with the sensor off, after a failed run that was given "
    "up, and after a new version of the code. With nothing new it builds and tests once more.",
)
def nightly_refresh(_context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """Always; a run that is under way is waited for in the queue."""
    return dg.RunRequest(tags={STARTED_BY: "schedule nightly_refresh"})


@dg.schedule(
    name="weekly_full_rebuild",
    job_name=FULL_REBUILD,
    cron_schedule="30 4 * * 0",
    execution_timezone=_ZONE,
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="On Sundays: hashes, reads and extracts everything anew, and asserts that the rows are those of the "
    "week's increments (check increments_equal_full_rebuild).",
)
def weekly_full_rebuild(_context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """Always."""
    return dg.RunRequest(run_config=JOB_CONFIG[FULL_REBUILD], tags={STARTED_BY: "schedule weekly_full_rebuild"})


@dg.schedule(
    name="december_reminder",
    job_name=DECEMBER,
    cron_schedule="0 8 * 12 1",
    execution_timezone=_ZONE,
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="On Mondays in December, when contracts are signed: the check new_versions_have_come lists the "
    "municipalities whose new version hasn't come.",
)
def december_reminder(_context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
    """Always, in December."""
    return dg.RunRequest(tags={STARTED_BY: "schedule december_reminder"})


SCHEDULES = [nightly_refresh, weekly_full_rebuild, december_reminder]
