"""One dbt build a session, on the synthetic raw tables: a start of dbt costs more than all of its SQL."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.dbt.synthetic_warehouse import build_raw

DBT_PROJECT = Path(__file__).parents[2] / "dbt_project"


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
def dbt_build(tmp_path_factory: pytest.TempPathFactory) -> DbtBuild:
    data_dir = tmp_path_factory.mktemp("dbt_build")
    database = build_raw(data_dir / "warehouse.duckdb")
    target = data_dir / "target"
    run = subprocess.run(
        [Path(sys.executable).parent / "dbt", "--quiet", "build", "--target-path", target, "--log-path", data_dir],
        cwd=DBT_PROJECT,
        env=os.environ | {"KLIMATLAGER_DATA_DIR": str(data_dir)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return DbtBuild(
        database=database,
        manifest=json.loads((target / "manifest.json").read_text("utf-8")),
        results=json.loads((target / "run_results.json").read_text("utf-8"))["results"],
    )
