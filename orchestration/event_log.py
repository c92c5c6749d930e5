"""Dagster's event log in SQLite, without opening, closing and waiting for the disk at every event.

A refresh writes some 700 events, and Dagster opens, commits and closes a database one to four times for each: a close,
being the last, folds the write-ahead log back, and each commit waits for the disk. So this process keeps the databases
below DAGSTER_HOME open between uses and commits with `synchronous = normal` (after a power cut the last events may be
missing, the file is whole; whether something is published is never told from them). By SQLAlchemy's public events
alone. Nothing happens with another storage.
"""

import os
import sqlite3
import threading
from collections import OrderedDict
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

_PATHS = 8
"""So many databases are kept open: the index, the runs, the schedules, and the last few runs' own."""
_SPARE = 2
"""So many unused connections to each."""


class _Kept(sqlite3.Connection):
    """A connection that goes back to its shelf when it is closed."""

    shelf: "_Shelf | None" = None

    def close(self) -> None:
        """Roll back what is open and put the connection back; close it when there is no place."""
        if self.in_transaction:
            self.rollback()
        if self.shelf is None or not self.shelf.put(self):
            super().close()

    def end(self) -> None:
        """Close it."""
        super().close()


class _Shelf:
    """Unused connections to one file, as it was when they were opened."""

    def __init__(self, identity: tuple[int, int]) -> None:
        self.identity = identity
        self._spare: list[_Kept] = []
        self._is_given_up = False
        self._lock = threading.Lock()

    def take(self) -> _Kept | None:
        with self._lock:
            return self._spare.pop() if self._spare else None

    def put(self, connection: _Kept) -> bool:
        with self._lock:
            if any(kept is connection for kept in self._spare):
                return True  # closed twice: it must not be given to two
            if self._is_given_up or len(self._spare) >= _SPARE:
                return False
            self._spare.append(connection)
            return True

    def give_up(self) -> None:
        """Close what is unused; what is in use is closed when it comes back."""
        with self._lock:
            self._is_given_up = True
            spare, self._spare = self._spare, []
        for connection in spare:
            connection.end()


class _Shelves:
    """The databases below one folder, the most recently used ones open. Used by many threads, by one process."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._shelves: OrderedDict[str, _Shelf] = OrderedDict()
        self._lock = threading.Lock()
        self._process = os.getpid()

    def connect(self, dialect: Any, _record: Any, arguments: list[Any], parameters: dict[str, Any]) -> Any:
        """SQLAlchemy's do_connect: a connection that was kept, or a new one; None leaves it to SQLAlchemy."""
        if dialect.name != "sqlite" or not arguments or parameters.get("uri") or os.getpid() != self._process:
            return None
        path = str(arguments[0])
        if not Path(path).is_relative_to(self._folder):
            return None
        shelf = self._shelf(path)
        kept = shelf.take() if shelf else None
        if kept is not None:
            return kept
        fresh = sqlite3.connect(*arguments, **(parameters | {"factory": _Kept, "check_same_thread": False}))
        fresh.execute("pragma synchronous = normal")
        fresh.shelf = shelf
        return fresh

    def _shelf(self, path: str) -> _Shelf | None:
        """The file's shelf; none while there is no file. A file that was replaced has a new one."""
        try:
            status = os.stat(path)  # noqa: PTH116  called some thousand times a run
        except OSError:
            return None
        identity = (status.st_dev, status.st_ino)
        given_up: list[_Shelf] = []
        with self._lock:
            shelf = self._shelves.get(path)
            if shelf is None or shelf.identity != identity:
                given_up += [shelf] if shelf else []
                shelf = self._shelves[path] = _Shelf(identity)
            self._shelves.move_to_end(path)
            while len(self._shelves) > _PATHS:
                given_up.append(self._shelves.popitem(last=False)[1])
        for old in given_up:
            old.give_up()
        return shelf


@cache
def relax(dagster_home: Path) -> None:
    """Keep the SQLite databases below DAGSTER_HOME open, for the life of this process."""
    event.listen(Engine, "do_connect", _Shelves(dagster_home).connect)
