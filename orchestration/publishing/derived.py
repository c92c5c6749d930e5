"""Public tables that publishing itself makes: the version stamp and the data dictionary, as tables.

Here: their columns, descriptions and rows. Not here: what dbt models, the search index (search).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from orchestration.publishing.catalogue import Column, Table
from orchestration.publishing.stamp import Stamp


@dataclass(frozen=True)
class Derived:
    """A table with its rows, in the order of its columns."""

    table: Table
    rows: list[tuple[Any, ...]]


_VERSION = Table(
    "dataset_version",
    "One row: which texts and which code this copy was made of. The same build_id means the same rows, times of "
    "loading apart. Cite it with the data.",
    (
        Column("build_id", "VARCHAR", False, "Identity of the build, made of code_version and corpus_fingerprint."),
        Column("built_at", "TIMESTAMP", False, "When it was built (UTC); differs between two builds of the same id."),
        Column("code_version", "VARCHAR", False, "Version of everything that decides what is published."),
        Column("extractor_version", "VARCHAR", False, "Version of the code and lexicon that extracted the facts."),
        Column("corpus_fingerprint", "VARCHAR", False, "Hash over the texts that stand for a contract version."),
        Column("git_commit", "VARCHAR", True, "Commit of the code, -dirty where it was changed; NULL where not known."),
        Column(
            "storage_version", "VARCHAR", False, "Storage format of klimatlager.duckdb: the oldest client it is for."
        ),
        Column("table_count", "INTEGER", False, "Number of public tables with rows from the texts and code lists."),
        Column("row_count", "BIGINT", False, "Rows of those tables together."),
    ),
    ("build_id",),
)

_DICTIONARY = Table(
    "data_dictionary",
    "One row per public table and column: what it means, as it stands in the file's comments.",
    (
        Column("table_name", "VARCHAR", False, "Name of the table."),
        Column("column_name", "VARCHAR", False, "Name of the column."),
        Column("position", "INTEGER", False, "Place of the column in its table, from 1."),
        Column("data_type", "VARCHAR", False, "Type of the column in klimatlager.duckdb."),
        Column("key_position", "INTEGER", True, "Place in the table's primary key, from 1; NULL where no part of it."),
        Column("is_required", "BOOLEAN", False, "Whether every row has a value."),
        Column("description", "VARCHAR", False, "What the column means."),
        Column("table_description", "VARCHAR", False, "What a row of the table is."),
    ),
    ("table_name", "column_name"),
)

MADE_BY_PUBLISHING = frozenset({_VERSION.name, _DICTIONARY.name})
"""Public tables that the working file does not hold."""


def derived_tables(tables: Sequence[Table], rows: Mapping[str, int], stamp: Stamp) -> list[Derived]:
    """The stamp and the dictionary of what dbt has modelled, the two themselves included."""
    version = Derived(
        _VERSION,
        [
            (
                stamp.build_id, stamp.built_at.replace(tzinfo=None), stamp.code_version, stamp.extractor_version,
                stamp.corpus_fingerprint, stamp.git_commit, stamp.storage_version, len(tables), sum(rows.values()),
            )
        ],
    )  # fmt: skip
    described = sorted((*tables, _VERSION, _DICTIONARY), key=lambda table: table.name)
    return [Derived(_DICTIONARY, [row for table in described for row in _dictionary_rows(table)]), version]


def _dictionary_rows(table: Table) -> list[tuple[Any, ...]]:
    key = {name: position for position, name in enumerate(table.primary_key, start=1)}
    return [
        (
            table.name, column.name, position, column.type, key.get(column.name), table.is_required(column),
            column.description, table.description,
        )
        for position, column in enumerate(table.columns, start=1)
    ]  # fmt: skip
