"""How dbt's nodes look in Dagster: keys, groups, kinds.

Here: the translation only. Not here: running dbt.
"""

from collections.abc import Mapping
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, DbtProject

_LAYERS = ("seeds", "staging", "intermediate", "marts", "reporting")


class Translator(DagsterDbtTranslator):
    """Groups by layer; public tables carry their plain names, everything else its layer in front."""

    def __init__(self) -> None:
        super().__init__(DagsterDbtTranslatorSettings(enable_asset_checks=True, enable_code_references=True))

    def get_asset_spec(self, manifest: Mapping[str, Any], unique_id: str, project: DbtProject | None) -> dg.AssetSpec:
        """The spec of one node: main tables as ["main", name], seeds and views under their layer."""
        spec = super().get_asset_spec(manifest, unique_id, project)
        node = self.get_resource_props(manifest, unique_id)
        if node["resource_type"] == "source":
            return spec
        layer = node["schema"] if node["resource_type"] == "seed" else node["fqn"][1]
        prefix = layer if layer in ("seeds", "staging", "intermediate") else "main"
        return spec.replace_attributes(
            key=dg.AssetKey([prefix, node["name"]]),
            group_name=layer if layer in _LAYERS else "marts",
            kinds={"dbt", "duckdb", *(["csv"] if node["resource_type"] == "seed" else [])},
        )
