"""The corrections as last archived, so that the warehouse is a function of the archive's log.

Here: which bytes they are, and the codes that they may use. Not here: reading them (reading).
"""

import csv
import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from orchestration.contracts.archive import Archive, FileEvent, latest
from orchestration.contracts.inventory import CORRECTIONS
from orchestration.corrections.reading import Correction, Corrections, read_corrections


def current_corrections(events: Iterable[FileEvent], archive: Archive, codes_dir: Path) -> Corrections:
    """The corrections that apply now; none where there is no file, or it was removed."""
    event = latest(events).get(CORRECTIONS)
    if event is None or event.sha256 is None:
        return Corrections()
    return read_corrections(archive.read(event.sha256), load_codes(codes_dir))


def load_codes(codes_dir: Path) -> dict[str, frozenset[str]]:
    """The codes of every seed `codes_*`, by the seed's name."""
    found = {}
    for path in sorted(codes_dir.glob("codes_*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found[path.stem] = frozenset(row["code"] for row in csv.DictReader(file))
    return found


def by_version(corrections: Corrections) -> dict[str, list[Correction]]:
    """The lines that apply, by contract version."""
    found: dict[str, list[Correction]] = {}
    for line in corrections.lines:
        found.setdefault(line.contract_version_id, []).append(line)
    return found


def fingerprints(lines: Mapping[str, list[Correction]]) -> dict[str, str]:
    """What decides a contract version's corrected facts: a hash of its lines, line numbers included."""
    return {
        version: hashlib.sha256(repr(sorted(found, key=lambda line: line.line)).encode()).hexdigest()[:12]
        for version, found in lines.items()
    }
