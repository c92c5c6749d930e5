"""The raw tables and their description in dbt are one contract, told twice: here the two are held together."""

from __future__ import annotations

from pathlib import Path

import duckdb
import yaml

from tests.dbt.synthetic_warehouse import create_raw_tables

SOURCES = Path(__file__).parents[2] / "dbt_project" / "models" / "staging" / "_sources.yml"


def test_sources_describe_every_raw_column_with_its_type_in_its_order():
    described = {
        (table["name"], column["name"]): column["data_type"]
        for table in yaml.safe_load(SOURCES.read_text("utf-8"))["sources"][0]["tables"]
        for column in table["columns"]
        if column["description"]
    }
    with duckdb.connect() as connection:
        create_raw_tables(connection)
        created = connection.execute(
            """
            select table_name, column_name, lower(data_type)
            from information_schema.columns
            where table_schema = 'raw'
            order by table_name, ordinal_position
            """
        ).fetchall()
    types = {
        (table, column): kind.replace("timestamp with time zone", "timestamptz") for table, column, kind in created
    }
    assert sorted(described.items()) == sorted(types.items())
    for table in {table for table, _ in types}:
        assert [c for t, c in described if t == table] == [c for t, c in types if t == table]
