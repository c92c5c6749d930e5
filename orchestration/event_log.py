"""Dagster's event log in SQLite, without a wait for the disk at every event.

A refresh writes some 700 events, and Dagster opens, commits and closes a database for each. Two things made that the
longest stage: each commit waited for the disk, and each close, being the last, folded the write-ahead log back. So this
process commits with `synchronous = normal` (after a power cut the last events may be missing, the file is whole;
whether something is published is never told from them), and holds the databases open. Nothing happens with another
storage.
"""

import sqlite3
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event


@cache
def relax(dagster_home: Path) -> None:
    """Do both for the SQLite databases below DAGSTER_HOME, for the life of this process."""
    event.listen(Engine, "connect", _commit_without_waiting)
    _keepers.extend(_open(path) for path in sorted((dagster_home / "history").rglob("*.db")) if _is_shared(path))


_keepers: list[sqlite3.Connection] = []


def _commit_without_waiting(connection: Any, _record: object) -> None:
    if isinstance(connection, sqlite3.Connection):
        connection.execute("pragma synchronous = normal")


def _is_shared(path: Path) -> bool:
    """Not the events of single runs, of which there are many."""
    return path.name in ("index.db", "runs.db")


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=30, check_same_thread=False)
    connection.execute("select count(*) from sqlite_master").fetchone()
    return connection
