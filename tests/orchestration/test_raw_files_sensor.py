"""The sensor over raw/, tick by tick, on an ephemeral instance: what it requests, and what it leaves alone."""

import os
import time
from dataclasses import dataclass, field
from pathlib import Path

import dagster as dg
import pytest

from orchestration import sensors
from orchestration.processes import this_process
from orchestration.raw_index import RawIndex
from orchestration.resources import Project
from orchestration.run_tags import CONTENT, PROCESS
from orchestration.sensors import BACKOFF_SECONDS, LONGEST_WAIT_SECONDS, Cursor, build_raw_files
from orchestration.settings import Settings
from orchestration.state import Mark, remember_published


@dg.job(name="refresh")
def refresh_job():
    pass


@dg.job(name="publish_only")
def other_job():
    pass


@dataclass
class World:
    """raw/, the archive and an instance, with a clock that only moves when told to."""

    project: Project
    instance: dg.DagsterInstance
    now: float = field(default_factory=time.time)
    cursor: str | None = None
    sensor: dg.SensorDefinition = field(init=False)

    def __post_init__(self):
        self.sensor = build_raw_files(lambda: self.now)

    @property
    def raw(self) -> Path:
        return self.project.settings.raw_dir

    def drop(self, name: str, text: str, age: float = 60.0):
        path = self.raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        os.utime(path, (self.now - age, self.now - age))

    def tick(self, wait: float = 15.0) -> dg.SensorResult:
        self.now += wait
        context = dg.build_sensor_context(
            instance=self.instance, cursor=self.cursor, resources={"project": self.project}
        )
        result = self.sensor(context)
        assert isinstance(result, dg.SensorResult)
        self.cursor = result.cursor
        return result

    def launch(self, result: dg.SensorResult, status=dg.DagsterRunStatus.STARTING) -> dg.DagsterRun:
        """What the daemon makes of the request."""
        request = requested(result)
        return self.instance.create_run_for_job(refresh_job, tags=dict(request.tags), status=status)

    def finish(self, run: dg.DagsterRun):
        """What a refresh that works does: register, publish, succeed."""
        settings = self.project.settings
        found = (
            RawIndex(settings.raw_index_file, clock=lambda: int(self.now * 1e9))
            .look(settings.raw_dir, self.project.limits)
            .found
        )
        self.project.archive.register(found, settings.raw_dir, run.run_id)
        remember_published(settings, Mark.now(len(self.project.archive.events())))
        self.end(run, dg.DagsterRunStatus.SUCCESS)

    def end(self, run: dg.DagsterRun, status: dg.DagsterRunStatus):
        kinds = {
            dg.DagsterRunStatus.SUCCESS: dg.DagsterEventType.RUN_SUCCESS,
            dg.DagsterRunStatus.FAILURE: dg.DagsterEventType.RUN_FAILURE,
            dg.DagsterRunStatus.CANCELED: dg.DagsterEventType.RUN_CANCELED,
        }
        self.instance.report_dagster_event(
            dg.DagsterEvent(event_type_value=kinds[status].value, job_name=run.job_name), run_id=run.run_id
        )


@pytest.fixture
def world(tmp_path):
    settings = Settings.from_environment(
        {"KLIMATLAGER_RAW_DIR": str(tmp_path / "raw"), "KLIMATLAGER_DATA_DIR": str(tmp_path / "data")}
    )
    settings.raw_dir.mkdir()
    settings.data_dir.mkdir()
    with dg.DagsterInstance.ephemeral() as instance:
        yield World(Project(settings), instance)


FAILURE, CANCELED, STARTED = dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED, dg.DagsterRunStatus.STARTED


def skipped(result: dg.SensorResult) -> str:
    assert not result.run_requests
    assert result.skip_reason
    return str(result.skip_reason.skip_message)


def requested(result: dg.SensorResult) -> dg.RunRequest:
    assert result.run_requests, result.skip_reason
    (request,) = result.run_requests
    return request


def test_an_empty_folder_requests_nothing(world):
    assert skipped(world.tick()).startswith("Nothing new among 0 files")


def test_a_new_file_requests_one_run_that_is_named_for_its_contract_version(world):
    world.drop("lund/2024.txt", "Klimatkontrakt")
    request = requested(world.tick())
    assert request.tags["contract_version"] == "lund-2024"
    assert request.tags["municipality"] == "lund"
    assert str(request.run_key).endswith("-1")


def test_what_arrives_together_is_one_run_with_a_tag_a_version(world):
    for name in ("lund/2023.txt", "lund/2024.txt", "umea-2024.txt"):
        world.drop(name, name)
    tags = requested(world.tick()).tags
    assert tags["contract_versions"] == "3"
    assert {tag for tag in tags if tag.startswith(("contract_version/", "municipality/"))} == {
        "contract_version/lund-2023", "contract_version/lund-2024", "contract_version/umea-2024",
        "municipality/lund", "municipality/umea",
    }  # fmt: skip


def test_nothing_is_registered_twice(world):
    world.drop("lund/2024.txt", "Klimatkontrakt")
    run = world.launch(world.tick())
    assert "waiting for it" in skipped(world.tick())
    world.finish(run)
    assert skipped(world.tick()).startswith("Nothing new")
    assert skipped(world.tick()).startswith("Nothing new")


def test_the_same_bytes_written_again_request_nothing(world):
    world.drop("lund/2024.txt", "Klimatkontrakt")
    world.finish(world.launch(world.tick()))
    world.drop("lund/2024.txt", "Klimatkontrakt", age=30)
    assert skipped(world.tick()).startswith("Nothing new")


def test_changed_removed_and_restored_files_each_request_a_run_of_their_own(world):
    keys = []
    world.drop("lund/2024.txt", "first")
    for change in (
        lambda: None,
        lambda: world.drop("lund/2024.txt", "other"),
        lambda: (world.raw / "lund" / "2024.txt").unlink(),
        lambda: world.drop("lund/2024.txt", "first"),
        lambda: world.drop("lund/2024.txt", "other"),
    ):
        change()
        result = world.tick()
        assert requested(result).tags["contract_version"] == "lund-2024"
        keys.append(requested(result).run_key)
        world.finish(world.launch(result))
    assert len(set(keys)) == len(keys), "content that comes back is a request of its own"


def test_a_change_of_the_same_size_with_a_forged_time_is_noticed(world):
    world.drop("lund/2024.txt", "minska 40 %", age=3600)
    world.finish(world.launch(world.tick()))
    path = world.raw / "lund" / "2024.txt"
    before = path.stat()
    path.write_text("minska 50 %", encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert requested(world.tick())


def test_a_file_that_is_being_written_is_waited_for(world):
    world.drop("lund/2024.txt", "half", age=0)
    world.now -= 15
    assert "1 being written" in skipped(world.tick(wait=15))
    world.drop("lund/2024.txt", "half and more", age=0)
    assert "being written" in skipped(world.tick(wait=1))
    assert requested(world.tick())


def test_complete_files_wait_for_those_being_written_but_not_for_ever(world):
    world.drop("lund/2024.txt", "whole")
    world.drop("umea/2024.txt", "x", age=0)
    assert "waiting for others" in skipped(world.tick(wait=0))
    started = world.now
    while world.now - started < LONGEST_WAIT_SECONDS:
        world.drop("umea/2024.txt", f"x{world.now}", age=-10)
        result = world.tick(wait=10)
        if result.run_requests:
            break
    assert world.now - started >= LONGEST_WAIT_SECONDS
    assert requested(result).tags["contract_version"] == "lund-2024"


def test_downloads_under_way_and_readmes_request_nothing(world):
    for name in ("lund/2024.pdf.part", "lund/.2024.pdf.swp", "README.md", "lund/2024.pdf.crdownload"):
        world.drop(name, "x")
    assert skipped(world.tick()).startswith("Nothing new among 0 files")


def test_a_failed_run_is_requested_again_three_times_with_growing_waits_and_then_no_more(world):
    world.drop("lund/2024.txt", "Klimatkontrakt")
    started, keys = world.now, []
    for number in range(len(BACKOFF_SECONDS) + 1):
        result = world.tick(wait=1)
        keys.append(str(requested(result).run_key).rpartition("-")[2])
        world.end(world.launch(result), FAILURE)
        if number < len(BACKOFF_SECONDS):
            assert f"Attempt {number + 1} failed" in skipped(world.tick(wait=1))
            world.now = started + BACKOFF_SECONDS[number] + 30
    assert keys == ["1", "2", "3", "4"]
    world.now += 86_400
    assert "not tried again by itself" in skipped(world.tick())
    world.drop("lund/2024.txt", "New content")
    assert str(requested(world.tick()).run_key).endswith("-1"), "new content is tried anew"


def test_a_run_that_failed_after_registering_is_requested_again(world):
    world.drop("lund/2024.txt", "Klimatkontrakt")
    run = world.launch(world.tick())
    settings = world.project.settings
    found = RawIndex(settings.raw_index_file).take(settings.raw_dir, world.project.limits)
    world.project.archive.register(found, settings.raw_dir, run.run_id)
    world.end(run, FAILURE)
    request = requested(world.tick(wait=BACKOFF_SECONDS[0] + 15))
    assert str(request.run_key).endswith("-2"), "it counts as the second attempt at the same content"
    assert request.tags["contract_version"] == "lund-2024"


def test_a_cancelled_run_is_left_alone_until_something_changes(world):
    world.drop("lund/2024.txt", "Klimatkontrakt")
    world.end(world.launch(world.tick()), CANCELED)
    assert "cancelled" in skipped(world.tick(wait=86_400))


def test_a_lost_cursor_and_a_new_sensor_change_nothing(world):
    world.drop("lund/2024.txt", "Klimatkontrakt")
    world.launch(world.tick())
    world.cursor = None
    world.sensor = build_raw_files(lambda: world.now)
    assert "waiting for it" in skipped(world.tick())


def test_a_cursor_that_cannot_be_read_is_begun_anew(world):
    world.cursor = "{[nonsense"
    assert Cursor.parse(world.cursor) == Cursor()
    assert skipped(world.tick()).startswith("Nothing new")


def test_a_run_by_hand_is_waited_for_and_a_run_that_only_publishes_is_not(world):
    world.drop("lund/2024.txt", "Klimatkontrakt")
    by_hand = world.instance.create_run_for_job(refresh_job, status=STARTED)
    assert "waiting for it" in skipped(world.tick())
    world.end(by_hand, FAILURE)
    world.instance.create_run_for_job(other_job, status=STARTED)
    assert requested(world.tick())


def test_a_run_whose_process_is_gone_is_marked_as_failed_and_repaired(world):
    world.drop("lund/2024.txt", "Klimatkontrakt")
    request = requested(world.tick())
    host = this_process().partition(":")[0]
    dead = world.instance.create_run_for_job(
        refresh_job, tags={**request.tags, PROCESS: f"{host}:999999999:1"}, status=STARTED
    )
    assert "Attempt 1 failed" in skipped(world.tick())
    assert world.instance.get_run_by_id(dead.run_id).status == FAILURE
    assert requested(world.tick(wait=BACKOFF_SECONDS[0])).tags[CONTENT] == request.tags[CONTENT]


def test_a_large_folder_is_looked_through_in_several_ticks(world, monkeypatch):
    monkeypatch.setattr(sensors, "LOOK_SECONDS", 0.0)
    for town in ("lund", "umea"):
        for year in (2022, 2023):
            world.drop(f"{town}/{year}.txt", f"{town} {year}")
    reasons = [skipped(world.tick()) for _ in range(3)]
    assert [reason.rpartition(" ")[2] for reason in reasons] == ["lund/2022.txt.", "lund/2023.txt.", "umea/2022.txt."]
    assert requested(world.tick()).tags["contract_versions"] == "4"


def test_a_file_removed_before_the_place_where_a_look_goes_on_is_noticed_by_the_next_look(world, monkeypatch):
    for name in ("lund/2023.txt", "umea/2023.txt"):
        world.drop(name, name)
    world.finish(world.launch(world.tick()))
    monkeypatch.setattr(sensors, "LOOK_SECONDS", 0.0)
    skipped(world.tick())
    (world.raw / "lund" / "2023.txt").unlink()
    assert skipped(world.tick()).startswith("Nothing new")
    assert requested(world.tick()).tags["contract_version"] == "lund-2023"


def test_a_missing_folder_fails_the_tick_with_a_clear_error(world):
    world.raw.rmdir()
    with pytest.raises(FileNotFoundError, match="KLIMATLAGER_RAW_DIR"):
        world.tick()


def test_an_emptied_folder_is_asked_for_once_and_is_left_alone_when_it_is_back(world):
    names = [f"lund/{year}.txt" for year in range(2020, 2025)]
    for name in names:
        world.drop(name, name)
    world.finish(world.launch(world.tick()))
    aside = world.raw.rename(world.raw.with_name("aside"))
    world.raw.mkdir()
    run = world.launch(world.tick(), STARTED)
    world.end(run, FAILURE)
    for wait in (*BACKOFF_SECONDS, 7200.0):
        assert skipped(world.tick(wait + 1)).startswith("5 of 5 known files are gone")
    world.raw.rmdir()
    aside.rename(world.raw)
    assert skipped(world.tick()).startswith("Nothing new among 5 files")
