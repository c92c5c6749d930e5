"""Intake: archived bytes become documents that claim to be contract versions, or reasons why not.

Here: which files still have to be read, and reading them one by one so that one bad file costs nobody else anything.
Not here: which claim stands (ledger), what the texts say (extraction), where rows go (warehouse).
"""

import hashlib
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from orchestration.contracts.archive import Archive, FileEvent
from orchestration.contracts.document import divide
from orchestration.contracts.identity import identify
from orchestration.contracts.inventory import is_contract_file
from orchestration.contracts.ledger import Claim, Rejection
from orchestration.contracts.manifest import Manifest, ManifestEntry
from orchestration.contracts.model import Document, Identity
from orchestration.contracts.municipalities import Register
from orchestration.contracts.reading import Limits, SourceText, UnreadableFile, read

FileKey = tuple[str, str]
"""(source_path, sha256): one content of one path."""


@dataclass(frozen=True)
class ReadDocument:
    """One document of a file with its claim."""

    claim: Claim
    identity: Identity
    entry: ManifestEntry | None
    source: SourceText
    document: Document


@dataclass(frozen=True)
class FileReading:
    """What one file was read as, and the fingerprint of everything that decided it."""

    key: FileKey
    fingerprint: str
    documents: tuple[ReadDocument, ...]
    rejections: tuple[Rejection, ...]


def pending(
    events: Iterable[FileEvent], manifest: Manifest, known: Mapping[FileKey, str], reader_version: str
) -> dict[FileKey, str]:
    """The contents that have not been read as they would be read now, in the order of the log, with fingerprints."""
    entries: dict[str, list[ManifestEntry]] = {}
    for entry in manifest.entries.values():
        entries.setdefault(entry.source_path, []).append(entry)
    wanted: dict[FileKey, str] = {}
    for event in events:
        if event.sha256 is None or not is_contract_file(event.source_path):
            continue
        key = (event.source_path, event.sha256)
        if key in wanted:
            continue
        basis = repr(
            (key, reader_version, sorted(map(repr, entries.get(unicodedata.normalize("NFC", event.source_path), []))))
        )
        wanted[key] = hashlib.sha256(basis.encode()).hexdigest()[:16]
    return {key: fingerprint for key, fingerprint in wanted.items() if known.get(key) != fingerprint}


def read_files(
    wanted: Mapping[FileKey, str],
    archive: Archive,
    manifest: Manifest,
    register: Register,
    limits: Limits,
    reader: Callable[[bytes, str, Limits], Iterable[SourceText]] | None = None,
) -> Iterator[FileReading]:
    """Read each wanted content. A file that can't be read gives a rejection, never an exception."""
    reader = reader or _texts
    for (path, sha256), fingerprint in wanted.items():
        documents: list[ReadDocument] = []
        rejections: list[Rejection] = []
        try:
            sources = list(reader(archive.read(sha256), path, limits))
        except UnreadableFile as error:
            sources = []
            rejections.append(Rejection(None, error.code, error.reason))
        for source in sources:
            entry = manifest.lookup(path, source.line)
            try:
                identity = identify(source, PurePosixPath(path), register, entry)
            except UnreadableFile as error:
                rejections.append(Rejection(source.line, error.code, error.reason))
                continue
            documents.append(_claim(path, sha256, source, identity, entry))
        yield FileReading((path, sha256), fingerprint, tuple(documents), tuple(rejections))


def _texts(data: bytes, name: str, limits: Limits) -> Iterable[SourceText]:
    return read(data, name, limits).texts


def _claim(path: str, sha256: str, source: SourceText, identity: Identity, entry: ManifestEntry | None) -> ReadDocument:
    document = divide(source)
    version = identity.contract_version_id
    text_hash = hashlib.sha256(source.raw.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    claim = Claim(
        document_id=f"{version}@{text_hash}",
        contract_version_id=version,
        source_path=path,
        source_line=source.line,
        sha256=sha256,
        is_full_contract=document.kind == "full_contract",
        is_in_manifest=entry is not None,
    )
    return ReadDocument(claim, identity, entry, source, document)
