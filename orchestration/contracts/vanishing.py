"""Whether so much of raw/ is gone at once that a folder which was emptied, moved or not mounted is the likelier reason.

Here: the judgement. Not here: what is done about it (assets.raw_files refuses, sensors ask once). A removed file
withdraws its contract version, so a folder that fell away would withdraw everything.
"""

from collections.abc import Mapping, Sequence

from orchestration.contracts.archive import FileEvent, removals
from orchestration.contracts.inventory import FoundFile, is_contract_file

FEWEST = 3
"""Fewer files than this may go at once whatever their share, as long as some stay."""


def refusal(inventory: Sequence[FoundFile], last: Mapping[str, FileEvent], allowed_share: float) -> str | None:
    """Why the inventory is not taken for withdrawals; None where it is.

    Refuses when no contract file is left of those known, and when at least FEWEST and more than `allowed_share` (0 to
    1) of them are gone. Not for files that lie elsewhere below raw/ now, nor for control files. A share of 1 allows
    everything.
    """
    if allowed_share >= 1:
        return None
    known = {path for path, event in last.items() if event.event != "removed" and is_contract_file(path)}
    elsewhere = {file.sha256 for file in inventory if file.sha256}
    gone = [path for path in removals(inventory, last) if path in known and last[path].sha256 not in elsewhere]
    is_empty = bool(gone) and not any(is_contract_file(file.path) for file in inventory)
    if not is_empty and (len(gone) < FEWEST or len(gone) <= allowed_share * len(known)):
        return None
    shown = ", ".join(gone[:5]) + (f" and {len(gone) - 5} more" if len(gone) > 5 else "")
    return (
        f"{len(gone)} of {len(known)} known files are gone from raw/ at once ({shown}). Nothing was registered, and what "
        "is published stays: was the folder emptied, moved or not mounted? Put the files back and it goes on by "
        "itself. If they are to be withdrawn, run `klimatlager refresh --accept-withdrawals`, or the job refresh with "
        "accept_withdrawals: true."
    )
