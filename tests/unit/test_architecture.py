"""The house keeps its walls: who may import whom, and how large a room may be."""

import ast
from pathlib import Path

import pytest

from orchestration.settings import ROOT

PACKAGE = ROOT / "orchestration"
MODULES = sorted(PACKAGE.rglob("*.py"))


def imports(path: Path) -> set[str]:
    """Every module name that the file imports, at its head or later."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def below(*rooms: str) -> list[Path]:
    return [path for path in MODULES if path.relative_to(PACKAGE).parts[0] in rooms]


@pytest.mark.parametrize(
    "path", below("contracts", "extraction", "corrections", "matching", "quality", "publishing"), ids=str
)
def test_plain_code_knows_nothing_of_dagster_or_the_assets(path):
    assert not {name for name in imports(path) if name.split(".")[0] in ("dagster", "dagster_dbt", "dbt")}
    assert not {name for name in imports(path) if name.startswith(("orchestration.assets", "orchestration.resources"))}


@pytest.mark.parametrize("path", below("contracts"), ids=str)
def test_contracts_know_nothing_of_what_is_made_of_them(path):
    later = tuple(f"orchestration.{room}" for room in ("extraction", "quality", "publishing", "rows", "warehouse"))
    assert not {name for name in imports(path) if name.startswith(later)}


@pytest.mark.parametrize("path", below("extraction"), ids=str)
def test_extraction_knows_nothing_of_the_warehouse_or_of_how_it_is_measured(path):
    later = tuple(f"orchestration.{room}" for room in ("quality", "publishing", "rows", "warehouse"))
    assert not {name for name in imports(path) if name.startswith(later)}


@pytest.mark.parametrize(
    ("room", "earlier"),
    [
        ("language", ()),
        ("actors", ("language",)),
        ("clauses", ("language", "actors")),
        ("goals", ("language", "actors", "clauses")),
        ("outcomes", ("language", "actors", "clauses")),
        ("initiatives", ("language", "actors", "clauses")),
    ],
)
def test_rooms_of_extraction_import_one_way(room, earlier):
    own = f"orchestration.extraction.{room}"
    allowed = (own, *(f"orchestration.extraction.{name}" for name in (*earlier, "lexicons", "facts")))
    for path in (PACKAGE / "extraction" / room).glob("*.py"):
        inside = {name for name in imports(path) if name.startswith("orchestration.extraction")}
        assert {name for name in inside if not name.startswith(allowed)} == set(), path


@pytest.mark.parametrize("path", below("corrections", "matching"), ids=str)
def test_matching_and_corrections_know_nothing_of_extraction_or_the_warehouse(path):
    others = tuple(f"orchestration.{room}" for room in ("extraction", "quality", "publishing", "rows", "warehouse"))
    assert not {name for name in imports(path) if name.startswith(others)}


def test_only_the_settings_read_the_environment():
    readers = [
        path.relative_to(PACKAGE).as_posix()
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv") and path.name != "settings.py"
        and not _only_hands_it_on(path)
    ]  # fmt: skip
    assert readers == []


def _only_hands_it_on(path: Path) -> bool:
    """Exporting the settings to child processes is no reading."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if "os.environ" in line]
    return all("os.environ.update(settings.export())" in line or 'environ.get("PATH"' in line for line in lines)


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_no_room_is_crowded(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400
