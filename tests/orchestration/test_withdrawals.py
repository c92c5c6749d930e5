"""A raw/ that is suddenly empty: refused, told once, and nothing lost; accepted when somebody says so."""

import shutil
from dataclasses import replace

import dagster as dg
import pytest

from orchestration.assets.raw_files import RegisterConfig, file_event
from orchestration.resources import Project
from orchestration.settings import Settings
from tests.conftest import klimatlager


@pytest.fixture
def project(tmp_path):
    settings = Settings.from_environment(
        {"KLIMATLAGER_RAW_DIR": str(tmp_path / "raw"), "KLIMATLAGER_DATA_DIR": str(tmp_path / "data")}
    )
    for year in range(2020, 2024):
        path = settings.raw_dir / "lund" / f"{year}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Klimatkontrakt {year}", encoding="utf-8")
    found = Project(settings)
    register(found)
    return found


def register(project, **config):
    return file_event(dg.build_asset_context(), config=RegisterConfig(**config), project=project)


def kept(project):
    with project.warehouse.read() as connection:
        rows = connection.execute("select source_path, event from raw.file_event order by event_id").fetchall()
    return project.archive.events(), rows


@pytest.mark.parametrize("full", [False, True])
def test_an_emptied_folder_is_refused_before_anything_is_registered(project, full):
    before = kept(project)
    shutil.rmtree(project.settings.raw_dir / "lund")
    with pytest.raises(dg.Failure) as refused:
        register(project, full=full)
    assert "4 of 4 known files are gone" in str(refused.value.description)
    assert not refused.value.allow_retries
    assert kept(project) == before


def test_what_somebody_accepts_is_withdrawn(project):
    shutil.rmtree(project.settings.raw_dir / "lund")
    register(project, accept_withdrawals=True)
    assert [event for _, event in kept(project)[1]] == ["arrived"] * 4 + ["removed"] * 4
    register(project)


def test_the_share_is_a_setting(project):
    shutil.rmtree(project.settings.raw_dir / "lund")
    generous = Project(replace(project.settings, max_vanished_share=1.0))
    register(generous)
    assert len(kept(generous)[0]) == 8


def test_the_command_says_why_and_leaves_the_published_file(refreshed, tmp_path):
    source = refreshed.settings
    settings = replace(source, raw_dir=tmp_path / "raw", data_dir=tmp_path / "data", dagster_home=tmp_path / "home")
    settings.raw_dir.mkdir()
    shutil.copytree(source.data_dir, settings.data_dir, ignore=shutil.ignore_patterns("dagster"))
    before = settings.published_file.stat().st_mtime_ns
    finished = klimatlager(refreshed.environment | settings.export(), "refresh")
    assert finished.returncode == 1
    assert "known files are gone from raw/ at once" in finished.stderr
    assert "Traceback" not in finished.stderr
    assert settings.published_file.stat().st_mtime_ns == before
