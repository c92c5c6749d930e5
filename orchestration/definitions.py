"""Assembly: everything that Dagster is to know, and nothing else."""

import time
import warnings
from collections.abc import Mapping, Sequence
from typing import Any

import dagster as dg

from orchestration.assets.corrections import correction
from orchestration.assets.documents import documents
from orchestration.assets.matched import matched
from orchestration.assets.mentions import mentions
from orchestration.assets.modelled import build_modelled
from orchestration.assets.passages import sentence
from orchestration.assets.published import build_published
from orchestration.assets.quality import quality_extraction
from orchestration.assets.raw_files import file_event, raw_folder
from orchestration.assets.served import postgres
from orchestration.checks import CHECKS
from orchestration.dbt_runner import prepare_manifest
from orchestration.event_log import relax
from orchestration.jobs import build_jobs
from orchestration.resources import Project
from orchestration.schedules import SCHEDULES
from orchestration.sensors import alert_on_failure, build_raw_files
from orchestration.settings import Settings
from orchestration.spec_additions import complete


def build_definitions(project: Project | None = None, manifest: Mapping[str, Any] | None = None) -> dg.Definitions:
    """Fresh definitions. Tests and commands pass their own project (settings) or dbt manifest."""
    project = project or Project(Settings.from_environment())
    relax(project.settings.dagster_home)
    manifest = manifest if manifest is not None else prepare_manifest(project.settings)
    modelled = build_modelled(manifest, project.settings)
    public = sorted(spec.key for spec in modelled.specs if spec.key.path[0] == "main")
    written = [
        file_event, documents, sentence, correction, mentions, matched, quality_extraction, build_published(public),
        postgres,
    ]  # fmt: skip
    return dg.Definitions(
        assets=[complete(raw_folder), *(found.map_asset_specs(complete) for found in [*_linked(written), modelled])],
        asset_checks=CHECKS,
        jobs=build_jobs(),
        schedules=SCHEDULES,
        sensors=[build_raw_files(time.time), alert_on_failure],
        resources={"project": project},
        executor=dg.in_process_executor,
    )


def _linked(assets: Sequence[dg.AssetsDefinition]) -> list[dg.AssetsDefinition]:
    """The assets with links to their source code: in beta, but nothing else hangs on them."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", category=dg.BetaWarning)
        return [found for found in dg.with_source_code_references(assets) if isinstance(found, dg.AssetsDefinition)]


@dg.definitions
def defs() -> dg.Definitions:
    """What workspace.yaml loads. Built when Dagster asks for it, not when a command imports this module."""
    return build_definitions()
