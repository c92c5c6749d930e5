"""dbt in this process: parse once, build, and let go of the warehouse file.

Here: starting dbt and reading its results. Not here: Dagster events (assets/modelled.py). One process starts dbt once,
because a start costs 4–5 CPU seconds; that is why the stock `DbtCliResource`, which starts it three times, isn't used.
"""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from orchestration.settings import ROOT, Settings
from orchestration.versions import fingerprint

_SOURCES = (".sql", ".yml", ".csv", ".md")


class DbtError(RuntimeError):
    """dbt could not start or stopped outside any model or test."""


@dataclass(frozen=True)
class NodeResult:
    """What became of one dbt node. `status` is success, pass, warn, fail, error, skipped or no-op (an exposure)."""

    unique_id: str
    status: str
    seconds: float
    failures: int | None
    message: str | None

    @property
    def is_good(self) -> bool:
        """Whether the node was built, or the test passed or only warned."""
        return self.status in ("success", "pass", "warn", "no-op")


def manifest_path(settings: Settings) -> Path:
    """Where dbt leaves its manifest."""
    return settings.dbt_target_dir / "manifest.json"


@cache
def project_version(folder: Path) -> str:
    """The version of a dbt project: its sources and settings, and the tools that build by them."""
    folders = tuple(folder / name for name in ("models", "seeds", "macros", "tests", "docs"))
    own = hashlib.sha256((folder / "dbt_project.yml").read_bytes() + (folder / "profiles.yml").read_bytes())
    tools = (f"{name}-{version(name)}" for name in ("dbt-core", "dbt-duckdb", "duckdb"))
    return " ".join((fingerprint(folders, _SOURCES), own.hexdigest()[:12], *tools))


def prepare_manifest(settings: Settings) -> Mapping[str, Any]:
    """dbt's manifest, parsed anew when a source of the dbt project has changed since it was written."""
    path = manifest_path(settings)
    stamp = path.with_name("manifest.sources")
    current = f"{project_version(settings.dbt_project_dir)} {settings.data_dir}"
    if not (path.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == current):
        _invoke(settings, ["parse"])
        stamp.write_text(current, encoding="utf-8")
    manifest: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return manifest


def build(settings: Settings, arguments: Sequence[str] = ()) -> list[NodeResult]:
    """`dbt build` with further arguments: all nodes without a selection. Raises DbtError when dbt itself fails."""
    result = _invoke(settings, ["build", *arguments])
    return [
        NodeResult(
            unique_id=node.node.unique_id,
            status=str(node.status).replace(" ", "-").casefold(),
            seconds=float(node.execution_time),
            failures=node.failures,
            message=node.message,
        )
        for node in result.result.results
    ]


def generate_docs(settings: Settings) -> Path:
    """dbt's documentation site in one file that opens without a server and names no folder of this machine."""
    _invoke(settings, ["docs", "generate", "--static"])
    settings.docs_site.parent.mkdir(parents=True, exist_ok=True)
    page = (settings.dbt_target_dir / "static_index.html").read_text(encoding="utf-8")
    for folder in (settings.data_dir, ROOT):
        page = page.replace(f"{folder}/", "")
    settings.docs_site.write_text(page, encoding="utf-8")
    return settings.docs_site


def _invoke(settings: Settings, arguments: Sequence[str]) -> Any:
    """Run one dbt command. Results of failed nodes are returned; a failure of dbt itself is raised."""
    os.environ.update(settings.export())
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.adapters.factory import reset_adapters
    from dbt.cli.main import dbtRunner

    project = str(settings.dbt_project_dir)
    target = str(settings.dbt_target_dir)
    places = ["--project-dir", project, "--profiles-dir", project, "--target-path", target]
    here = Path.cwd()
    try:
        result = dbtRunner().invoke(["--quiet", "--log-level", "none", "--log-path", target, *arguments, *places])
    finally:
        os.chdir(here)
        DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call]
        reset_adapters()  # type: ignore[no-untyped-call]
    if result.exception is not None:
        raise DbtError(
            f"dbt {arguments[0]} stopped: {result.exception}. Run `dbt {arguments[0]}` in {project} to see more."
        ) from result.exception
    if result.result is None:
        raise DbtError(f"dbt {arguments[0]} gave no result. Run `dbt {arguments[0]}` in {project} to see why.")
    return result
