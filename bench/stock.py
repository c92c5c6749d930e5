"""The project as Dagster's and dagster-dbt's pages would write it: for bench/refresh.py to compare with.

The same assets, checks and dbt project; dbt through DbtCliResource, which builds everything in processes of its own, and
an event log as Dagster opens it.
"""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import dagster as dg
from dagster_dbt import DbtCliResource, DbtProject, dbt_assets

from orchestration import definitions as ours
from orchestration.builds import record_build
from orchestration.dbt_runner import project_version
from orchestration.resources import Project
from orchestration.settings import ROOT, Settings
from orchestration.translator import Translator


def build_stock_modelled(manifest: Mapping[str, Any], settings: Settings) -> dg.AssetsDefinition:
    """`dbt build` as dagster-dbt runs it, event by event."""
    place = DbtProject(project_dir=ROOT / "dbt_project", target_path=settings.dbt_target_dir)
    dbt = DbtCliResource(project_dir=place, dbt_executable=str(Path(sys.executable).with_name("dbt")))

    @dbt_assets(
        manifest=manifest, project=place, dagster_dbt_translator=Translator(), name="modelled", pool="warehouse"
    )
    def modelled(context: dg.AssetExecutionContext, project: dg.ResourceParam[Project]) -> Iterator[Any]:
        yield from dbt.cli(["build"], context=context).stream()
        version = project_version(settings.dbt_project_dir)
        record_build(project.warehouse, "stock", passed=True, is_whole=True, project=version)

    return modelled


ours.build_modelled = build_stock_modelled
ours.relax = lambda _home: None


@dg.definitions
def defs() -> dg.Definitions:
    """What `dagster asset materialize -m bench.stock` loads."""
    return ours.build_definitions()
