"""Which dbt nodes a build must go through, so that its work is in proportion to what can have changed.

Here: the selection, from the manifest. Not here: running dbt (dbt_runner), what stands already (builds).

The tables that dbt makes are a function of the raw tables and of the dbt project. Where the project is the one that
built and tested the whole warehouse last, only what lies downstream of a raw table can come out differently: seeds, and
the code lists made of them alone, are left as they are; views show the new rows by themselves; unit tests, which know
no data, would say the same. Every data test runs.
"""

from collections.abc import Iterable, Mapping, Sequence
from graphlib import TopologicalSorter
from typing import Any

from orchestration.dbt_runner import NodeResult

DOWNSTREAM_ARGUMENTS = (
    "--select", "source:*+", "resource_type:test",
    "--exclude", "config.materialized:view", "resource_type:unit_test", "resource_type:exposure",
    "--indirect-selection", "empty",
)  # fmt: skip
"""dbt's arguments for what can come out differently. Without `empty`, dbt would leave out tests that look at a view."""


def chosen_arguments(manifest: Mapping[str, Any], unique_ids: Sequence[str]) -> tuple[str, ...]:
    """dbt's arguments for chosen nodes, with their tests."""
    return ("--select", *(".".join(manifest["nodes"][unique_id]["fqn"]) for unique_id in unique_ids))


def left_standing(manifest: Mapping[str, Any], results: Iterable[NodeResult]) -> list[NodeResult]:
    """What a shortened build left as it is: seeds, tables of them alone, and views, which show the new rows all the same.

    Told like what was built: Dagster skips whatever comes after an asset that it hears nothing of.
    """
    built = {result.unique_id for result in results}
    return [
        NodeResult(unique_id, "success", 0.0, None, f"not built anew: {_reason(node)}")
        for unique_id, node in manifest["nodes"].items()
        if node["resource_type"] in ("model", "seed") and unique_id not in built
    ]


def _reason(node: Mapping[str, Any]) -> str:
    is_view = node["resource_type"] == "model" and node["config"]["materialized"] == "view"
    return "a view, and its definition stands" if is_view else "nothing that it is made of has changed"


def in_order(manifest: Mapping[str, Any], results: Iterable[NodeResult]) -> list[NodeResult]:
    """The results, each after those that it depends on, as Dagster wants to hear of them."""
    places = {
        unique_id: place for place, unique_id in enumerate(TopologicalSorter(manifest["parent_map"]).static_order())
    }
    return sorted(results, key=lambda result: places.get(result.unique_id, len(places)))
