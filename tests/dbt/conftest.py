"""What the session's one refresh left of its dbt build: the compiled SQL of every test, and a copy of its tables."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from orchestration.settings import ROOT

DBT_PROJECT = ROOT / "dbt_project"


@dataclass(frozen=True)
class DbtBuild:
    """What a dbt build leaves: the working file, and what its nodes are and ran."""

    database: Path
    manifest: dict[str, Any]
    results: list[dict[str, Any]]

    def test_sql(self, test_name: str, model: str | None = None) -> list[str]:
        """The SQL that a data test ran, as compiled: rows are failures. For a generic test, all uses on model."""
        sql = []
        for result in self.results:
            node = self.manifest["nodes"].get(result["unique_id"], {})
            if node.get("resource_type") != "test":
                continue
            generic = (node.get("test_metadata") or {}).get("name")
            attached = (node.get("attached_node") or "").rsplit(".", 1)[-1]
            if (generic == test_name and attached == model) or (generic is None and node["name"] == test_name):
                sql.append(result["compiled_code"])
        assert sql, f"no test {test_name} on {model} in the build"
        return sql


@pytest.fixture(scope="session")
def dbt_build(refreshed, tmp_path_factory) -> DbtBuild:
    database = tmp_path_factory.mktemp("dbt_build") / "warehouse.duckdb"
    shutil.copyfile(refreshed.settings.warehouse_file, database)
    target = refreshed.settings.dbt_target_dir
    return DbtBuild(
        database=database,
        manifest=json.loads((target / "manifest.json").read_text("utf-8")),
        results=json.loads((target / "run_results.json").read_text("utf-8"))["results"],
    )
