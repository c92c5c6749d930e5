"""Stage 5: everything that dbt models, one Dagster asset a model and seed, one asset check a test.

Here: running dbt and telling Dagster what came of each node. Not here: any SQL.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg
from dagster_dbt import DbtProject, dbt_assets

from orchestration.assets.tagging import run_id_of
from orchestration.builds import built_by, record_build
from orchestration.dbt_runner import NodeResult, build, project_version
from orchestration.dbt_scope import DOWNSTREAM_ARGUMENTS, chosen_arguments, in_order, left_standing
from orchestration.resources import Project
from orchestration.settings import ROOT, Settings
from orchestration.translator import Translator

_UNIQUE_ID = "dagster_dbt/unique_id"


def build_modelled(manifest: Mapping[str, Any], settings: Settings) -> dg.AssetsDefinition:
    """The dbt project as one multi-asset. Any subset of its assets can be materialized."""
    project = DbtProject(project_dir=ROOT / "dbt_project", target_path=settings.dbt_target_dir)

    @dbt_assets(
        manifest=manifest, project=project, dagster_dbt_translator=Translator(), name="modelled", pool="warehouse"
    )
    def modelled(context: dg.AssetExecutionContext, project: dg.ResourceParam[Project]) -> Iterator[Any]:
        """`dbt build` in this process; the results become materializations and asset checks."""
        settings, wanted = project.settings, _chosen(context)
        version = project_version(settings.dbt_project_dir)
        is_shortened = False
        with project.warehouse.locked(f"dbt build, run {run_id_of(context)}"):
            if wanted:
                results = build(settings, chosen_arguments(manifest, wanted))
            elif built_by(project.warehouse) == version:
                results, is_shortened = build(settings, DOWNSTREAM_ARGUMENTS), True
            else:
                results = build(settings)
            rows = project.warehouse.row_counts("main")
            bad = [result for result in results if not result.is_good and result.status != "skipped"]
            record_build(project.warehouse, run_id_of(context), passed=not bad, is_whole=not wanted, project=version)
        tests = sum(result.unique_id.startswith(("test.", "unit_test.")) for result in results)
        left = ", of the rest nothing can have changed" if is_shortened else ""
        project.tell(
            context, "models", f"{len(results) - tests} models and seeds built, {tests} tests, {len(bad)} failed{left}"
        )
        standing = left_standing(manifest, results) if is_shortened and not bad else []
        yield from _events(context, manifest, in_order(manifest, [*results, *standing]), rows)
        if bad:
            raise dg.Failure(description=_complaint(bad), allow_retries=False)

    return modelled


def _chosen(context: dg.AssetExecutionContext) -> list[str]:
    """The dbt nodes of the chosen assets; none when all of them are chosen."""
    chosen = context.selected_asset_keys
    specs = {spec.key: spec for spec in context.assets_def.specs}
    if set(context.assets_def.node_keys_by_output_name.values()) <= set(chosen):
        return []
    return [specs[key].metadata[_UNIQUE_ID] for key in sorted(chosen)]


def _events(
    context: dg.AssetExecutionContext, manifest: Mapping[str, Any], results: list[NodeResult], rows: Mapping[str, int]
) -> Iterator[Any]:
    keys = {spec.metadata[_UNIQUE_ID]: spec.key for spec in context.assets_def.specs}
    checks = {spec.metadata[_UNIQUE_ID]: spec for spec in context.assets_def.check_specs}
    for result in results:
        node = manifest["nodes"].get(result.unique_id, {})
        if result.unique_id in keys and result.is_good:
            metadata: dict[str, Any] = {"seconds": round(result.seconds, 3), "unique_id": result.unique_id}
            if result.message:
                metadata["dbt"] = result.message
            if node.get("name") in rows and node.get("schema") == "main":
                metadata["dagster/row_count"] = rows[node["name"]]
            yield dg.MaterializeResult(asset_key=keys[result.unique_id], metadata=metadata)
        elif result.unique_id in checks and result.status != "skipped":
            spec = checks[result.unique_id]
            yield dg.AssetCheckResult(
                passed=result.status in ("pass", "success"),
                asset_key=spec.asset_key,
                check_name=spec.name,
                severity=dg.AssetCheckSeverity.WARN if result.status == "warn" else dg.AssetCheckSeverity.ERROR,
                metadata={"failing_rows": result.failures or 0, "message": result.message or ""},
            )


def _complaint(bad: list[NodeResult]) -> str:
    """What failed, and what it means for readers."""
    shown = "\n".join(f"- {result.unique_id.split('.')[2]}: {result.message}" for result in bad[:20])
    return (
        f"{len(bad)} dbt nodes failed; nothing was published and the last good file stays.\n{shown}\n"
        "See run_results.json and the compiled SQL in the folder dbt of the data directory."
    )
