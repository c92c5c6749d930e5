"""What Dagster is told, as a readable file: a change of an asset, check, job, schedule or sensor shows in review."""

import dagster as dg
import pytest

from orchestration.checks import expected_year
from orchestration.definitions import build_definitions
from orchestration.resources import Project
from orchestration.settings import ROOT

SNAPSHOT = ROOT / "tests" / "orchestration" / "definitions.txt"


@pytest.fixture(scope="module")
def definitions(refreshed) -> dg.Definitions:
    return build_definitions(Project(refreshed.settings))


def described(definitions: dg.Definitions) -> str:
    graph = definitions.resolve_asset_graph()
    lines = ["# Assets, by group"]
    lines += sorted(
        f"{node.group_name}: {node.key.to_user_string()}" for node in graph.asset_nodes if node.group_name != "default"
    )
    lines += ["", "# Asset checks of this project (dbt's tests are left out), blocking ones marked"]
    modelled = {key for assets in (definitions.assets or []) if isinstance(assets, dg.AssetsDefinition)
                and assets.op.name == "modelled" for key in assets.check_keys}  # fmt: skip
    lines += sorted(
        f"{key.asset_key.to_user_string()}: {key.name}{' (blocking)' if graph.get(key).blocking else ''}"
        for key in graph.asset_check_keys
        if key not in modelled
    )
    repository = definitions.get_repository_def()
    lines += ["", "# Jobs, with their steps"]
    lines += [
        f"{job.name}: {', '.join(sorted(node.name for node in job.graph.nodes))}"
        for job in sorted(repository.get_all_jobs(), key=lambda job: job.name)
        if not job.name.startswith("__")
    ]
    lines += ["", "# Schedules"]
    lines += [
        f"{schedule.name}: {schedule.cron_schedule} {schedule.execution_timezone}, {schedule.job_name}, {schedule.default_status.value}"
        for schedule in sorted(repository.schedule_defs, key=lambda schedule: schedule.name)
    ]
    lines += ["", "# Sensors"]
    lines += [
        f"{sensor.name}: every {sensor.minimum_interval_seconds} s, {sensor.default_status.value}"
        for sensor in sorted(repository.sensor_defs, key=lambda sensor: sensor.name)
    ]
    return "\n".join(lines) + "\n"


def test_the_definitions_are_those_of_the_committed_snapshot(definitions, request):
    found = described(definitions)
    if request.config.getoption("--renew-snapshots"):
        SNAPSHOT.write_text(found, encoding="utf-8")
    assert found == SNAPSHOT.read_text(encoding="utf-8"), "renew it with: pytest --renew-snapshots " + __file__


def test_every_step_that_writes_is_in_the_pool_of_one(definitions):
    strays = [
        node.name
        for job in definitions.get_repository_def().get_all_jobs()
        for node in job.graph.nodes
        if "warehouse" not in node.definition.pools and node.name not in READERS
    ]
    assert strays == []


READERS = {
    "raw__quality_extraction_extraction_quality_holds",
    "main__dim_contract_version_new_versions_have_come",
    "served__postgres",
}
"""Checks that only read: in no pool."""


def test_every_asset_check_job_schedule_and_sensor_says_what_it_is(definitions):
    repository = definitions.get_repository_def()
    graph = definitions.resolve_asset_graph()
    bare = [node.key.to_user_string() for node in graph.asset_nodes if not node.description]
    bare += [job.name for job in repository.get_all_jobs() if not job.description and not job.name.startswith("__")]
    bare += [schedule.name for schedule in repository.schedule_defs if not schedule.description]
    bare += [sensor.name for sensor in repository.sensor_defs if not sensor.description]
    assert bare == []


@pytest.mark.parametrize(
    ("name", "job", "config"),
    [
        ("nightly_refresh", "refresh", {}),
        ("weekly_full_rebuild", "full_rebuild", {"ops": {"raw__file_event": {"config": {"full": True}}}}),
        ("december_reminder", "december_reminder", {}),
    ],
)
def test_a_schedule_ticks_into_one_valid_run(definitions, name, job, config):
    schedule = next(found for found in definitions.get_repository_def().schedule_defs if found.name == name)
    with dg.DagsterInstance.ephemeral() as instance:
        tick = schedule.evaluate_tick(dg.build_schedule_context(instance=instance))
    (request,) = tick.run_requests
    assert schedule.job_name == job
    assert request.run_config == config
    assert dg.validate_run_config(definitions.resolve_job_def(job), request.run_config or None) is not None


def test_the_launchpad_refuses_what_a_job_does_not_know(definitions):
    job = definitions.resolve_job_def("re_extract")
    assert dg.validate_run_config(job, {"ops": {"mentions": {"config": {"contract_versions": ["lund-2023"]}}}})
    with pytest.raises(dg.DagsterInvalidConfigError, match="contract_version"):
        dg.validate_run_config(job, {"ops": {"mentions": {"config": {"contract_version": ["lund-2023"]}}}})
    with pytest.raises(dg.DagsterInvalidConfigError):
        dg.validate_run_config(job, {"ops": {"mentions": {"config": {"contract_versions": "lund-2023"}}}})


@pytest.mark.parametrize(
    ("day", "year"),
    [("2026-11-30T12:00", 2025), ("2026-12-01T08:00", 2026), ("2026-11-30T23:30", 2026), ("2027-01-07", 2026)],
)
def test_a_new_version_is_expected_from_december_in_stockholm(day, year):
    from datetime import UTC, datetime

    assert expected_year(datetime.fromisoformat(day).replace(tzinfo=UTC)) == year
