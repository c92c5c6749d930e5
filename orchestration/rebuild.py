"""The full rebuild: everything read anew from the archive must give the rows that the increments gave.

Here: emptying the raw tables with a digest of each kept, and comparing afterwards. Not here: reading anything. A
difference stands, and nothing is published, until somebody has looked and a further full rebuild agrees with the last.
"""

from dataclasses import dataclass

import duckdb

from orchestration import progress
from orchestration.builds import build_all_next
from orchestration.progress import Answer
from orchestration.state import Mark
from orchestration.warehouse import empty_raw_tables

QUESTION = "increments_equal_full_rebuild"
_NOT_COMPARED = ("quality_extraction",)
"""Made from the gold sets and not from the archive. All other raw tables are filled when matching has ended."""


@dataclass(frozen=True)
class Difference:
    """A raw table that came out differently."""

    table: str
    rows_before: int
    rows_after: int


def begin(connection: duckdb.DuckDBPyConnection, fresh_events: int) -> None:
    """Keep a digest of each raw table where it can be compared later, and empty them all.

    It can't be compared when the increments had not read everything up to matching, the last of the stages that fill
    them, or when another version of the code had.
    """
    known = connection.execute("select count(*) from raw.file_event").fetchone()
    events = int(known[0]) if known else 0
    is_comparable = (
        events > 0 and not fresh_events and progress.mark_of(connection, "matching") == Mark.now(events)
    )  # fmt: skip
    digests = _digests(connection) if is_comparable else {}
    connection.execute("create or replace table meta.before_rebuild (name varchar, rows bigint, digest hugeint)")
    if digests:
        rows = [(name, count, digest) for name, (count, digest) in digests.items()]
        connection.executemany("insert into meta.before_rebuild values (?, ?, ?)", rows)
    empty_raw_tables(connection)
    progress.forget_reading(connection)
    build_all_next(connection)


def conclude(connection: duckdb.DuckDBPyConnection) -> tuple[Answer, list[Difference]]:
    """Compare, if a full rebuild has just been done, and keep the answer; else the answer as it stands.

    A rebuild that can't be compared takes no difference back.
    """
    before = _before(connection)
    if before is None:
        return standing(connection), []
    connection.execute("drop table meta.before_rebuild")
    if not before:
        answer = standing(connection)
        if answer.passed:
            answer = Answer(
                QUESTION, True,
                "Rebuilt. Nothing to compare with: the increments were not complete, or not by this version of the "
                "code.",
            )  # fmt: skip
        _keep(connection, answer)
        return answer, []
    after = _digests(connection)
    differences = [
        Difference(name, before.get(name, (0, 0))[0], after.get(name, (0, 0))[0])
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name)
    ]
    if differences:
        names = ", ".join(difference.table for difference in differences)
        detail = (
            f"A full rebuild gives other rows than the increments in {names}. Nothing is published until a further "
            "full rebuild (job full_rebuild) agrees with this one; please report the difference."
        )
    else:
        rows = sum(count for count, _ in before.values())
        detail = f"The full rebuild gave the same {rows:,} rows in {len(before)} tables as the increments."
    answer = Answer(QUESTION, not differences, detail)
    _keep(connection, answer)
    return answer, differences


def standing(connection: duckdb.DuckDBPyConnection) -> Answer:
    """The answer of the last full rebuild. Without one there is nothing against publishing."""
    if _has(connection, "rebuild"):
        row = connection.execute("select passed, detail from meta.rebuild").fetchone()
        if row:
            return Answer(QUESTION, row[0], row[1])
    return Answer(QUESTION, True, "No full rebuild has been compared yet; the schedule weekly_full_rebuild does one.")


def _keep(connection: duckdb.DuckDBPyConnection, answer: Answer) -> None:
    connection.execute(
        "create or replace table meta.rebuild (passed boolean, detail varchar, concluded_at timestamptz)"
    )
    connection.execute("insert into meta.rebuild values (?, ?, now())", [answer.passed, answer.detail])


def _before(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[int, int]] | None:
    if not _has(connection, "before_rebuild"):
        return None
    rows = connection.execute("select name, rows, digest from meta.before_rebuild").fetchall()
    return {name: (count, digest) for name, count, digest in rows}


def _digests(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[int, int]]:
    """Rows and an order-free digest of each raw table."""
    tables = connection.execute(
        "select table_name from duckdb_tables() where schema_name = 'raw' order by 1"
    ).fetchall()
    found = {}
    for (table,) in tables:
        if table not in _NOT_COMPARED:
            query = f"select count(*), coalesce(sum(hash(t)::hugeint), 0) from raw.{table} as t"
            row = connection.execute(query).fetchone()
            if row:
                found[table] = (int(row[0]), int(row[1]))
    return found


def _has(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    query = "select 1 from duckdb_tables() where schema_name = 'meta' and table_name = ?"
    return connection.execute(query, [table]).fetchone() is not None
