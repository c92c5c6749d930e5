"""Which columns each column is made of, from the SQL that dbt compiled.

Here: reading the SQL, and keeping what was found with the version of the dbt project. Not here: how it is shown
(assets/modelled). Reading all models takes seconds, and says the same until the project changes.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from orchestration.settings import Settings

Columns = Mapping[str, Mapping[str, str]]
"""Types of the columns, by "schema.table" and name."""
Lineage = dict[str, dict[str, list[tuple[str, str]]]]
"""By dbt's unique_id and column: the (unique_id, column) that it is made of. None for a constant."""


def read_lineage(settings: Settings, manifest: Mapping[str, Any], columns: Columns, version: str) -> Lineage:
    """The lineage of every model, after a build that compiled all of them; kept with the project's version.

    Not read again where it was read by this version. A model whose SQL can't be followed is left out.
    """
    known = kept_lineage(settings, version)
    if known:
        return known
    lineage = _read(settings.dbt_target_dir / "compiled", manifest, columns)
    kept = _kept(settings)
    partial = kept.with_suffix(".partial")
    partial.write_text(json.dumps({"version": version, "lineage": lineage}), encoding="utf-8")
    partial.replace(kept)
    return lineage


def kept_lineage(settings: Settings, version: str) -> Lineage:
    """What was read by this version of the dbt project; empty where nothing was, or the file was lost."""
    try:
        known = json.loads(_kept(settings).read_text(encoding="utf-8"))
        if known["version"] != version:
            return {}
        return {
            model: {name: [(parent, column) for parent, column in deps] for name, deps in found.items()}
            for model, found in known["lineage"].items()
        }
    except (OSError, ValueError, KeyError):
        return {}


def _kept(settings: Settings) -> Path:
    return settings.dbt_target_dir / "column_lineage.json"


def _read(compiled: Path, manifest: Mapping[str, Any], columns: Columns) -> Lineage:
    from sqlglot.errors import SqlglotError
    from sqlglot.schema import MappingSchema

    tree: dict[str, Any] = {}
    for place, types in columns.items():
        schema, table = place.split(".", 1)
        tree.setdefault(schema, {})[table] = dict(types)
    known = MappingSchema(tree, dialect="duckdb")
    nodes = {**manifest["nodes"], **manifest["sources"]}
    ids = {_place(node): unique_id for unique_id, node in nodes.items() if node.get("relation_name")}
    found: Lineage = {}
    for unique_id, node in manifest["nodes"].items():
        path = compiled / node["package_name"] / node["original_file_path"]
        if node["resource_type"] != "model" or not path.exists() or _place(node) not in columns:
            continue
        try:
            found[unique_id] = _of_model(path.read_text(encoding="utf-8"), list(columns[_place(node)]), known, ids)
        except (SqlglotError, ValueError, KeyError):
            continue
    return found


def _of_model(sql: str, names: list[str], known: Any, ids: Mapping[str, str]) -> dict[str, list[tuple[str, str]]]:
    from sqlglot import exp, parse_one
    from sqlglot.lineage import lineage
    from sqlglot.optimizer.qualify import qualify
    from sqlglot.optimizer.scope import build_scope

    tree = parse_one(sql, dialect="duckdb")
    for table in tree.find_all(exp.Table):
        table.set("catalog", None)  # the schema knows no database
    query = qualify(tree, schema=known, dialect="duckdb", validate_qualify_columns=False)
    scope = build_scope(query)
    found: dict[str, list[tuple[str, str]]] = {}
    for name in names:
        parents = set()
        for leaf in lineage(name, query, schema=known, scope=scope, dialect="duckdb", copy=False).walk():
            origin = None if leaf.downstream else leaf.expression.find(exp.Table)
            parent = ids.get(f"{origin.db}.{origin.name}") if origin is not None else None
            if parent:
                parents.add((parent, exp.to_column(leaf.name).name))
        found[name] = sorted(parents)
    return found


def _place(node: Mapping[str, Any]) -> str:
    return f"{node['schema']}.{node.get('alias') or node['identifier']}"
