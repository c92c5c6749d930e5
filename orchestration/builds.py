"""What the last dbt build gave: whether it may be published, and by which dbt project the tables were made.

Here: the table meta.build and the mark of the marts. Not here: dbt itself (dbt_runner), the other questions that guard
publishing (gates).
"""

import duckdb

from orchestration import progress
from orchestration.state import Mark
from orchestration.warehouse import Warehouse

_UPSTREAM = ("sentence", "mentions", "matching", "quality")


def record_build(warehouse: Warehouse, run_id: str, *, passed: bool, is_whole: bool, project: str) -> None:
    """Note what the last dbt build gave: only a build that passed may be published.

    A partial build that passes leaves an earlier failure standing, since what failed then may still be wrong. The marts
    carry the mark of what they were built from; partly built from something newer, they are stale. Every build opens
    the questions that guard publishing anew. `project` is the version of the dbt project that built.
    """
    with warehouse.write(f"noting the build, run {run_id}") as connection:
        progress.forget_answers(connection)
        if is_whole:
            progress.note_done(connection, "build", *_UPSTREAM)
        elif any(progress.mark_of(connection, stage) != progress.mark_of(connection, "build") for stage in _UPSTREAM):
            progress.note(connection, "build", Mark(progress.mark_of(connection, "build").events, progress.STALE))
        if passed and not is_whole:
            return
        connection.execute(
            "create or replace table meta.build (run_id varchar, passed boolean, built_at timestamptz, project varchar)"
        )
        connection.execute("insert into meta.build values (?, ?, now(), ?)", [run_id, passed, project])


def last_build_passed(warehouse: Warehouse) -> bool:
    """Whether the marts as they stand come from a build whose tests all passed."""
    with warehouse.read() as connection:
        if "passed" not in _columns(connection):
            return False
        row = connection.execute("select passed from meta.build").fetchone()
        return bool(row and row[0])


def built_by(warehouse: Warehouse) -> str | None:
    """The version of the dbt project that all of the warehouse was built and tested by; None after a failed build."""
    if not warehouse.path.exists():
        return None
    with warehouse.read() as connection:
        if "project" not in _columns(connection):
            return None
        row = connection.execute("select project from meta.build where passed").fetchone()
        return str(row[0]) if row and row[0] else None


def build_all_next(connection: duckdb.DuckDBPyConnection) -> None:
    """Let the next build leave nothing out, whatever stands already."""
    if "project" in _columns(connection):
        connection.execute("update meta.build set project = null")


def _columns(connection: duckdb.DuckDBPyConnection) -> set[str]:
    query = "select column_name from duckdb_columns() where schema_name = 'meta' and table_name = 'build'"
    return {name for (name,) in connection.execute(query).fetchall()}
