"""The ledger: the log of files replayed into contract versions, revisions and reasons.

Here: which document stands for a contract version, since when, and what came of every file. A pure function of the
log and of what the files were read as: the same log gives the same rows, in whatever steps it grew. Not here: reading
files, or anything that looks at a clock.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from orchestration.contracts.archive import FileEvent
from orchestration.contracts.inventory import is_contract_file

Outcome = Literal["loaded", "unchanged", "revised", "withdrawn", "rejected"]


@dataclass(frozen=True)
class Claim:
    """A document read from one file (and line) that claims to be a contract version."""

    document_id: str
    contract_version_id: str
    source_path: str
    source_line: int | None
    sha256: str
    is_full_contract: bool
    is_in_manifest: bool

    @property
    def place(self) -> str:
        """The file, with the line for a clause collection."""
        return self.source_path if self.source_line is None else f"{self.source_path} line {self.source_line}"


@dataclass(frozen=True)
class Rejection:
    """A file, or one line of a clause collection, that could not be read as a contract."""

    source_line: int | None
    code: str
    reason: str


@dataclass(frozen=True)
class Reading:
    """What one file's bytes at one path were read as."""

    claims: tuple[Claim, ...] = ()
    rejections: tuple[Rejection, ...] = ()


@dataclass(frozen=True)
class Revision:
    """A document that stands, or stood, for a contract version from `loaded_at` on."""

    claim: Claim
    revision: int
    loaded_at: datetime
    superseded_at: datetime | None = None
    withdrawn_at: datetime | None = None

    @property
    def is_current(self) -> bool:
        """Whether it stands for its version now."""
        return self.superseded_at is None and self.withdrawn_at is None


@dataclass(frozen=True)
class LoadEvent:
    """What came of one file, or one line of it, at one event."""

    source_path: str
    source_line: int | None
    sha256: str | None
    bytes: int
    outcome: Outcome
    reason: str | None
    contract_version_id: str | None
    at: datetime
    run_id: str | None


class Ledger:
    """Replays events one by one. After the last one, `revisions` and `load_events` are the state of the warehouse."""

    def __init__(self) -> None:
        self.load_events: list[LoadEvent] = []
        self._revisions: dict[str, list[Revision]] = {}
        self._held: dict[str, tuple[Claim, ...]] = {}
        self._claimants: dict[str, list[Claim]] = {}
        self._arrival: dict[tuple[str, int | None], int] = {}

    @property
    def revisions(self) -> list[Revision]:
        """All revisions of all versions, oldest first within a version."""
        return [revision for history in self._revisions.values() for revision in history]

    def replay(self, event: FileEvent, reading: Reading) -> None:
        """Apply one event; `reading` is what its bytes were read as (empty for a removal)."""
        if event.event == "removed":
            self._remove(event)
            return
        if event.sha256 is None:
            self._log(event, None, "rejected", f"{event.source_path} {event.problem}.", None)
            return
        for rejection in reading.rejections:
            self._log(event, rejection.source_line, "rejected", rejection.reason, None)
        if reading.claims or not reading.rejections:
            self._arrive(event, reading.claims)

    def _arrive(self, event: FileEvent, claims: Sequence[Claim]) -> None:
        before = self._hold(event.source_path, tuple(claims))
        for claim in claims:
            self._arrival.setdefault((claim.source_path, claim.source_line), event.event_id)
        kept = {claim.contract_version_id for claim in claims}
        for claim in before:
            if claim.contract_version_id not in kept:
                self._withdraw(event, claim, f"No longer in {claim.source_path}.")
        for claim in claims:
            self._settle(event, claim)

    def _remove(self, event: FileEvent) -> None:
        claims = self._hold(event.source_path, ())
        for claim in claims:
            self._arrival.pop((claim.source_path, claim.source_line), None)
            self._withdraw(event, claim, f"{event.source_path} was removed.")
        if not claims:
            self._log(event, None, "withdrawn", f"{event.source_path} was removed.", None)

    def _settle(self, event: FileEvent, claim: Claim) -> None:
        """Decide what an arriving claim becomes: the version's document, history, or set aside."""
        version = claim.contract_version_id
        standing = self._standing(version)
        winner = self._winner(version)
        if standing and standing.claim.document_id == winner.document_id:
            if claim.document_id == winner.document_id:
                is_twin = claim.place != winner.place
                reason = f"The same text as {winner.place}, which stands for {version}." if is_twin else None
                self._log(event, claim.source_line, "unchanged", reason, version)
                self._rehome(version, winner)
            else:
                self._set_aside(event, claim, winner)
            return
        if winner.document_id != claim.document_id:
            self._set_aside(event, claim, winner)
            return
        reason = self._stand(event, winner)
        revised = self._revisions[version][-1].revision > 1
        self._log(event, claim.source_line, "revised" if revised else "loaded", reason, version)

    def _set_aside(self, event: FileEvent, claim: Claim, winner: Claim) -> None:
        version = claim.contract_version_id
        if winner.is_full_contract and not claim.is_full_contract:
            reason = f"The full contract {winner.place} stands for {version}; this excerpt is kept as history."
            number = self._next_revision(version, claim)
            history = Revision(claim, number, event.at, superseded_at=event.at)
            self._revisions[version].insert(len(self._revisions[version]) - 1, history)
            self._log(event, claim.source_line, "loaded", reason, version)
            return
        reason = (
            f"{winner.place} already stands for {version}. To use {claim.place} instead, name it in manifest.csv or "
            "remove the other file."
        )
        self._log(event, claim.source_line, "rejected", reason, version)

    def _withdraw(self, event: FileEvent, claim: Claim, reason: str) -> None:
        """End a claim. Another file that claims the version takes its place; without one the version is withdrawn."""
        version = claim.contract_version_id
        standing = self._standing(version)
        if standing is None or standing.claim.place != claim.place:
            self._log(event, claim.source_line, "withdrawn", reason, version)
            return
        if self._claimants[version]:
            heir = self._winner(version)
            if heir.document_id == standing.claim.document_id:
                self._rehome(version, heir)
            else:
                self._stand(event, heir)
            self._log(event, claim.source_line, "withdrawn", f"{reason} {heir.place} takes its place.", version)
            return
        self._revisions[version][-1] = replace(standing, withdrawn_at=event.at)
        self._log(event, claim.source_line, "withdrawn", reason, version)

    def _stand(self, event: FileEvent, claim: Claim) -> str | None:
        """Make the claim the version's document from now on. Returns a reason worth telling, if any."""
        history = self._revisions.setdefault(claim.contract_version_id, [])
        number = self._next_revision(claim.contract_version_id, claim)
        before = history[-1] if history else None
        if before is not None and before.is_current:
            history[-1] = replace(before, superseded_at=event.at)
        history.append(Revision(claim, number, event.at))
        if before is None:
            return None
        if before.claim.document_id == claim.document_id:
            return "Restored: the same text as before it was withdrawn."
        return f"Takes the place of {before.claim.place} (revision {before.revision})."

    def _next_revision(self, version: str, claim: Claim) -> int:
        history = self._revisions.get(version, [])
        known = [revision.revision for revision in history if revision.claim.document_id == claim.document_id]
        return known[-1] if known else 1 + max((revision.revision for revision in history), default=0)

    def _standing(self, version: str) -> Revision | None:
        history = self._revisions.get(version)
        return history[-1] if history and history[-1].is_current else None

    def _rehome(self, version: str, claim: Claim) -> None:
        self._revisions[version][-1] = replace(self._revisions[version][-1], claim=claim)

    def _hold(self, path: str, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
        """Let the path hold these claims from now on. Returns those that it held before."""
        before = self._held.pop(path, ())
        for claim in before:
            self._claimants[claim.contract_version_id].remove(claim)
        for claim in claims:
            self._claimants.setdefault(claim.contract_version_id, []).append(claim)
        if claims:
            self._held[path] = claims
        return before

    def _winner(self, version: str) -> Claim:
        """The manifest decides, then the full contract, then the earlier arrival; never a modification time."""
        return min(
            self._claimants[version],
            key=lambda claim: (
                not claim.is_full_contract,
                not claim.is_in_manifest,
                self._arrival[claim.source_path, claim.source_line],
                claim.source_path,
                claim.source_line or 0,
            ),
        )

    def _log(
        self, event: FileEvent, line: int | None, outcome: Outcome, reason: str | None, version: str | None
    ) -> None:
        self.load_events.append(
            LoadEvent(
                event.source_path, line, event.sha256, event.bytes, outcome, reason, version, event.at, event.run_id
            )
        )  # fmt: skip


def replay(events: Iterable[FileEvent], readings: Mapping[tuple[str, str], Reading]) -> Ledger:
    """Replay a whole log. `readings` maps (source_path, sha256) to what those bytes were read as."""
    ledger = Ledger()
    for event in events:
        if is_contract_file(event.source_path):
            ledger.replay(event, readings.get((event.source_path, event.sha256 or ""), Reading()))
    return ledger
