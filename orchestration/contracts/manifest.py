"""raw/manifest.csv: what people say of the files, which wins over every guess.

Here: reading and checking it, row by row. Not here: guessing (identity), walking raw/ (inventory).
"""

import csv
import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath

from orchestration.contracts.municipalities import Register
from orchestration.contracts.readers.decode import decode
from orchestration.contracts.source import Limits, UnreadableFile

COLUMNS = ("path", "line", "municipality_id", "version_year", "source_url", "retrieved_on", "licence")
_REQUIRED = ("path",)
_DEFAULT = Limits()


@dataclass(frozen=True)
class ManifestEntry:
    """What the manifest says of one file or one line of it; None where it says nothing."""

    source_path: str
    line: int | None = None
    municipality_id: str | None = None
    version_year: int | None = None
    source_url: str | None = None
    retrieved_on: date | None = None
    licence: str | None = None
    manifest_line: int = 0


@dataclass(frozen=True)
class ManifestError:
    """A row (or, line 1, the header) that does not apply, and why."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"raw/manifest.csv, line {self.line}: {self.reason}"


@dataclass(frozen=True)
class Manifest:
    """The rows that apply, by file and line, and those that do not."""

    entries: dict[tuple[str, int | None], ManifestEntry] = field(default_factory=dict)
    errors: tuple[ManifestError, ...] = ()

    def lookup(self, source_path: str, line: int | None = None) -> ManifestEntry | None:
        """The row of that file and line, else the file's own row (line left empty), else None."""
        path = unicodedata.normalize("NFC", source_path)  # macOS takes names apart
        return self.entries.get((path, line)) or self.entries.get((path, None))


class _Refused(Exception):
    """A cell that can't be used."""


def read_manifest(path: Path, register: Register, limits: Limits = _DEFAULT) -> Manifest:
    """The manifest at `path`; a missing or empty file is an empty manifest. Never raises for what the file says.

    UTF-8 with or without a mark (Excel's cp1252 too), comma or semicolon. A bad row is refused with its line number,
    the others apply; of two rows for the same file and line neither applies.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Manifest()
    except OSError as error:
        return Manifest(errors=(ManifestError(1, f"the file can't be opened ({error.strerror})"),))
    try:
        text = decode(data).text if data.strip() else ""
    except UnreadableFile as error:
        return Manifest(errors=(ManifestError(1, error.reason),))
    if not text.strip():
        return Manifest()
    return parse_manifest(text, register, limits)


def parse_manifest(text: str, register: Register, limits: Limits = _DEFAULT) -> Manifest:
    """As `read_manifest`, from the decoded text."""
    first = text.lstrip("\ufeff").split("\n", 1)[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    rows = _rows(text.lstrip("\ufeff"), delimiter)
    try:
        _, header = next(rows)
    except StopIteration:
        return Manifest()
    except csv.Error as error:
        return Manifest(errors=(ManifestError(1, f"the line is not comma-separated text ({error})"),))
    columns = [cell.strip().casefold() for cell in header]
    if complaint := _header_complaint(columns):
        return Manifest(errors=(ManifestError(1, complaint),))
    entries: dict[tuple[str, int | None], ManifestEntry] = {}
    errors: list[ManifestError] = []
    duplicates: set[tuple[str, int | None]] = set()
    number = 1
    try:
        for number, cells in rows:
            try:
                entry = _entry(number, columns, cells, register, limits)
            except _Refused as refused:
                errors.append(ManifestError(number, str(refused)))
                continue
            key = (entry.source_path, entry.line)
            if key in entries:
                duplicates.add(key)
                reason = (
                    f"one row a file and line was expected; {_named(key)} stands already on line "
                    f"{entries[key].manifest_line}. Neither row applies: remove one"
                )
                errors.append(ManifestError(number, reason))
                continue
            entries[key] = entry
    except csv.Error as error:
        errors.append(ManifestError(number + 1, f"the rest is not comma-separated text ({error})"))
    return Manifest({key: entry for key, entry in entries.items() if key not in duplicates}, tuple(errors))


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """(line number in the file, cells) of every row that is not blank or a comment."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for cells in reader:
        if any(cell.strip() for cell in cells) and not cells[0].lstrip().startswith("#"):
            yield reader.line_num, cells


def _header_complaint(columns: list[str]) -> str | None:
    expected = f"the columns {', '.join(COLUMNS)} were expected"
    while columns and not columns[-1]:
        columns.pop()
    if unknown := [column for column in columns if column not in COLUMNS]:
        return f"{expected}; found {', '.join(repr(column) for column in unknown)}. Correct the first line"
    if len(set(columns)) < len(columns):
        return f"{expected}, each once; one of them stands twice. Correct the first line"
    if missing := [column for column in _REQUIRED if column not in columns]:
        return f"{expected}; {', '.join(missing)} is missing. Correct the first line"
    return None


def _entry(number: int, columns: list[str], cells: list[str], register: Register, limits: Limits) -> ManifestEntry:
    if any(cell.strip() for cell in cells[len(columns) :]):
        raise _Refused(f"{len(columns)} cells were expected, found {len(cells)}. Quote cells that hold the separator")
    row = {column: cell.strip() for column, cell in zip(columns, cells, strict=False)}
    return ManifestEntry(
        source_path=_source_path(row.get("path", "")),
        line=_line(row.get("line", "")),
        municipality_id=_municipality_id(row.get("municipality_id", ""), register),
        version_year=_version_year(row.get("version_year", ""), limits),
        source_url=row.get("source_url") or None,
        retrieved_on=_date(row.get("retrieved_on", "")),
        licence=row.get("licence") or None,
        manifest_line=number,
    )


def _source_path(cell: str) -> str:
    path = PurePosixPath(unicodedata.normalize("NFC", cell).replace("\\", "/").removeprefix("raw/").removeprefix("./"))
    if not cell or path.is_absolute() or ".." in path.parts:
        raise _Refused(f"a path below raw/ was expected, for instance lund/2023.pdf; found {cell!r}")
    return str(path)


def _line(cell: str) -> int | None:
    if not cell:
        return None
    if not cell.isascii() or not cell.isdigit() or not 0 < int(cell) < 10**9:
        raise _Refused(f"line: a line number from 1, or nothing, was expected; found {cell!r}")
    return int(cell)


def _municipality_id(cell: str, register: Register) -> str | None:
    if not cell:
        return None
    padded = cell.zfill(4) if cell.isascii() and cell.isdigit() else cell  # a spreadsheet drops the first zero
    if padded in register.by_id:
        return padded
    try:
        hint = f" ({register.named(cell).municipality_id} is {register.named(cell).name}'s)"
    except KeyError:
        hint = ""
    raise _Refused(
        f"municipality_id: SCB's four-digit code was expected, for instance 1281 for Lund; found {cell!r}{hint}"
    )


def _version_year(cell: str, limits: Limits) -> int | None:
    if not cell:
        return None
    if not (cell.isascii() and cell.isdigit() and limits.first_version_year <= int(cell) <= limits.last_version_year):
        expected = f"a year from {limits.first_version_year} to {limits.last_version_year} was expected"
        raise _Refused(f"version_year: {expected}; found {cell!r}")
    return int(cell)


def _date(cell: str) -> date | None:
    if not cell:
        return None
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise _Refused(f"retrieved_on: a date as 2024-01-31 was expected; found {cell!r}") from None


def _named(key: tuple[str, int | None]) -> str:
    path, line = key
    return f"{path} line {line}" if line else path
