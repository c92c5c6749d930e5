"""Work in proportion to what changed: documents that a stage has not yet seen in this version of the code.

Here: which documents are due, in batches, and replacing their rows. Not here: what a stage does with a document.
"""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import NamedTuple

import duckdb

from orchestration.contracts.source import SourceText, source_from_hints
from orchestration.frames import frame
from orchestration.rows import Row
from orchestration.warehouse import insert_rows, replace_documents

_BATCH = 200


class Due(NamedTuple):
    """A document that a stage has not seen in this version of the code."""

    document_id: str
    source: SourceText
    municipality_id: str
    version_year: int | None


class UnknownVersionError(ValueError):
    """A contract version was asked for that the warehouse does not hold."""


def forget_versions(connection: duckdb.DuckDBPyConnection, stage: str, versions: Sequence[str]) -> None:
    """Let every revision of these contract versions be due again. Raises UnknownVersionError, naming what is meant."""
    known = [key for (key,) in connection.execute("select distinct contract_version_id from raw.revision").fetchall()]
    unknown = sorted(set(versions) - set(known))
    if unknown:
        complaints = []
        for version in unknown:
            close = get_close_matches(version, known, n=3, cutoff=0.5)
            meant = f"did you mean {' or '.join(close)}?" if close else "nothing known resembles it."
            complaints.append(f"{version!r} is no contract version in the warehouse: {meant}")
        raise UnknownVersionError(
            " ".join(complaints) + " They are written as municipality-year, like lund-2023; see dim_contract_version."
        )
    connection.execute(
        "delete from raw.stage_state where stage = ? and document_id in "
        "(select document_id from raw.revision where contract_version_id in (select unnest(?)))",
        [stage, list(versions)],
    )


def contract_version_of(document_id: str) -> str:
    """lund-2023@0a1b2c is a text of lund-2023."""
    return document_id.partition("@")[0]


class StageRun:
    """One run of a stage that makes the rows of `tables` from documents. Counts the documents it went through."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, stage: str, version: str, tables: Sequence[str],
        variants: Mapping[str, str] | None = None,
    ) -> None:  # fmt: skip
        """`variants`: what else than the code decides the rows of a contract version's documents, by version."""
        self.documents = 0
        self._variants = dict(variants or {})
        self._connection = connection
        self._stage = stage
        self._version = version
        self._tables = tables
        self._rows: dict[str, list[Row]] = {}
        self._done: list[str] = []

    def batches(self) -> Iterator[list[Due]]:
        """The documents that are due, in batches, in stable order."""
        due = self._connection.execute(
            "select d.document_id from raw.document as d left join raw.stage_state as s "
            "on d.document_id = s.document_id and s.stage = ? "
            "left join (select unnest(?) as contract_version_id, unnest(?) as variant) as v "
            "on d.contract_version_id = v.contract_version_id "
            "where s.version is distinct from concat(?, '+' || v.variant) order by 1",
            [self._stage, list(self._variants), list(self._variants.values()), self._version],
        ).fetchall()
        for start in range(0, len(due), _BATCH):
            keys = [key for (key,) in due[start : start + _BATCH]]
            rows = self._connection.execute(
                "select document_id, raw_text, layout_hints, municipality_id, version_year from raw.document "
                "where document_id in (select unnest(?)) order by 1",
                [keys],
            ).fetchall()
            self._rows = {table: [] for table in self._tables}
            self._done = []
            yield [
                Due(key, source_from_hints(raw, hints), municipality, year)
                for key, raw, hints, municipality, year in rows
            ]

    def add(self, document_id: str, rows: Mapping[str, Sequence[Row]]) -> None:
        """The rows of one document, by table; a table it gives nothing for is cleared of its old rows all the same."""
        for table, found in rows.items():
            self._rows[table].extend(found)
        self._done.append(document_id)
        self.documents += 1

    def write(self) -> None:
        """Replace the rows of the batch's documents and mark them as done."""
        for table in self._tables:
            replace_documents(self._connection, table, frame(table, self._rows[table]), self._done)
        marks = [{"document_id": key, "stage": self._stage, "version": self._mark(key)} for key in self._done]
        self._connection.execute(
            "delete from raw.stage_state where stage = ? and document_id in (select unnest(?))",
            [self._stage, self._done],
        )
        insert_rows(self._connection, "stage_state", frame("stage_state", marks))

    def _mark(self, document_id: str) -> str:
        variant = self._variants.get(contract_version_of(document_id))
        return self._version if variant is None else f"{self._version}+{variant}"

    def count(self, table: str) -> int:
        """Rows of a raw table."""
        row = self._connection.execute(f"select count(*) from raw.{table}").fetchone()
        return int(row[0]) if row else 0
