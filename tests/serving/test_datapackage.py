"""datapackage.json of the real build, row by row: what it promises of each Parquet file holds for every cell.

The rows are read by DuckDB: frictionless' own Parquet reader goes through pandas, which makes NaN of a missing integer
and an array of NumPy of a list, and so finds fault where there is none.
"""

import hashlib
import json

import duckdb
import pytest
from frictionless import Resource, Schema


@pytest.fixture(scope="module")
def package(published):
    return json.loads((published.path.parent / "datapackage.json").read_text(encoding="utf-8"))


def faults(resource, rows, names):
    """What frictionless finds wrong with rows under the schema of a resource."""
    data = [names, *(list(row) for row in rows)]
    report = Resource(data=data, schema=Schema.from_descriptor(resource["schema"])).validate()
    return report.flatten(["rowNumber", "fieldName", "type", "note"])


def test_every_row_of_every_table_is_as_the_package_describes_it(published, package):
    found = {}
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        for resource in package["resources"]:
            relation = connection.sql(f"from '{published.path.parent / resource['path']}'")
            rows = relation.fetchall()
            assert len(rows) == resource["rows"]
            if wrong := faults(resource, rows, relation.columns):
                found[resource["name"]] = wrong[:3]
    assert len(package["resources"]) > 50
    assert found == {}


def test_every_checksum_and_size_is_that_of_the_file(published, package):
    files = [*package["resources"], *package["others"], package["database"]]
    for file in files:
        content = (published.path.parent / file["path"]).read_bytes()
        assert (file["bytes"], file["hash"]) == (len(content), "sha256:" + hashlib.sha256(content).hexdigest())


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"target_year": "tjugotrettio"}, "type-error"),
        ({"quote": None}, "constraint-error"),
        ({"is_quantified": "kanske"}, "type-error"),
        ({}, "primary-key"),  # the same row twice
    ],
)
def test_a_row_that_breaks_the_promise_would_be_found(published, package, change, fault):
    (goals,) = [resource for resource in package["resources"] if resource["name"] == "fct_goal"]
    relation = duckdb.sql(f"from '{published.path.parent / goals['path']}'")
    row = dict(zip(relation.columns, relation.fetchall()[0], strict=True))
    rows = [list(row.values()), list((row | change).values())][0 if fault == "primary-key" else 1 :]
    assert fault in [kind for _, _, kind, _ in faults(goals, rows, relation.columns)]
