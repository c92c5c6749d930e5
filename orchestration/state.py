"""Whether anything is new since the last finished refresh, told without starting Dagster, dbt or pandas.

Here: comparing raw/, the code and the published file with what the last refresh left. Not here: the refresh itself.
"""

import json

from orchestration.contracts.archive import Archive
from orchestration.contracts.inventory import take_inventory
from orchestration.contracts.source import Limits
from orchestration.settings import Settings
from orchestration.versions import code_version


def is_up_to_date(settings: Settings) -> bool:
    """Whether raw/, the code and the published file are those of the last finished refresh."""
    if not settings.published_file.exists() or not settings.state_file.exists():
        return False
    inventory = take_inventory(settings.raw_dir, Limits())
    archive = Archive(settings.archive_dir)
    if archive.news(inventory) or archive.removals(inventory):
        return False
    try:
        state = json.loads(settings.state_file.read_text(encoding="utf-8"))
    except ValueError:
        return False
    return bool(state == _state(settings))


def remember_state(settings: Settings) -> None:
    """Note what a refresh that has just finished had seen and published."""
    settings.state_file.write_text(json.dumps(_state(settings)), encoding="utf-8")


def forget_state(settings: Settings) -> None:
    """Let the next refresh do its work, whatever became of this one."""
    settings.state_file.unlink(missing_ok=True)


def _state(settings: Settings) -> dict[str, object]:
    status = settings.published_file.stat()
    return {
        "code": code_version(),
        "events": len(Archive(settings.archive_dir).events()),
        "published": [status.st_size, status.st_mtime_ns],
        "postgres": settings.postgres.fingerprint() if settings.postgres else None,
    }
