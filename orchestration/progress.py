"""How far the warehouse has come: which mark each stage carries, and which questions the last build has answered.

Here: the tables meta.progress, meta.gate and meta.rebuild. Not here: what the stages do, or what the questions are
(gates, rebuild). Written in the transaction of the stage itself, so that a killed run leaves no false mark.
"""

from dataclasses import dataclass

import duckdb

from orchestration.state import Mark

STALE = "stale"
"""The code of a mark whose stages were not all done by one version of the code."""


def note(connection: duckdb.DuckDBPyConnection, stage: str, mark: Mark) -> None:
    """Let the stage carry that mark."""
    connection.execute("create table if not exists meta.progress (stage varchar primary key, mark varchar not null)")
    connection.execute("insert or replace into meta.progress values (?, ?)", [stage, str(mark)])


def note_done(connection: duckdb.DuckDBPyConnection, stage: str, *upstream: str) -> None:
    """Let the stage carry the mark of the stages it was made from: stale where they, or the code, differ."""
    marks = [mark_of(connection, name) for name in upstream]
    events = min((mark.events for mark in marks), default=0)
    now = Mark.now(events)
    note(connection, stage, now if all(mark == now for mark in marks) else Mark(events, STALE))


def mark_of(connection: duckdb.DuckDBPyConnection, stage: str) -> Mark:
    """The stage's mark; of no events and no code when it was never done."""
    if not _exists(connection, "progress"):
        return Mark(0, STALE)
    row = connection.execute("select mark from meta.progress where stage = ?", [stage]).fetchone()
    return Mark.parse(row[0]) if row else Mark(0, STALE)


def forget_reading(connection: duckdb.DuckDBPyConnection) -> None:
    """The raw tables were emptied: no stage that fills them is done. What was built from them before keeps its mark."""
    if _exists(connection, "progress"):
        connection.execute("delete from meta.progress where stage <> 'build'")


@dataclass(frozen=True)
class Answer:
    """The answer to a question that guards publishing."""

    question: str
    passed: bool
    detail: str


def forget_answers(connection: duckdb.DuckDBPyConnection) -> None:
    """A new build: every question is open again."""
    connection.execute(
        "create or replace table meta.gate (question varchar primary key, passed boolean, detail varchar)"
    )


def note_answer(connection: duckdb.DuckDBPyConnection, answer: Answer) -> None:
    """Keep the answer for this build."""
    if not _exists(connection, "gate"):
        forget_answers(connection)
    connection.execute(
        "insert or replace into meta.gate values (?, ?, ?)", [answer.question, answer.passed, answer.detail]
    )


def answers(connection: duckdb.DuckDBPyConnection) -> dict[str, Answer]:
    """The questions answered for this build."""
    if not _exists(connection, "gate"):
        return {}
    rows = connection.execute("select question, passed, detail from meta.gate").fetchall()
    return {row[0]: Answer(*row) for row in rows}


def _exists(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    query = "select 1 from duckdb_tables() where schema_name = 'meta' and table_name = ?"
    return connection.execute(query, [table]).fetchone() is not None
