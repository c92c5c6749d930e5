"""The oldest DuckDB client that reads the published file, 0.10.3 of May 2024, in a folder of its own (a second's work).

0.10.2 and older can't read what DuckDB 1.5 writes at any storage version. A Python without a wheel of that client, or a
machine that reaches no package index, skips; CI does not.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from orchestration.publishing.cookbook import recipes
from orchestration.settings import ROOT

LOCK = Path(__file__).with_name("old_client.lock")

LOOK = """
import json, sys
import duckdb
path, questions = sys.argv[1], json.load(sys.stdin)
connection = duckdb.connect(path, read_only=True)
tables = [name for name, in connection.execute("select table_name from duckdb_tables() where schema_name = 'main'").fetchall()]
rows = {name: len(connection.execute(f'from "{name}"').fetchall()) for name in tables}
bare = connection.execute("select count(*) from duckdb_columns() where not internal and coalesce(comment, '') = ''").fetchone()[0]
hits = connection.execute("select count(*) from search('klimatneutrala kommuner')").fetchone()[0]
for question in questions:
    connection.execute(question).fetchall()
print(json.dumps({"version": duckdb.__version__, "rows": rows, "bare": bare, "hits": hits}))
"""


@pytest.fixture(scope="module")
def old_client(tmp_path_factory):
    """A folder with that client alone."""
    folder = tmp_path_factory.mktemp("old_client")
    installed = subprocess.run(
        [Path(sys.executable).with_name("uv"), "pip", "install", "--quiet", "--target", folder, "--only-binary=:all:",
         "--python", sys.executable, "--require-hashes", "-r", LOCK],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    if installed.returncode and (not os.environ.get("CI") or sys.version_info >= (3, 13)):
        pytest.fail(f"the old client can't be had here: {installed.stderr.strip()[-200:]}")
    assert installed.returncode == 0, installed.stderr
    return folder


def test_the_oldest_client_reads_every_table_searches_and_answers_the_cookbook(published, old_client):

    page = (ROOT / "docs" / "cookbook.md").read_text(encoding="utf-8")
    finished = subprocess.run(
        [sys.executable, "-S", "-c", LOOK, published.path], input=json.dumps([recipe.sql for recipe in recipes(page)]),
        env={"PYTHONPATH": str(old_client)}, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert finished.returncode == 0, finished.stderr
    found = json.loads(finished.stdout)
    assert (found["version"], found["bare"]) == ("0.10.3", 0)
    assert found["rows"] == published.rows
    assert found["hits"] > 0
