"""The index of raw/: what each file was hashed as, so that a look at an unchanged folder reads no file.

Here: walking in a fixed order within a time budget, telling complete files from files being written, and remembering
hashes by size and times. Not here: what the folder held before (archive), what a file says (reading). Size and times
only spare a hash; the content decides. The index is a cache: without it everything is hashed anew.
"""

import os
import sqlite3
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path

from orchestration.contracts.inventory import FoundFile, hash_file, is_wanted, look_at, on_disk, shown_name
from orchestration.contracts.source import Limits

SETTLING_SECONDS = 6.0
"""A file is complete when its size and times have stood still that long (or it was renamed in, being older)."""
_PAUSE_SECONDS = 1.0
_TRUST_AFTER_NS = 2_000_000_000
_SCHEMA = """
create table if not exists file (
    path text primary key, size integer, mtime_ns integer, ctime_ns integer, inode integer,
    sha256 text, problem text, hashed_ns integer not null, first_seen_ns integer not null
) without rowid
"""

Position = tuple[tuple[str, ...], str]
"""How far a look has come: the folder's parts below raw/, and the last file name in it that was looked at."""
_Signature = tuple[int, int, int, int]


@dataclass(frozen=True)
class _Known:
    """What the index remembers of one file; sha256 and problem None while it has not settled."""

    signature: _Signature
    sha256: str | None
    problem: str | None
    hashed_ns: int
    first_seen_ns: int

    @property
    def is_trusted(self) -> bool:
        """Whether the same size and times mean the same bytes: not when the last change was as young as the hash."""
        return self.sha256 is not None and self.hashed_ns > self.signature[2] + _TRUST_AFTER_NS


@dataclass(frozen=True)
class Look:
    """What a look found. `position` is None when it came to the end of the folder; `hashed` counts files read."""

    found: list[FoundFile]
    position: Position | None
    hashed: int


class RawIndex:
    """The index in the SQLite file `path`. Several processes may use it at once."""

    def __init__(self, path: Path, clock: Callable[[], int] = time.time_ns) -> None:
        self._path = path
        self._clock = clock

    def look(
        self,
        folder: Path,
        limits: Limits,
        *,
        start: Position | None = None,
        budget_seconds: float | None = None,
        is_trusting: bool = True,
    ) -> Look:
        """Look at the folder from `start` on until the end or until the budget is used up.

        The files found are those of the whole folder as far as known, settled or not, sorted by path; after a look that
        began at a `start` they are complete when its position is None. With is_trusting False everything is hashed.
        Raises FileNotFoundError when the folder is missing.
        """
        if not folder.is_dir():
            raise FileNotFoundError(
                f"The folder of contract texts is missing: expected {folder}. Create it, or set KLIMATLAGER_RAW_DIR."
            )
        deadline = None if budget_seconds is None else time.monotonic() + budget_seconds
        known = self._load()
        sweep = _Sweep(folder, limits, known, self._clock, is_trusting)
        position = sweep.go(start, deadline)
        self._save(sweep)
        found = sorted((_found(path, entry) for path, entry in sweep.known.items()), key=lambda file: file.path)
        return Look(found, position, sweep.hashed)

    def take(self, folder: Path, limits: Limits, *, is_trusting: bool = True) -> list[FoundFile]:
        """The whole folder now. A file that is being written gets a second look, and is left for later if it moves."""
        look = self.look(folder, limits, is_trusting=is_trusting)
        if all(file.is_settled for file in look.found):
            return look.found
        time.sleep(_PAUSE_SECONDS)
        looks = (file if file.is_settled else _second_look(file, folder, limits) for file in look.found)
        return [file for file in looks if file is not None]

    def _connect(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self._path, timeout=30)
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = normal")
        connection.execute(_SCHEMA)
        return connection

    def _load(self) -> dict[str, _Known]:
        try:
            with closing(self._connect()) as connection:
                rows = connection.execute(
                    "select path, size, mtime_ns, ctime_ns, inode, sha256, problem, hashed_ns, first_seen_ns from file"
                ).fetchall()
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError:
            self._path.unlink(missing_ok=True)  # a cache: damaged, it is made anew
            return {}
        return {row[0]: _Known(row[1:5], *row[5:]) for row in rows}

    def _save(self, sweep: "_Sweep") -> None:
        if not (sweep.changed or sweep.gone):
            return
        rows = [
            (path, *entry.signature, entry.sha256, entry.problem, entry.hashed_ns, entry.first_seen_ns)
            for path, entry in sweep.changed.items()
        ]
        with closing(self._connect()) as connection, connection:
            connection.executemany("delete from file where path = ?", [(path,) for path in sweep.gone])
            connection.executemany("insert or replace into file values (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


class _Sweep:
    """One pass over the folder, in the order of (folder, name), updating what is known."""

    def __init__(
        self, folder: Path, limits: Limits, known: dict[str, _Known], clock: Callable[[], int], is_trusting: bool
    ) -> None:
        self.known = known
        self.changed: dict[str, _Known] = {}
        self.gone: list[str] = []
        self.hashed = 0
        self._folder = folder
        self._limits = limits
        self._clock = clock
        self._is_trusting = is_trusting
        self._unreadable: list[tuple[str, ...]] = []

    def go(self, start: Position | None, deadline: float | None) -> Position | None:
        """Walk until the end (None) or the deadline. At least one file is looked at, so that every look gets on."""
        seen: set[str] = set()
        position: Position | None = None
        is_whole = True
        for parts, shown, entry in self._walk(self._folder, (), start):
            if deadline is not None and position is not None and time.monotonic() > deadline:
                is_whole = False
                break
            position = (parts, shown)
            name = "/".join((*parts, shown))
            seen.add(name)
            self._visit(name, entry)
        end = None if is_whole else position
        for path in [path for path in self.known if path not in seen and self._is_between(path, start, end)]:
            del self.known[path]
            self.gone.append(path)
        return end

    def _walk(
        self, folder: Path, parts: tuple[str, ...], start: Position | None
    ) -> Iterator[tuple[tuple[str, ...], str, os.DirEntry[str]]]:
        """(folder's parts, name, entry) of every wanted file, in the order of the names as they are kept."""
        try:
            with os.scandir(folder) as listing:
                entries = sorted(((shown_name(folder, entry.name), entry) for entry in listing), key=itemgetter(0))
        except FileNotFoundError:
            return
        except OSError:
            self._unreadable.append(parts)  # what was known below it stays: unreadable is not removed
            return
        folders = []
        for shown, entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if not shown.startswith("."):
                    folders.append((shown, entry))
            elif is_wanted(parts, shown) and (start is None or (parts, shown) > start):
                yield parts, shown, entry
        for shown, entry in folders:
            below = (*parts, shown)
            if start is None or below >= start[0] or below == start[0][: len(below)]:
                yield from self._walk(Path(entry.path), below, start)

    def _visit(self, path: str, entry: os.DirEntry[str]) -> None:
        now = self._clock()
        before = self.known.get(path)
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError:
            status = None
        if status is None or not stat.S_ISREG(status.st_mode):
            found = look_at(Path(entry.path), self._folder, self._limits)
            self._note(path, _Known((found.size, 0, 0, 0), found.sha256, found.problem, 0, 0))
            return
        signature = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
        if before is not None and before.signature == signature:
            if before.is_trusted and self._is_trusting:
                return
            first_seen = before.first_seen_ns
        else:
            first_seen = now
        quiet = SETTLING_SECONDS * 1e9
        if not (now - status.st_mtime_ns >= quiet or now - first_seen >= quiet):
            self._note(path, _Known(signature, None, None, 0, first_seen))
            return
        found = hash_file(Path(entry.path), path, status.st_size, self._limits)
        self.hashed += 1
        self._note(path, _Known(signature, found.sha256, found.problem, now, first_seen))

    def _note(self, path: str, entry: _Known) -> None:
        if self.known.get(path) != entry:
            self.known[path] = self.changed[path] = entry

    def _is_between(self, path: str, start: Position | None, end: Position | None) -> bool:
        """Whether the walk came by where the path would lie."""
        *folders, name = path.split("/")
        parts = tuple(folders)
        if any(parts[: len(folder)] == folder for folder in self._unreadable):
            return False
        return (start is None or (parts, name) > start) and (end is None or (parts, name) <= end)


def _found(path: str, entry: _Known) -> FoundFile:
    is_settled = entry.sha256 is not None or entry.problem is not None
    return FoundFile(path, entry.signature[0], entry.sha256, entry.problem, is_settled)


def _second_look(file: FoundFile, folder: Path, limits: Limits) -> FoundFile | None:
    """A young file once more: complete if its size stood still, unsettled if not, None if it went away."""
    path = on_disk(file.path, folder)
    try:
        before = path.stat()
        again = look_at(path, folder, limits)
        after = path.stat()
    except FileNotFoundError:
        return None
    except OSError:
        return file
    is_still = file.size == before.st_size and (before.st_size, before.st_mtime_ns) == (
        after.st_size,
        after.st_mtime_ns,
    )
    return again if is_still else file
