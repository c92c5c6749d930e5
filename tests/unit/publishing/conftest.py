"""A small warehouse with everything that publishing has to cope with, in place of a dbt build."""

from datetime import UTC, datetime

import duckdb
import pytest

from orchestration.publishing.snapshot import publish_snapshot
from orchestration.publishing.stamp import Stamp

STAMP = Stamp("b1", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), "c1", "e1", "f1", None)

TEXTS = [
    ("lund-2023", "1281", "Kommunens bussar går på biogas. Klimatbudgeten beslutades 2023."),
    ("umea-2023", "2480", "Umeå bygger cykelbanor.\nUtsläppen ska minska."),
]


@pytest.fixture
def warehouse(tmp_path):
    path = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema raw; create table raw.secret as select 1 as x")
        connection.execute(
            "create table dim_unit (code varchar not null, sort_order integer, tags varchar[], share double, "
            'is_own boolean, seen timestamp, day date, "at" varchar, primary key (code))'
        )
        connection.execute(
            "insert into dim_unit values ('b', 2, ['y'], 1.5, true, '2026-01-01 12:00:00', '2026-01-01', ''), "
            "('a', 1, null, null, null, null, null, null)"
        )
        connection.execute("comment on table dim_unit is 'One row a unit''s code.'")
        connection.execute("comment on column dim_unit.code is 'The code.'")
        connection.execute(
            "create table passage (passage_id varchar primary key, contract_version_id varchar, municipality_id varchar, "
            "section varchar, char_start integer, char_end integer, quote varchar)"
        )
        number = 0
        for version, municipality, text in TEXTS:
            for sentence in text.replace("\n", " ").split(". "):
                start = text.replace("\n", " ").index(sentence)
                number += 1
                connection.execute(
                    "insert into passage values (?, ?, ?, 'other', ?, ?, ?)",
                    [f"p{number}", version, municipality, start, start + len(sentence), sentence],
                )
    return path


@pytest.fixture
def publish(warehouse, tmp_path):
    """Publish the warehouse as it now stands to tmp_path/published."""

    def run(**arguments):
        return publish_snapshot(warehouse, tmp_path / "published" / "klimatlager.duckdb", lambda *_: STAMP, **arguments)

    return run


@pytest.fixture
def snapshot(publish):
    return publish()
