"""Whether anything is new since what is published, told without starting Dagster, dbt or pandas.

Here: the state file that publishing leaves, and comparing raw/, the code and the published file with it. Not here: any
stage. A mark "12@ab34" says: the first 12 events of the archive's log, as the code ab34 reads them. Every stage hands
its mark on to the next (progress), so that a failed or killed run never looks finished, whoever started it.
"""

import json
from dataclasses import dataclass

from orchestration.contracts.archive import Archive, latest, news, removals
from orchestration.raw_index import RawIndex
from orchestration.settings import Settings
from orchestration.versions import code_version


@dataclass(frozen=True)
class Mark:
    """How much of the archive's log, read by which version of the code."""

    events: int
    code: str

    @classmethod
    def now(cls, events: int) -> "Mark":
        """The mark of this code after so many events."""
        return cls(events, code_version())

    @classmethod
    def parse(cls, text: str) -> "Mark":
        """The mark written as text. Raises ValueError."""
        events, _, code = text.partition("@")
        return cls(int(events), code)

    def __str__(self) -> str:
        return f"{self.events}@{self.code}"


def is_up_to_date(settings: Settings) -> bool:
    """Whether raw/, the code and the published file are those of the last refresh that was published."""
    state = _read(settings)
    if state is None or state.get("published") != _published(settings):
        return False
    if settings.postgres and state.get("postgres") != settings.postgres.fingerprint():
        return False
    inventory = RawIndex(settings.raw_index_file).take(settings.raw_dir, settings.limits)
    events = Archive(settings.archive_dir).events()
    last = latest(events)
    return state.get("mark") == str(Mark.now(len(events))) and not (news(inventory, last) or removals(inventory, last))


def published_mark(settings: Settings) -> Mark | None:
    """What the published file was made from; None when nothing was published, or by hand."""
    state = _read(settings)
    try:
        return Mark.parse(str(state["mark"])) if state else None
    except (KeyError, ValueError):
        return None


def remember_published(settings: Settings, mark: Mark) -> None:
    """Note what the file that was just published was made from."""
    _write(settings, {"mark": str(mark), "published": _published(settings)})


def remember_served(settings: Settings) -> None:
    """Note that the published file stands in PostgreSQL too. Until then a refresh is not finished."""
    state = _read(settings)
    if state and settings.postgres:
        _write(settings, state | {"postgres": settings.postgres.fingerprint()})


def forget_published(settings: Settings) -> None:
    """Let the next refresh do its work, whatever becomes of this one."""
    settings.state_file.unlink(missing_ok=True)


def _write(settings: Settings, state: dict[str, object]) -> None:
    partial = settings.state_file.with_suffix(".partial")
    partial.write_text(json.dumps(state), encoding="utf-8")
    partial.replace(settings.state_file)


def _read(settings: Settings) -> dict[str, object] | None:
    try:
        state = json.loads(settings.state_file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return state if isinstance(state, dict) else None


def _published(settings: Settings) -> list[int] | None:
    try:
        status = settings.published_file.stat()
    except OSError:
        return None
    return [status.st_size, status.st_mtime_ns]
