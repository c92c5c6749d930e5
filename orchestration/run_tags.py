"""What a run is called: tags that name the contract versions and municipalities it is about, for the run list's search.

Here: the tags and what a path promises. Not here: when a run is requested (sensors), what a file turns out to be (the
stage documents adds the tags of what it found).
"""

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from orchestration.contracts import version_year, whose
from orchestration.contracts.municipalities import Register

CONTENT = "klimatlager/content"
"""The fingerprint of raw/ that the run was requested for."""
PROCESS = "klimatlager/process"
"""Host, process id and start of the process that works on the run."""
STARTED_BY = "klimatlager/started_by"
_MOST = 20


def promised_version(path: str, register: Register) -> str | None:
    """The contract version that the path names (lund/2024.pdf gives lund-2024); None where only the text can tell."""
    place = PurePosixPath(path)
    municipality, year = whose.from_path(place, register), version_year.from_path(place)
    return f"{municipality.slug}-{year}" if municipality and year else None


def subject_tags(versions: Iterable[str]) -> dict[str, str]:
    """Tags for contract versions like lund-2024.

    One version: contract_version and municipality say it. Several: one tag a version and a municipality as well, so
    that `contract_version/lund-2024: yes` finds the run too. More than twenty: their number, and the
    municipalities of the first twenty.
    """
    found = sorted(set(versions))
    if not found:
        return {}
    towns = sorted({version.rpartition("-")[0] for version in found})
    tags = {"contract_versions": str(len(found))}
    if len(found) == 1:
        tags["contract_version"] = found[0]
    if len(towns) == 1:
        tags["municipality"] = towns[0]
    tags |= {f"contract_version/{version}": "yes" for version in found[:_MOST]}
    return tags | {f"municipality/{town}": "yes" for town in towns[:_MOST]}


def tagged_versions(tags: Mapping[str, str]) -> set[str]:
    """The contract versions that a run's tags name."""
    return {name.partition("/")[2] for name in tags if name.startswith("contract_version/")}
