"""raw/corrections.csv, row by row: the corrections that apply and the rows that are refused, with line and reason.

Here: bytes to checked values. Not here: finding the facts they speak of (applying).
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from orchestration.corrections.columns import (
    ACTIONS,
    CLEARED,
    COLUMNS,
    FORMULA_STARTS,
    KINDS,
    NEEDED_TO_ADD,
    NEVER_EMPTY,
    NUMBERS,
    OF_KIND,
    REQUIRED_COLUMNS,
    YEARS,
    Action,
    Kind,
    code_list,
)

Value = str | float | int | None
_FIRST_YEAR, _LAST_YEAR = 1900, 2150
_VERSION = re.compile(r"^[a-z0-9-]+-(?:\d{4}|unknown)$")


@dataclass(frozen=True)
class Correction:
    """One judged line. `values` holds what is set; None clears an attribute."""

    line: int
    contract_version_id: str
    kind: Kind
    quote: str
    nr: int | None
    action: Action
    who: str
    when: date
    why: str
    values: tuple[tuple[str, Value], ...] = ()

    @property
    def fact(self) -> tuple[str, str, str, int]:
        """What the line speaks of, spaces aside."""
        return (self.contract_version_id, self.kind, plain(self.quote), self.nr or 1)


@dataclass(frozen=True)
class Refusal:
    """A row (or, line 1, the header) that does not apply, and why. `cells` are as they stand in the file."""

    line: int
    reason: str
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class Corrections:
    """A whole file: lines that apply, lines that don't, and how many are not judged yet."""

    lines: tuple[Correction, ...] = ()
    refused: tuple[Refusal, ...] = ()
    open_lines: int = 0
    rows: tuple[tuple[int, dict[str, str]], ...] = field(default=(), repr=False)
    """Every row as it stands, judged or not, by column: for writing the file anew."""


class _Refused(Exception):
    """A cell that can't be used."""


def read_corrections(data: bytes, codes: Mapping[str, frozenset[str]]) -> Corrections:
    """The corrections in a file's bytes; `codes` holds the codes of each seed `codes_*`. Never raises.

    UTF-8 with or without a mark, UTF-16 with one, or cp1252 throughout (what a Swedish Excel writes); comma or
    semicolon. A row that can't be used is refused with its line number and the others apply; of two lines for one fact
    neither applies.
    """
    text = _decode(data)
    if not text.strip():
        return Corrections()
    try:
        rows = list(_rows(text))
    except csv.Error as error:
        return Corrections(
            refused=(Refusal(1, f"the file is no table of comma- or semicolon-separated text ({error})"),)
        )
    if not rows:
        return Corrections()
    first_line, header = rows[0]
    columns = [cell.strip().casefold() for cell in header]
    while columns and not columns[-1]:
        columns.pop()
    if complaint := _header_complaint(columns):
        return Corrections(refused=(Refusal(first_line, complaint, tuple(header)),))
    lines: list[Correction] = []
    refused: list[Refusal] = []
    kept: list[tuple[int, dict[str, str]]] = []
    open_lines = 0
    for number, cells in rows[1:]:
        row = dict(zip(columns, cells, strict=False))
        kept.append((number, row))
        try:
            _check_cells(cells, columns)
            if not row.get("action", "").strip():
                open_lines += 1
                continue
            lines.append(_correction(number, {name: _bare(cell) for name, cell in row.items()}, codes))
        except _Refused as refusal:
            refused.append(Refusal(number, str(refusal), tuple(cells)))
    lines, twice = _without_twins(lines)
    return Corrections(
        tuple(lines), tuple(sorted([*refused, *twice], key=lambda one: one.line)), open_lines, tuple(kept)
    )  # fmt: skip


def plain(text: str) -> str:
    """A quote with its white space made one."""
    return " ".join(text.split())


def _decode(data: bytes) -> str:
    """Text of the bytes; bytes that are no text stay as lone surrogates, so that their row can be refused."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        special = [line for line in data.split(b"\n") if not line.isascii()]
        if not any(_is_utf8(line) for line in special):
            try:
                return data.decode("cp1252")
            except UnicodeDecodeError:
                pass
        return data.decode("utf-8", "surrogateescape")


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """(line on which it begins, cells) of every row that is not blank, a comment or Excel's `sep=`."""
    lines = (line for line in text.splitlines() if line.strip() and not line.casefold().startswith("sep="))
    first = next(lines, "")
    delimiter = ";" if first.count(";") >= first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    begins = 1
    for cells in reader:
        is_said = any(cell.strip() for cell in cells) and not cells[0].lstrip().startswith("#")
        if is_said and not cells[0].casefold().startswith("sep="):
            yield begins, cells
        begins = reader.line_num + 1


def _header_complaint(columns: list[str]) -> str | None:
    expected = f"the columns {', '.join(COLUMNS)} were expected"
    if unknown := [column for column in columns if column not in COLUMNS]:
        return f"{expected}; found {', '.join(repr(column) for column in unknown)}. Correct the first line"
    if len(set(columns)) < len(columns):
        return f"{expected}, each once; one of them stands twice. Correct the first line"
    if missing := [column for column in REQUIRED_COLUMNS if column not in columns]:
        return f"{expected}; {', '.join(missing)} is missing. Correct the first line"
    return None


def _check_cells(cells: list[str], columns: list[str]) -> None:
    if any(cell.strip() for cell in cells[len(columns) :]):
        raise _Refused(f"{len(columns)} cells were expected, found {len(cells)}. Quote cells that hold the separator")
    for column, cell in zip(columns, cells, strict=False):
        if any("\ud800" <= c <= "\udfff" for c in cell) or "\ufffd" in cell:
            raise _Refused(f"{column}: the letters are not UTF-8. Save the file as “CSV UTF-8” and write the cell anew")
        if cell.lstrip(" \u00a0").startswith(FORMULA_STARTS) and cell.strip() != CLEARED:
            raise _Refused(
                f"{column}: a cell that begins with {cell.lstrip()[:1] or cell[:1]!r} is a formula to a spreadsheet. "
                f"Put an apostrophe before it where the text begins so; found {cell[:40]!r}"
            )


def _bare(cell: str) -> str:
    """The cell without the apostrophe that keeps a spreadsheet from reading a formula."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS) else cell


def _correction(number: int, row: dict[str, str], codes: Mapping[str, frozenset[str]]) -> Correction:
    cells = {name: cell.strip() for name, cell in row.items()}
    action = _one_of(ACTIONS, cells, "action")
    kind = _one_of(KINDS, cells, "kind")
    version = cells["contract_version_id"]
    if not _VERSION.match(version):
        raise _Refused(f"contract_version_id: municipality and year as lund-2023 were expected; found {version!r}")
    for name in ("quote", "who", "why"):
        if not cells[name]:
            raise _Refused(f"{name}: nothing stands there, and every judged line needs it")
    values = tuple(
        (name, _value(name, cells[name], kind, codes))
        for name in COLUMNS if name in OF_KIND["goal"] | OF_KIND["outcome"] | OF_KIND["initiative"] and cells.get(name)
    ) if action in ("edit", "add") else ()  # fmt: skip
    if action == "edit" and not values:
        raise _Refused("edit: at least one attribute is to be filled in; found none")
    if action == "add" and (missing := [name for name in NEEDED_TO_ADD[kind] if name not in dict(values)]):
        raise _Refused(f"add: a new {kind} needs {' and '.join(missing)}")
    return Correction(
        number, version, kind, cells["quote"], _nr(cells.get("nr", "")), action, cells["who"], _date(cells["when"]),
        cells["why"], values,
    )  # fmt: skip


def _one_of(choices: Mapping[str, str], cells: dict[str, str], column: str):  # type: ignore[no-untyped-def]
    found = choices.get(cells[column].casefold())
    if found is None:
        raise _Refused(
            f"{column}: one of {', '.join(dict.fromkeys(choices.values()))} was expected; found {cells[column]!r}"
        )
    return found


def _value(name: str, cell: str, kind: Kind, codes: Mapping[str, frozenset[str]]) -> Value:
    if name not in OF_KIND[kind]:
        raise _Refused(f"{name}: a {kind} has no such attribute; empty the cell ({cell!r})")
    if cell == CLEARED:
        if name in NEVER_EMPTY:
            raise _Refused(f"{name}: it can't be cleared; write a code, such as not_specified")
        return None
    if name in NUMBERS:
        try:
            return float(re.sub(r"[\s\u00a0\u202f]", "", cell).replace(",", "."))
        except ValueError:
            raise _Refused(f"{name}: a number was expected, as 12,5 or 1200; found {cell!r}") from None
    if name in YEARS:
        if not (cell.isascii() and cell.isdigit() and _FIRST_YEAR <= int(cell) <= _LAST_YEAR):
            raise _Refused(f"{name}: a year from {_FIRST_YEAR} to {_LAST_YEAR} was expected; found {cell!r}")
        return int(cell)
    listed = code_list(name, kind)
    if listed and cell not in codes[listed]:
        raise _Refused(f"{name}: a code of {listed.removeprefix('codes_')} was expected; {cell!r} is none")
    return cell


def _nr(cell: str) -> int | None:
    if not cell:
        return None
    if not (cell.isascii() and cell.isdigit() and 0 < int(cell) < 1000):
        raise _Refused(f"nr: a number from 1, or nothing, was expected; found {cell!r}")
    return int(cell)


def _date(cell: str) -> date:
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise _Refused(f"when: a date as 2024-01-31 was expected; found {cell!r}") from None


def _without_twins(lines: list[Correction]) -> tuple[list[Correction], list[Refusal]]:
    by_fact: dict[tuple[str, str, str, int], list[Correction]] = {}
    for line in lines:
        by_fact.setdefault(line.fact, []).append(line)
    twins = {line.line: group for group in by_fact.values() if len(group) > 1 for line in group}
    refused = [
        Refusal(
            line.line,
            f"lines {', '.join(str(one.line) for one in twins[line.line])} judge the same fact; none of them applies. "
            "Leave one",
            (line.contract_version_id, line.kind, line.quote),
        )
        for line in lines if line.line in twins
    ]  # fmt: skip
    return [line for line in lines if line.line not in twins], refused
