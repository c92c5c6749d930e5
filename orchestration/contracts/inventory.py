"""The inventory of raw/: which files lie there, with what content.

Here: walking, hashing, and refusing what is not a plain file below the folder. Not here: what was there before
(archive), what a file says (reading).
"""

import hashlib
import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from orchestration.contracts.reading import Limits

MANIFEST = "manifest.csv"
CORRECTIONS = "corrections.csv"
CONTROL_FILES = (MANIFEST, CORRECTIONS)
_NOT_CONTRACTS = {"readme.md", "readme.txt", "thumbs.db", "desktop.ini", *CONTROL_FILES}
_IN_TRANSIT = (".part", ".tmp", ".crdownload", ".download", ".swp", "~")


@dataclass(frozen=True)
class FoundFile:
    """One file below raw/: path relative to it with forward slashes; sha256 None where it can't be read."""

    path: str
    size: int
    sha256: str | None
    problem: str | None = None
    is_settled: bool = True
    """False while the file is still being written: it is neither new nor gone, and is looked at again later."""


def take_inventory(folder: Path, limits: Limits) -> list[FoundFile]:
    """Every contract file and control file below the folder, sorted by path.

    Hidden files, README files and downloads under way are passed over; links that lead out of the folder, unreadable
    and too large files are listed with the problem. Raises FileNotFoundError when the folder is missing.
    """
    if not folder.is_dir():
        raise FileNotFoundError(
            f"The folder of contract texts is missing: expected {folder}. Create it, or set KLIMATLAGER_RAW_DIR."
        )
    found = [look_at(path, folder, limits) for path in _walk(folder)]
    return sorted(found, key=lambda file: file.path)


def is_contract_file(path: str) -> bool:
    """Whether the path is one that should hold a contract, and not a control file, README or partial download."""
    name = path.rsplit("/", 1)[-1]
    return not (
        name.startswith((".", "~$")) or name.casefold() in _NOT_CONTRACTS or name.casefold().endswith(_IN_TRANSIT)
    )


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        links = [name for name in folders if (Path(parent) / name).is_symlink()]
        for name in sorted([*names, *links]):
            path = Path(parent) / name
            if is_wanted(path.parent.relative_to(folder).parts, name):
                yield path


def is_wanted(parent: tuple[str, ...], name: str) -> bool:
    """Whether a file of that name in that folder below raw/ is a contract file or a control file."""
    return (not parent and name in CONTROL_FILES) or is_contract_file(name)


def relative_name(path: Path, folder: Path) -> str:
    """The path below the folder as it is kept everywhere: forward slashes, each part as `shown_name`."""
    names = []
    for name in path.relative_to(folder).parts:
        names.append(shown_name(folder, name))
        folder /= name
    return "/".join(names)


def shown_name(parent: Path, name: str) -> str:
    """A file's or folder's name, composed (NFC): macOS takes å, ä and ö apart. Bytes that are no UTF-8 are replaced.

    Where another file of the composed name lies beside it, it keeps its own.
    """
    if name.isascii():
        return name
    readable = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    composed = unicodedata.normalize("NFC", readable)
    if composed in (name, readable) or not os.path.lexists(parent / composed):
        return composed
    return composed if _is_one(parent / name, parent / composed) else readable


def on_disk(path: str, folder: Path) -> Path:
    """Where the file lies that `relative_name` gives as `path`."""
    found = folder
    for name in path.split("/"):
        if name.isascii() or os.path.lexists(found / name):
            found /= name
            continue
        try:
            names = sorted(other.name for other in found.iterdir())
        except OSError:
            names = []
        found /= next((other for other in names if shown_name(found, other) == name), name)
    return found


def _is_one(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:
        return False


def look_at(path: Path, folder: Path, limits: Limits) -> FoundFile:
    """One file's content hash, or what is wrong with it."""
    relative = relative_name(path, folder)
    try:
        target = path.resolve(strict=True)
        if path.is_symlink() and not target.is_relative_to(folder.resolve()):
            return FoundFile(relative, 0, None, "is a link that leads out of the folder: put the file itself there")
        if path.is_dir() or not path.is_file():
            return FoundFile(relative, 0, None, "is no plain file: put the contract itself there")
        return hash_file(path, relative, path.stat().st_size, limits)
    except (OSError, RuntimeError) as error:
        return _unreadable(relative, error)


def hash_file(path: Path, relative: str, size: int, limits: Limits) -> FoundFile:
    """A plain file's content hash, or what is wrong with it."""
    if size > limits.file_bytes:
        return FoundFile(
            relative, size, None,
            f"is too large: {size:,} bytes where {limits.file_bytes:,} are allowed. Split it or raise the limit",
        )  # fmt: skip
    try:
        with path.open("rb") as file:
            return FoundFile(relative, size, hashlib.file_digest(file, "sha256").hexdigest())
    except OSError as error:
        return _unreadable(relative, error)


def _unreadable(relative: str, error: OSError | RuntimeError) -> FoundFile:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return FoundFile(relative, 0, None, f"can't be read ({reason}): check that it exists and its permissions")
