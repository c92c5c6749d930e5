"""The archive: the bytes of every revision ever loaded, and the append-only log of arrivals and withdrawals.

Here: storing bytes by sha256, appending and reading events, and telling what is new in an inventory against them. Not
here: what the events mean for contract versions (ledger). The warehouse is a function of this log and the code.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from orchestration.contracts.inventory import FoundFile, on_disk

EventKind = Literal["arrived", "changed", "removed", "restored", "set_aside"]


@dataclass(frozen=True)
class FileEvent:
    """One thing that happened to one path. `at` is UTC; `problem` says why a file was set aside unread."""

    event_id: int
    at: datetime
    run_id: str | None
    source_path: str
    sha256: str | None
    bytes: int
    event: EventKind
    problem: str | None = None


class Archive:
    """The archive folder. One process at a time may append (the warehouse's lock guards it)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._log = folder / "log.jsonl"

    def events(self) -> list[FileEvent]:
        """The whole log, oldest first. A torn last line (a crash while appending) is left out."""
        if not self._log.exists():
            return []
        lines = self._log.read_text(encoding="utf-8").split("\n")
        return [_event(line, number) for number, line in enumerate(lines[:-1], 1) if line]

    def read(self, sha256: str) -> bytes:
        """The archived bytes. Raises FileNotFoundError where the archive was damaged by hand."""
        return self.path(sha256).read_bytes()

    def register(
        self, inventory: Sequence[FoundFile], raw_dir: Path, run_id: str | None, now: datetime | None = None
    ) -> list[FileEvent]:
        """Archive what is new in the inventory and log it. Returns the new events, in the order of the log."""
        events = self.events()
        last = latest(events)
        found = [file if self._store(raw_dir, file) else _vanished(file) for file in news(inventory, last)]
        removed = removals(inventory, last)
        at = now or datetime.now(UTC)
        fresh: list[FileEvent] = []
        for path, file in [*((path, None) for path in removed), *((file.path, file) for file in found)]:
            before = last.get(path)
            event = FileEvent(
                event_id=len(events) + len(fresh) + 1,
                at=at,
                run_id=run_id,
                source_path=path,
                sha256=file.sha256 if file else None,
                bytes=file.size if file else 0,
                event=_kind(before, file),
                problem=file.problem if file else None,
            )
            fresh.append(event)
        self._append(fresh)
        return fresh

    def path(self, sha256: str) -> Path:
        """Where the bytes of that content lie, whether or not they do."""
        return self._folder / "files" / sha256[:2] / sha256

    def _store(self, raw_dir: Path, file: FoundFile) -> bool:
        """Copy the file's bytes by content. False when it changed or vanished since it was hashed."""
        if file.sha256 is None or self.path(file.sha256).exists():
            return True
        try:
            data = on_disk(file.path, raw_dir).read_bytes()
        except OSError:
            return False
        if hashlib.sha256(data).hexdigest() != file.sha256:
            return False
        target = self.path(file.sha256)
        target.parent.mkdir(parents=True, exist_ok=True)
        partial = target.with_suffix(".partial")
        partial.write_bytes(data)
        partial.replace(target)
        return True

    def _append(self, events: Sequence[FileEvent]) -> None:
        if not events:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._log.open("a+b") as file:
            file.seek(0)
            whole = file.read()
            file.truncate(whole.rfind(b"\n") + 1)
            for event in events:
                record = {key: value for key, value in asdict(event).items() if value is not None}
                record["at"] = event.at.isoformat()
                file.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())


def latest(events: Iterable[FileEvent]) -> dict[str, FileEvent]:
    """The last event of each path."""
    return {event.source_path: event for event in events}


def news(inventory: Iterable[FoundFile], last: Mapping[str, FileEvent]) -> list[FoundFile]:
    """The settled files whose content, or problem, is not the one that their path's last event knows."""
    return [
        file
        for file in inventory
        if file.is_settled
        and (
            (before := last.get(file.path)) is None
            or before.event == "removed"
            or (before.sha256, before.problem) != (file.sha256, file.problem)
        )
    ]


def removals(inventory: Iterable[FoundFile], last: Mapping[str, FileEvent]) -> list[str]:
    """The paths that the last events know and the inventory no longer holds."""
    present = {file.path for file in inventory}
    return sorted(path for path, event in last.items() if event.event != "removed" and path not in present)


def _kind(before: FileEvent | None, file: FoundFile | None) -> EventKind:
    if file is None:
        return "removed"
    if file.sha256 is None:
        return "set_aside"
    if before is None or before.event == "set_aside":
        return "arrived"
    return "restored" if before.event == "removed" else "changed"


def _vanished(file: FoundFile) -> FoundFile:
    return FoundFile(
        file.path, file.size, None, "changed while it was read: it is tried again at the next refresh"
    )  # fmt: skip


def _event(line: str, number: int) -> FileEvent:
    try:
        record = json.loads(line)
        return FileEvent(
            event_id=record["event_id"],
            at=datetime.fromisoformat(record["at"]),
            run_id=record.get("run_id"),
            source_path=record["source_path"],
            sha256=record.get("sha256"),
            bytes=record["bytes"],
            event=record["event"],
            problem=record.get("problem"),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(
            f"The archive's log is damaged at line {number} ({error}). Restore data/archive from the last backup; "
            "the log is append-only and must not be edited."
        ) from error
