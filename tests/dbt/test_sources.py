"""The raw tables and their description in dbt are one contract, told twice: here the two are held together."""

import duckdb
import yaml

from orchestration.settings import ROOT

SOURCES = ROOT / "dbt_project" / "models" / "staging" / "_sources.yml"
OWN_BOOKKEEPING = {"reading", "claim", "rejection", "matching_state"}


def test_sources_describe_every_raw_column_with_its_type_in_its_order():
    described = {
        (table["name"], column["name"]): column["data_type"]
        for table in yaml.safe_load(SOURCES.read_text("utf-8"))["sources"][0]["tables"]
        for column in table["columns"]
        if column["description"]
    }
    with duckdb.connect() as connection:
        connection.execute((ROOT / "orchestration" / "raw_schema.sql").read_text("utf-8"))
        created = connection.execute(
            """
            select table_name, column_name, lower(data_type)
            from information_schema.columns
            where table_schema = 'raw'
            order by table_name, ordinal_position
            """
        ).fetchall()
    types = {
        (table, column): kind.replace("timestamp with time zone", "timestamptz") for table, column, kind in created if table not in OWN_BOOKKEEPING
    }
    assert sorted(described.items()) == sorted(types.items())
    for table in {table for table, _ in types}:
        assert [c for t, c in described if t == table] == [c for t, c in types if t == table]
