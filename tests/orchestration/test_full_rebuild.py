"""The job full_rebuild as it is, after increments: a new text by `refresh`, then everything anew from the archive."""

import json
import re
import shutil
from dataclasses import replace

import dagster as dg
import duckdb
import pytest

from orchestration import rebuild
from orchestration.builds import built_by
from orchestration.dbt_runner import project_version
from orchestration.definitions import build_definitions
from orchestration.jobs import FULL_REBUILD, JOB_CONFIG, REFRESH
from orchestration.resources import Project
from orchestration.warehouse import Warehouse
from tests.conftest import GOLD

_OF_ITS_TIME = {"dataset_version"}
"""Says when it was built."""


class Work:
    """A copy of the session's data on which jobs are run in this process."""

    def __init__(self, settings):
        self.settings = settings
        self.told: dict[str, str] = {}
        self._definitions = build_definitions(Project(settings, self._tell))

    def _tell(self, stage, text):
        self.told[stage] = text

    def run(self, job):
        """The job's result; it may have failed."""
        self.told.clear()
        quiet = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
        with dg.DagsterInstance.ephemeral() as instance:
            return self._definitions.resolve_job_def(job).execute_in_process(
                instance=instance, run_config=JOB_CONFIG.get(job, {}) | quiet, raise_on_error=False
            )

    def public(self):
        """Rows of every public table."""
        with duckdb.connect(str(self.settings.published_file), read_only=True) as connection:
            names = connection.execute("select table_name from duckdb_tables() where schema_name = 'main'").fetchall()
            return {
                name: sorted(map(repr, connection.execute(f'from main."{name}"').fetchall()))
                for (name,) in names
                if name not in _OF_ITS_TIME
            }


@pytest.fixture(scope="module")
def work(refreshed, tmp_path_factory):
    folder = tmp_path_factory.mktemp("rebuilt")
    source = refreshed.settings
    settings = replace(source, raw_dir=folder / "raw", data_dir=folder / "data", dagster_home=folder / "home")
    shutil.copytree(source.raw_dir, settings.raw_dir)
    shutil.copytree(source.data_dir, settings.data_dir, ignore=shutil.ignore_patterns("dagster"))
    with pytest.MonkeyPatch.context() as patch:
        for name, value in settings.export().items():
            patch.setenv(name, value)
        yield Work(settings)


@pytest.fixture(scope="module")
def grown(work):
    """What is published after a refresh has taken in one more text."""
    (work.settings.raw_dir / "strangnas").mkdir()
    shutil.copy(GOLD / "authored_d" / "strangnas-2024.txt", work.settings.raw_dir / "strangnas" / "2024.txt")
    assert work.run(REFRESH).success
    return dict(work.told), work.public()


def _counts(line):
    models, tests = re.findall(r"(\d+) (?:models and seeds|tests)", line)
    return int(models), int(tests)


def unit_tests(work):
    manifest = json.loads((work.settings.dbt_target_dir / "manifest.json").read_text(encoding="utf-8"))
    return len(manifest["unit_tests"])


def test_a_refresh_builds_no_seed_and_no_view_anew_but_runs_every_data_test(work, grown, refreshed):
    told, public = grown
    assert "nothing can have changed" in told["models"]
    first = next(line for line in refreshed.output.splitlines() if "models and seeds built" in line)
    (built, tests), (all_built, all_tests) = _counts(told["models"]), _counts(first)
    assert built < all_built / 2
    assert tests == all_tests - unit_tests(work)
    assert any("strangnas-2024" in row for row in public["fct_goal"])
    assert any("strangnas-2024" in row for row in public["rpt_goal"])


def test_a_difference_fails_the_rebuild_and_the_next_clears_it_with_the_rows_of_the_increments(work, grown):
    _, public = grown
    with Warehouse(work.settings.warehouse_file, 10).write("a test") as connection:
        connection.execute("update raw.goal_mention set value = 99 where document_id like 'lund-2023%'")
    published = work.settings.published_file.stat().st_mtime_ns

    failed = work.run(FULL_REBUILD)

    assert not failed.success
    (check,) = [found for found in failed.get_asset_check_evaluations() if found.check_name == rebuild.QUESTION]
    assert not check.passed
    assert "goal_mention" in check.description
    assert "models" not in work.told, "nothing is built on it"
    assert work.settings.published_file.stat().st_mtime_ns == published

    mended = work.run(FULL_REBUILD)

    assert mended.success
    (check,) = [found for found in mended.get_asset_check_evaluations() if found.check_name == rebuild.QUESTION]
    assert check.passed
    assert "the same" in check.description
    assert "nothing can have changed" not in work.told["models"], "a full rebuild builds everything"
    assert built_by(Warehouse(work.settings.warehouse_file, 10)) == project_version(work.settings.dbt_project_dir)
    after = work.public()
    assert after.keys() == public.keys()
    for table in public:
        assert after[table] == public[table], table
