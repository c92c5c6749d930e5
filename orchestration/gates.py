"""The questions that a build must answer before it is published. Plain code: the checks show the answers in the UI, and
publishing asks again what no check has asked.

Here: evidence, falling row counts, the standing full rebuild. Not here: dbt's own tests, Dagster's events (checks).
"""

from collections.abc import Callable
from pathlib import Path

import duckdb

from orchestration import progress, rebuild
from orchestration.contracts.inventory import CONTROL_FILES
from orchestration.progress import Answer
from orchestration.publishing.catalogue import literal
from orchestration.publishing.clients import OLDEST_CLIENT, STORAGE_NUMBER, obstacles
from orchestration.publishing.derived import MADE_BY_PUBLISHING
from orchestration.settings import Settings
from orchestration.state import published_mark
from orchestration.versions import code_version

EVIDENCE = "evidence_is_literal"
ROWS = "rows_have_not_fallen"
TOLERANCE = 0.2
"""The share of a table's rows that a new version of the code, or a new manifest or corrections, may cost."""


def evidence_is_literal(connection: duckdb.DuckDBPyConnection) -> Answer:
    """Whether every quote of every public table stands in the text at its offsets, at 100 %."""
    tables = connection.execute(
        "select table_name from duckdb_columns() where schema_name = 'main' and database_name = current_database() "
        "and column_name in ('quote', 'char_start', 'char_end', 'contract_version_id') "
        "group by 1 having count(*) = 4 order by 1"
    ).fetchall()
    wrong, total = {}, 0
    for (table,) in tables:
        row = connection.execute(
            "select count(*), count(*) filter (substr(t.raw_text, char_start + 1, char_end - char_start) "
            f"is distinct from quote) from main.{table} left join main.contract_text as t using (contract_version_id)"
        ).fetchone()
        total += row[0] if row else 0
        if row and row[1]:
            wrong[table] = row[1]
    if wrong:
        listed = ", ".join(f"{count} in {table}" for table, count in wrong.items())
        return Answer(EVIDENCE, False, f"Quotes that don't stand in the text at their offsets: {listed}.")
    return Answer(EVIDENCE, True, f"All {total:,} quotes in {len(tables)} tables stand in the texts at their offsets.")


def rows_have_not_fallen(connection: duckdb.DuckDBPyConnection, settings: Settings) -> Answer:
    """Whether every public table has at least the rows of the published file.

    A fall is excused where it is of contract versions whose file was withdrawn or changed since then; in reports, of
    all versions of their municipalities, since a new version takes the older one's place there. After a change of the
    code, the manifest or the corrections a table may lose up to a fifth.
    """
    if not settings.published_file.exists():
        return Answer(ROWS, True, "Nothing is published yet: there is nothing to fall below.")
    try:
        place = literal(str(settings.published_file))
        connection.execute(f"attach if not exists {place} as last_published (read_only)")
    except duckdb.Error as error:
        return Answer(ROWS, True, f"The published file can't be read ({error}): it will be replaced.")
    touched, is_changed = _changes_since_published(connection, settings)
    falls = []
    for table, before, after in _counts(connection, touched, _with_siblings(connection, touched)):
        allowed = int(before * TOLERANCE) if is_changed else 0
        if after is None:
            falls.append(f"{table} had {before:,} rows and would be gone")
        elif before - after > allowed:
            falls.append(f"{table} had {before:,} rows and would have {after:,}")
    if falls:
        return Answer(
            ROWS, False,
            "Rows would be lost that no withdrawn or changed file accounts for: " + "; ".join(falls) + ". If that is "
            "right, run the job publish_only with accept_fewer_rows: true.",
        )  # fmt: skip
    return Answer(ROWS, True, "No table would lose rows that a withdrawn or changed file does not account for.")


def _changes_since_published(connection: duckdb.DuckDBPyConnection, settings: Settings) -> tuple[list[str], bool]:
    """The contract versions that files have touched since the last publication; whether the rules have changed."""
    mark = published_mark(settings)
    if mark is None:
        return [], True
    events = "from raw.file_event where event_id > ?"
    touched = connection.execute(
        'select distinct contract_version_id from raw.load_event where contract_version_id is not null and "at" >= '
        f'(select min("at") {events})',
        [mark.events],
    ).fetchall()
    controls = connection.execute(
        f"select 1 {events} and source_path in (select unnest(?)) limit 1", [mark.events, list(CONTROL_FILES)]
    ).fetchone()
    return [version for (version,) in touched], mark.code != code_version() or controls is not None


def _with_siblings(connection: duckdb.DuckDBPyConnection, touched: list[str]) -> list[str]:
    """The touched contract versions and all others of their municipalities."""
    rows = connection.execute(
        "select distinct contract_version_id from raw.document where municipality_id in "
        "(select municipality_id from raw.document where contract_version_id in (select unnest(?)))",
        [touched],
    ).fetchall()
    return sorted({*touched, *(version for (version,) in rows)})


def _counts(
    connection: duckdb.DuckDBPyConnection, touched: list[str], siblings: list[str]
) -> list[tuple[str, int, int | None]]:
    """(table, rows published, rows now) without the rows of the touched contract versions, in reports of the siblings."""
    columns: dict[tuple[str, str], bool] = {}
    for database, table, has_version in connection.execute(
        "select database_name, table_name, bool_or(column_name = 'contract_version_id') from duckdb_columns() "
        "where schema_name = 'main' and database_name in (current_database(), 'last_published') group by all"
    ).fetchall():
        columns[database, table] = has_version
    here = connection.execute("select current_database()").fetchone()
    current = here[0] if here else ""
    found: list[tuple[str, int, int | None]] = []
    for database, table in sorted(columns):
        if database != "last_published" or table in MADE_BY_PUBLISHING:
            continue
        is_by_version = columns[database, table] and columns.get((current, table), False)
        if touched and not is_by_version and not table.startswith(("fct_territorial", "dim_municipality")):
            # Entities, bridges and reports follow the versions: what was touched may lower them.
            if (current, table) not in columns:
                found.append((table, _count(connection, "last_published", table, []), None))
            continue
        versions = siblings if table.startswith("rpt_") else touched
        chosen = versions if is_by_version else []
        before = _count(connection, "last_published", table, chosen)
        after = _count(connection, current, table, chosen) if (current, table) in columns else None
        found.append((table, before, after))
    return found


def _count(connection: duckdb.DuckDBPyConnection, database: str, table: str, without: list[str]) -> int:
    condition = " where contract_version_id not in (select unnest(?))" if without else ""
    row = connection.execute(
        f'select count(*) from "{database}".main."{table}"{condition}', [without] if without else []
    ).fetchone()
    return int(row[0]) if row else 0


def refusals(connection: duckdb.DuckDBPyConnection, settings: Settings) -> list[Answer]:
    """Why the build as it stands may not be published: answers of the checks, and of questions none has asked."""
    known = progress.answers(connection)
    questions: dict[str, Callable[[], Answer]] = {
        EVIDENCE: lambda: evidence_is_literal(connection),
        ROWS: lambda: rows_have_not_fallen(connection, settings),
    }
    given = [known.get(name) or ask() for name, ask in questions.items()]
    return [answer for answer in [*given, rebuild.standing(connection)] if not answer.passed]


def published_file_opens(path: Path, rows: dict[str, int]) -> Answer:
    """Whether the published file opens read-only, in the storage format of DuckDB 1.0, with its tables and rows."""
    question = "published_file_opens"
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            storage = connection.execute(
                "select tags['storage_version'] from duckdb_databases() where database_name = current_database()"
            ).fetchone()
            found = {
                table: _count(connection, path.stem, table, [])
                for (table,) in connection.execute(
                    "select table_name from duckdb_tables() where not internal and schema_name = 'main'"
                ).fetchall()
            }
    except (duckdb.Error, OSError) as error:
        return Answer(question, False, f"{path} does not open: {error}")
    version = str(storage[0]) if storage else "unknown"
    if not version.startswith("v1.0."):
        return Answer(
            question, False, f"{path} is in the storage format {version}; older DuckDB clients can't open it."
        )
    off = sorted(table for table, count in rows.items() if found.get(table) != count)
    if off:
        return Answer(question, False, f"{path} does not hold what the warehouse holds: {', '.join(off)}.")
    return Answer(question, True, f"{len(found)} tables, {sum(found.values()):,} rows, storage format {version}.")


def older_clients_open(path: Path) -> Answer:
    """Whether DuckDB clients from OLDEST_CLIENT on open the published file, as far as the file itself tells."""
    question = "older_clients_can_open"
    try:
        found = obstacles(path)
    except (duckdb.Error, OSError) as error:
        return Answer(question, False, f"{path} does not open: {error}")
    if found:
        return Answer(question, False, f"DuckDB clients of {OLDEST_CLIENT} can't open {path}: {'; '.join(found)}.")
    return Answer(
        question, True,
        f"Storage number {STORAGE_NUMBER}, no keys, no indexes: what clients from {OLDEST_CLIENT} on open. Told from the "
        "file; that such a client reads every table is tested at each release.",
    )  # fmt: skip


def overdue(path: Path, year: int) -> list[tuple[str, int]]:
    """(municipality, its last version's year) of those that had an earlier version and have none of `year`."""
    with duckdb.connect(str(path), read_only=True) as connection:
        rows = connection.execute(
            "select municipality_name, max(version_year) from dim_contract_version join dim_municipality "
            "using (municipality_id) where is_current group by 1 having max(version_year) < ? order by 1",
            [year],
        ).fetchall()
    return [(name, last) for name, last in rows]
