"""Data tests have tests: each of the project's own is shown to fail on a bad row, and to pass without it.

The SQL is what the session's one build compiled. A case spoils the tables inside a transaction, runs the test, and
takes everything back.
"""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.dbt.conftest import DBT_PROJECT, DbtBuild

EVIDENCE_TABLES = ["fct_goal", "fct_outcome", "fct_initiative", "bridge_initiative_actor", "fct_evidence"]

GENERIC = [
    *[("evidence_is_literal", table, f"update {table} set quote = quote || '!'") for table in EVIDENCE_TABLES],
    ("evidence_is_literal", "fct_goal", "update fct_goal set char_start = char_start + 1, char_end = char_end + 1"),
    ("evidence_is_literal", "fct_goal", "update fct_goal set char_end = char_start, quote = ''"),
    ("evidence_is_literal", "fct_goal", "update fct_goal set char_start = -1, char_end = 0, quote = ''"),
    ("evidence_is_literal", "fct_goal", "delete from contract_text"),
    ("evidence_is_literal", "fct_outcome", "update contract_text set raw_text = replace(raw_text, 'å', 'åå')"),
    ("codes_are_listed", "fct_goal", "update fct_goal set goal_type = 'nonsense' where is_headline"),
    ("codes_are_listed", "fct_goal", "delete from dim_section where code = 'climate_goals'"),
    ("codes_are_listed", "fct_initiative", "update fct_initiative set status_max = 'done'"),
    ("values_in_range", "fct_goal", "update fct_goal set target_year = 2300"),
    ("values_in_range", "fct_outcome", "update fct_outcome set baseline_year = 199"),
    ("unique_combination", "load_log", "insert into load_log from load_log where source_line is null limit 1"),
    ("partial_date", "fct_goal", "update fct_goal set decision_date = 'maj 2022'"),
    ("partial_date", "fct_initiative", "update fct_initiative set decision_date = '2022-13'"),
]

SINGULAR = [
    ("assert_one_latest_version_per_municipality", "update dim_contract_version set is_latest = is_current"),
    ("assert_one_latest_version_per_municipality", "update dim_contract_version set is_latest = false"),
    (
        "assert_versions_follow_one_another",
        "update dim_contract_version set version_year = 2020 where contract_version_id = 'karlskrona-2022'",
    ),
    (
        "assert_versions_follow_one_another",
        "update dim_contract_version set previous_contract_version_id = 'falun-2020' where is_latest",
    ),
    ("assert_every_fact_has_evidence", "delete from fct_evidence where is_primary and fact_table = 'fct_outcome'"),
    ("assert_every_fact_has_evidence", "delete from fct_goal where is_headline"),
    ("assert_every_fact_has_evidence", "update fct_initiative set quote = 'other words'"),
    ("assert_no_mention_is_lost", "delete from fct_goal where is_headline"),
    ("assert_no_mention_is_lost", "insert into raw.outcome_mention from raw.outcome_mention"),
    (
        "assert_one_key_part_per_municipality",
        "update dim_contract_version set municipality_id = '0115' where contract_version_id = 'karlskrona-2021'",
    ),
    ("assert_quotes_of_changes_are_literal", "update fct_change set quote_to = 'never said'"),
    ("assert_history_is_literal", "update contract_text_revision set raw_text = 'x' || raw_text"),
    ("assert_quotes_of_changes_are_literal", "update fct_change set quote_from = null, quote_to = null"),
    (
        "assert_unread_sentences_are_literal",
        "update contract_text set raw_text = 'x' || raw_text",
    ),
    ("assert_unread_sentences_are_literal", "update quality_coverage set climate_bearing_sentences_without_fact = 99"),
    ("assert_one_headline_goal_per_version", "update fct_goal set is_headline = true"),
    ("assert_crosswalk_codes_are_listed", "delete from dim_sector where code = 'waste'"),
    (
        "assert_all_municipalities_are_there",
        "delete from fct_territorial_emission where municipality_id = '1281' and year = 2015",
    ),
    ("assert_all_municipalities_are_there", "delete from dim_municipality where municipality_id = '1281'"),
]


@pytest.fixture(scope="module")
def connection(dbt_build: DbtBuild) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(dbt_build.database)) as connection:
        yield connection


def failures(connection: duckdb.DuckDBPyConnection, queries: list[str]) -> int:
    return sum(len(connection.execute(query).fetchall()) for query in queries)


def assert_caught(connection: duckdb.DuckDBPyConnection, queries: list[str], spoil: str) -> None:
    assert failures(connection, queries) == 0
    connection.execute("begin transaction")
    try:
        connection.execute(spoil)
        assert failures(connection, queries) > 0
    finally:
        connection.execute("rollback")


@pytest.mark.parametrize(("test_name", "model", "spoil"), GENERIC)
def test_generic_test_catches_a_bad_row(dbt_build, connection, test_name, model, spoil):
    assert_caught(connection, dbt_build.test_sql(test_name, model), spoil)


@pytest.mark.parametrize(("test_name", "spoil"), SINGULAR)
def test_singular_test_catches_a_bad_row(dbt_build, connection, test_name, spoil):
    assert_caught(connection, dbt_build.test_sql(test_name), spoil)


def test_every_test_of_the_project_is_tried():
    def names(folder: Path) -> set[str]:
        return {file.stem for file in folder.glob("*.sql")}

    assert {name for name, _, _ in GENERIC} == names(DBT_PROJECT / "tests" / "generic")
    assert {name for name, _ in SINGULAR} == names(DBT_PROJECT / "tests")


def test_every_published_table_and_column_carries_its_description(connection):
    assert (
        connection.execute(
            """
        select table_name, null as column_name from duckdb_tables() where schema_name = 'main' and comment is null
        union all
        select table_name, column_name from duckdb_columns()
        where schema_name = 'main' and database_name = 'warehouse' and not internal and comment is null
        """
        ).fetchall()
        == []
    )


def test_a_code_list_key_is_enforced(connection):
    with pytest.raises(duckdb.ConstraintException):
        connection.execute("insert into dim_scope from dim_scope")
