from datetime import UTC, date, datetime

import duckdb
import pytest

from orchestration.frames import columns, frame
from orchestration.warehouse import Warehouse, replace_table

EVENT = {"event_id": 1, "at": datetime(2026, 1, 1, tzinfo=UTC), "run_id": None, "source_path": "a", "sha256": None,
         "bytes": None, "event": "removed"}  # fmt: skip


def test_an_all_unknown_column_keeps_its_type():
    found = frame("file_event", [EVENT])  # noqa: F841 (DuckDB reads it by name)
    with duckdb.connect() as connection:
        types = dict(
            connection.execute("select column_name, column_type from (describe select * from found)").fetchall()
        )
    assert types["bytes"] == "BIGINT"
    assert types["at"].startswith("TIMESTAMP")


def test_an_empty_frame_has_every_column():
    assert list(frame("goal_mention", []).columns) == list(columns("goal_mention"))


def test_a_missing_or_unknown_column_is_an_error_that_names_it():
    with pytest.raises(KeyError, match="surprise"):
        frame("file_event", [EVENT | {"surprise": 1}])
    with pytest.raises(KeyError, match="event_id"):
        frame("file_event", [{name: value for name, value in EVENT.items() if name != "event_id"}])


def test_values_come_back_as_they_went_in(tmp_path):
    warehouse = Warehouse(tmp_path / "w.duckdb", 1)
    row = {"contract_version_id": "lund-2023", "document_id": "d", "revision": 1, "is_current": True,
           "loaded_at": datetime(2026, 1, 1, 12, tzinfo=UTC), "superseded_at": None, "withdrawn_at": None,
           "source_path": "a;'\"", "source_line": None, "sha256": "x", "municipality_basis": "text",
           "version_year_basis": "stated", "identity_flags": None, "source_url": None, "licence": None,
           "retrieved_on": date(2026, 1, 2)}  # fmt: skip
    with warehouse.write("test") as connection:
        replace_table(connection, "revision", frame("revision", [row]))
        back = connection.execute("from raw.revision").fetchone()
    assert back == tuple(row.values())
