"""Work in proportion to what changed: documents that a stage has not yet seen in this version of the code.

Here: which documents are due, in batches, and replacing their rows. Not here: what a stage does with a document.
"""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

import duckdb

from orchestration.contracts.source import SourceText, source_from_hints
from orchestration.frames import frame
from orchestration.rows import Row
from orchestration.warehouse import insert_rows, replace_documents

_BATCH = 200


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


class StageRun:
    """One run of a stage that makes the rows of `tables` from documents. Counts the documents it went through."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, stage: str, version: str, tables: Sequence[str]) -> None:
        self.documents = 0
        self._connection = connection
        self._stage = stage
        self._version = version
        self._tables = tables
        self._rows: dict[str, list[Row]] = {}
        self._done: list[str] = []

    def batches(self) -> Iterator[list[tuple[str, SourceText, str]]]:
        """(document_id, source text, municipality_id) of the documents that are due, in batches, in stable order."""
        due = self._connection.execute(
            "select d.document_id from raw.document as d left join raw.stage_state as s "
            "on d.document_id = s.document_id and s.stage = ? where s.version is distinct from ? order by 1",
            [self._stage, self._version],
        ).fetchall()
        for start in range(0, len(due), _BATCH):
            keys = [key for (key,) in due[start : start + _BATCH]]
            rows = self._connection.execute(
                "select document_id, raw_text, layout_hints, municipality_id from raw.document "
                "where document_id in (select unnest(?)) order by 1",
                [keys],
            ).fetchall()
            self._rows = {table: [] for table in self._tables}
            self._done = []
            yield [(key, source_from_hints(raw, hints), municipality) for key, raw, hints, municipality in rows]

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
        marks = [{"document_id": key, "stage": self._stage, "version": self._version} for key in self._done]
        self._connection.execute(
            "delete from raw.stage_state where stage = ? and document_id in (select unnest(?))",
            [self._stage, self._done],
        )
        insert_rows(self._connection, "stage_state", frame("stage_state", marks))

    def count(self, table: str) -> int:
        """Rows of a raw table."""
        row = self._connection.execute(f"select count(*) from raw.{table}").fetchone()
        return int(row[0]) if row else 0
