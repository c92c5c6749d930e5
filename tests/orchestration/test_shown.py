"""What the UI shows of a run: lineage of columns, rows, columns, previews, links. Read back from the session's event log."""

import json

import dagster as dg
import pytest

from orchestration.dbt_runner import project_version
from orchestration.definitions import build_definitions
from orchestration.lineage import kept_lineage, read_lineage
from orchestration.resources import Project
from orchestration.warehouse import Warehouse


@pytest.fixture(scope="module")
def instance(refreshed):
    with dg.DagsterInstance.from_config(str(refreshed.settings.dagster_home)) as found:
        yield found


def shown(instance, *path):
    event = instance.get_latest_materialization_event(dg.AssetKey(list(path)))
    assert event is not None, path
    return event.asset_materialization.metadata


def lineage(refreshed):
    settings = refreshed.settings
    manifest = json.loads((settings.dbt_target_dir / "manifest.json").read_text(encoding="utf-8"))
    columns = Warehouse(settings.warehouse_file, 10).columns()
    return manifest, read_lineage(settings, manifest, columns, project_version(settings.dbt_project_dir))


def test_every_column_of_every_model_has_its_lineage_but_constants(refreshed):
    manifest, found = lineage(refreshed)
    models = {unique_id for unique_id, node in manifest["nodes"].items() if node["resource_type"] == "model"}
    assert found.keys() == models
    columns = [deps for model in found.values() for deps in model.values()]
    assert sum(not deps for deps in columns) < len(columns) / 50


def test_lineage_follows_renamed_joined_and_computed_columns(refreshed):
    _, found = lineage(refreshed)
    report = found["model.klimatlager.rpt_goal"]
    assert report["goal_type_sv"] == [("model.klimatlager.dim_goal_type", "label_sv")]
    assert report["municipality_name"] == [("model.klimatlager.dim_municipality", "municipality_name")]
    assert ("source.klimatlager.raw.document", "raw_text") in found["model.klimatlager.stg_document"]["raw_text"]


def test_lineage_is_read_once_a_version_of_the_project(refreshed, tmp_path):
    kept = refreshed.settings.dbt_target_dir / "column_lineage.json"
    before = kept.stat().st_mtime_ns
    _, found = lineage(refreshed)
    assert kept.stat().st_mtime_ns == before
    assert kept_lineage(refreshed.settings, project_version(refreshed.settings.dbt_project_dir)) == found
    assert kept_lineage(refreshed.settings, "another") == {}
    assert json.loads(kept.read_text(encoding="utf-8"))["version"] == project_version(
        refreshed.settings.dbt_project_dir
    )


def test_the_ui_is_told_lineage_rows_and_columns_of_models_by_keys_that_exist(instance, refreshed):
    keys = build_definitions(Project(refreshed.settings)).resolve_asset_graph().get_all_asset_keys()
    report = shown(instance, "main", "rpt_goal")
    deps = report["dagster/column_lineage"].value.deps_by_column
    assert {dep.asset_key for found in deps.values() for dep in found} <= keys
    assert report["dagster/row_count"].value > 0
    view = shown(instance, "intermediate", "int_goal")
    assert "goal_id" in {column.name for column in view["dagster/column_schema"].value.columns}
    assert {dep.asset_key for found in view["dagster/column_lineage"].value.deps_by_column.values() for dep in found}
    assert shown(instance, "seeds", "municipalities")["dagster/row_count"].value == 290


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("raw/file_event", ("dagster/row_count", "events", "seconds")),
        ("raw/document", ("dagster/row_count", "loaded", "documents_by_kind", "preview", "seconds")),
        ("raw/sentence", ("dagster/row_count", "sentences_by_section", "preview", "seconds")),
        ("raw/goal_mention", ("dagster/row_count", "rows_by_goal_type", "preview", "seconds")),
        ("raw/actor_mention", ("dagster/row_count", "rows_by_role", "preview", "seconds")),
        ("raw/goal_entity", ("dagster/row_count", "preview", "seconds")),
        ("published/klimatlager_duckdb", ("path", "rows", "data_dictionary", "cookbook", "seconds", "facts_by_municipality",
                                          "targets_over_years")),
        ("published/parquet", ("path", "files", "bytes")),
    ],
)  # fmt: skip
def test_each_stage_shows_what_it_did(instance, path, names):
    metadata = shown(instance, *path.split("/"))
    assert set(names) <= metadata.keys()
    for name in ("preview", "loaded", "events"):
        if name in metadata:
            assert metadata[name].value.count("\n") >= 2, f"{path} shows rows under {name}"
