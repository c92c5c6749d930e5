"""The jobs: what people, schedules and the sensor start. Each writes the warehouse in the pool `warehouse`, one by one.

Here: selections, the configuration they start with, and the help shown in the Launchpad.
"""

from typing import Any

import dagster as dg

REFRESH, FULL_REBUILD, PUBLISH_ONLY, RE_EXTRACT, DECEMBER = (
    "refresh", "full_rebuild", "publish_only", "re_extract", "december_reminder",
)  # fmt: skip
REGISTERING = (REFRESH, FULL_REBUILD)
"""Jobs that take in what lies in raw/."""

FILE_EVENT = dg.AssetKey(["raw", "file_event"])
REMINDER = dg.AssetCheckKey(dg.AssetKey(["main", "dim_contract_version"]), "new_versions_have_come")
_GATES = [
    dg.AssetCheckKey(dg.AssetKey(["main", "fct_evidence"]), "evidence_is_literal"),
    dg.AssetCheckKey(dg.AssetKey(["main", "dim_contract_version"]), "rows_have_not_fallen"),
]

JOB_CONFIG: dict[str, dict[str, Any]] = {
    FULL_REBUILD: {"ops": {"raw__file_event": {"config": {"full": True}}}},
    PUBLISH_ONLY: {"ops": {"gates": {"config": {"accept_fewer_rows": False}}}},
    RE_EXTRACT: {"ops": {"mentions": {"config": {"contract_versions": []}}}},
}
"""What a job starts with, unless the Launchpad says otherwise."""


def build_jobs() -> list[Any]:
    """All jobs (of a type that Dagster doesn't export). Checks that guard publishing run in each job that publishes."""
    everything = dg.AssetSelection.all() - dg.AssetSelection.checks(REMINDER)
    mentions = dg.AssetSelection.assets(["raw", "goal_mention"])
    published = dg.AssetSelection.groups("published")
    return [
        dg.define_asset_job(
            REFRESH,
            selection=everything,
            description="Read what is new in raw/, extract, model, test, publish. What the sensor raw_files and the "
            "schedule nightly_refresh start; safe to start at any time.",
        ),
        dg.define_asset_job(
            FULL_REBUILD,
            selection=everything,
            config=JOB_CONFIG[FULL_REBUILD],
            description="Hash, read and extract everything anew from the archive, and assert that the rows are those "
            "of the increments. What the schedule weekly_full_rebuild starts.",
        ),
        dg.define_asset_job(
            PUBLISH_ONLY,
            selection=published | dg.AssetSelection.checks(*_GATES),
            config=JOB_CONFIG[PUBLISH_ONLY],
            description="Publish the last build once more, for instance after a full disk. Refuses a build whose tests "
            "failed. accept_fewer_rows: true lets a build through that the check rows_have_not_fallen holds back.",
        ),
        dg.define_asset_job(
            RE_EXTRACT,
            selection=(
                mentions.required_multi_asset_neighbors() | mentions.required_multi_asset_neighbors().downstream()
            )
            - dg.AssetSelection.checks(REMINDER),
            config=JOB_CONFIG[RE_EXTRACT],
            description="Extract chosen contract versions once more, then model, test, publish. Name them in the "
            "Launchpad: contract_versions: [lund-2023, vaxjo-2023]. A misspelt name fails at once and says what may be "
            "meant. For all of them use full_rebuild.",
        ),
        dg.define_asset_job(
            DECEMBER,
            selection=dg.AssetSelection.checks(REMINDER),
            description="Lists the municipalities that had a contract and have none of this year. Contracts are signed "
            "in December.",
        ),
    ]
