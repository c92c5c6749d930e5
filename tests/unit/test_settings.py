from pathlib import Path

import pytest

from orchestration.settings import ROOT, Settings


def test_the_defaults_lie_below_the_projects_root_whatever_the_working_directory(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings = Settings.from_environment({})
    assert settings.raw_dir == ROOT / "raw"
    assert settings.published_file == ROOT / "data" / "published" / "klimatlager.duckdb"


def test_relative_paths_are_from_the_projects_root(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert Settings.from_environment({"KLIMATLAGER_DATA_DIR": "elsewhere"}).data_dir == ROOT / "elsewhere"


def test_absolute_paths_are_taken_as_they_are(tmp_path):
    settings = Settings.from_environment({"KLIMATLAGER_RAW_DIR": str(tmp_path), "DAGSTER_HOME": str(tmp_path / "home")})
    assert (settings.raw_dir, settings.dagster_home) == (tmp_path, tmp_path / "home")


def test_an_empty_value_is_the_default():
    assert Settings.from_environment({"KLIMATLAGER_RAW_DIR": ""}).raw_dir == ROOT / "raw"


def test_a_bad_number_is_an_error_that_names_the_variable():
    with pytest.raises(ValueError, match="KLIMATLAGER_LOCK_TIMEOUT must be a number of seconds, found 'soon'"):
        Settings.from_environment({"KLIMATLAGER_LOCK_TIMEOUT": "soon"})


def test_every_setting_stands_in_the_example():
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    source = (Path(ROOT) / "orchestration" / "settings.py").read_text(encoding="utf-8")
    names = {word.strip("\"',()") for word in source.split() if word.strip("\"',()").startswith("KLIMATLAGER_")}
    found = {name for name in names if name.isupper() and name.replace("_", "").isalpha()}
    assert found
    assert [name for name in sorted(found) if name not in example] == []


def test_limits_are_settings_and_a_bad_one_names_its_variable():
    settings = Settings.from_environment({"KLIMATLAGER_MAX_FILE_MB": "5", "KLIMATLAGER_MAX_PAGES": "40"})
    assert (settings.limits.file_bytes, settings.limits.pages, settings.limits.seconds) == (5_000_000, 40, 60.0)
    with pytest.raises(ValueError, match="KLIMATLAGER_MAX_PAGES must be a whole number above 0, found 'many'"):
        Settings.from_environment({"KLIMATLAGER_MAX_PAGES": "many"})
