"""Stage 5: everything that dbt models, one Dagster asset a model and seed, one asset check a test.

Here: running dbt and telling Dagster what came of each node. Not here: any SQL.
"""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import dagster as dg
from dagster_dbt import DbtProject, dbt_assets

from orchestration.assets.tagging import run_id_of
from orchestration.builds import built_by, record_build
from orchestration.dbt_runner import NodeResult, build, project_version
from orchestration.dbt_scope import DOWNSTREAM_ARGUMENTS, chosen_arguments, in_order, left_standing
from orchestration.lineage import Columns, Lineage, kept_lineage, read_lineage
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
            rows = {
                f"{schema}.{table}": count
                for schema in ("main", "seeds")
                for table, count in project.warehouse.row_counts(schema).items()
            }
            columns = project.warehouse.columns()
            bad = [result for result in results if not result.is_good and result.status != "skipped"]
            record_build(project.warehouse, run_id_of(context), passed=not bad, is_whole=not wanted, project=version)
        tests = sum(result.unique_id.startswith(("test.", "unit_test.")) for result in results)
        left = ", of the rest nothing can have changed" if is_shortened else ""
        project.tell(
            context, "models", f"{len(results) - tests} models and seeds built, {tests} tests, {len(bad)} failed{left}"
        )
        standing = left_standing(manifest, results) if is_shortened and not bad else []
        is_all_compiled = not (wanted or is_shortened or bad)
        lineage = (
            read_lineage(settings, manifest, columns, version) if is_all_compiled else kept_lineage(settings, version)
        )
        shown = Shown(manifest, rows, columns, lineage)
        yield from _events(context, in_order(manifest, [*results, *standing]), shown)
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


class Shown(NamedTuple):
    """What the UI is told of a node besides its time: dbt's manifest, and rows and columns by "schema.table"."""

    manifest: Mapping[str, Any]
    rows: Mapping[str, int]
    columns: Columns
    lineage: Lineage

    def of(self, unique_id: str, keys: Mapping[str, dg.AssetKey]) -> dict[str, Any]:
        """Rows, columns where the manifest names none, and the columns that each is made of."""
        node = self.manifest["nodes"][unique_id]
        place = f"{node['schema']}.{node['alias']}"
        found: dict[str, Any] = {}
        if place in self.rows:
            found["dagster/row_count"] = self.rows[place]
        if place in self.columns and not node["columns"]:
            schema = [dg.TableColumn(name, kind.lower()) for name, kind in self.columns[place].items()]
            found["dagster/column_schema"] = dg.TableSchema(schema)
        if unique_id in self.lineage:
            found["dagster/column_lineage"] = dg.TableColumnLineage(
                {
                    name: [dg.TableColumnDep(self._key(parent, keys), column) for parent, column in parents]
                    for name, parents in self.lineage[unique_id].items()
                }
            )
        return found

    def _key(self, unique_id: str, keys: Mapping[str, dg.AssetKey]) -> dg.AssetKey:
        source = self.manifest["sources"].get(unique_id)
        return dg.AssetKey([source["source_name"], source["name"]]) if source else keys[unique_id]


def _events(context: dg.AssetExecutionContext, results: list[NodeResult], shown: Shown) -> Iterator[Any]:
    keys = {spec.metadata[_UNIQUE_ID]: spec.key for spec in context.assets_def.specs}
    checks = {spec.metadata[_UNIQUE_ID]: spec for spec in context.assets_def.check_specs}
    for result in results:
        if result.unique_id in keys and result.is_good:
            metadata: dict[str, Any] = {"seconds": round(result.seconds, 3), "unique_id": result.unique_id}
            if result.message:
                metadata["dbt"] = result.message
            metadata |= shown.of(result.unique_id, keys)
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
