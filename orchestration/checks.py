"""Asset checks beside dbt's own tests: what guards publishing, and what somebody should know.

Here: asking, and showing the answer in the UI. Not here: the questions' logic (gates, rebuild, quality.baseline), dbt
tests (assets/modelled). A blocking check that fails stops the run before anything is published: the last good file
stays.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import dagster as dg
from pydantic import Field

from orchestration import progress, rebuild
from orchestration.gates import (
    EVIDENCE,
    ROWS,
    evidence_is_literal,
    older_clients_open,
    overdue,
    published_file_opens,
    rows_have_not_fallen,
)
from orchestration.jobs import REMINDER
from orchestration.progress import Answer
from orchestration.quality.baseline import TOLERANCE, Fall, falls, read_baseline
from orchestration.quality.change_figures import as_rows, measured_once
from orchestration.resources import Project
from orchestration.retries import retrying
from orchestration.versions import code_version

_EVIDENCE = dg.AssetCheckKey(dg.AssetKey(["main", "fct_evidence"]), EVIDENCE)
_ROWS = dg.AssetCheckKey(dg.AssetKey(["main", "dim_contract_version"]), ROWS)


class GateConfig(dg.Config):
    """What is let through."""

    accept_fewer_rows: bool = Field(
        default=False,
        description="Publish although tables lose rows that no withdrawn or changed file accounts for. For one run, "
        "after somebody has looked.",
    )


@dg.multi_asset_check(
    name="gates",
    specs=[
        dg.AssetCheckSpec(
            EVIDENCE, asset=_EVIDENCE.asset_key, blocking=True,
            description="Every quote stands in its text at its offsets, at 100 %. Fails on the first that does not; "
            "holds the build back.",
        ),
        dg.AssetCheckSpec(
            ROWS, asset=_ROWS.asset_key, blocking=True,
            description="No public table loses rows against the published file unless a withdrawn or changed file "
            "accounts for them (a new version of the code, the manifest or the corrections may cost a table a fifth). "
            "Holds the build back; passes when nothing is published yet.",
        ),
    ],
    can_subset=True,
    pool="warehouse",
)  # fmt: skip
def gates(
    context: dg.AssetCheckExecutionContext, config: GateConfig, project: dg.ResourceParam[Project]
) -> Iterator[dg.AssetCheckResult]:
    """Ask both questions of the build and keep the answers for publishing."""
    with retrying(context), project.warehouse.write(f"checking the build, run {context.run.run_id}") as connection:
        answers = []
        if _EVIDENCE in context.selected_asset_check_keys:
            answers.append((_EVIDENCE, evidence_is_literal(connection)))
        if _ROWS in context.selected_asset_check_keys:
            answer = rows_have_not_fallen(connection, project.settings)
            if not answer.passed and config.accept_fewer_rows:
                answer = Answer(ROWS, True, f"Accepted for this run: {answer.detail}")
            answers.append((_ROWS, answer))
        for _, answer in answers:
            progress.note_answer(connection, answer)
    for key, answer in answers:
        yield _result(answer, asset_key=key.asset_key, check_name=key.name)


@dg.asset_check(
    asset=["raw", "goal_entity"],
    name=rebuild.QUESTION,
    blocking=True,
    pool="warehouse",
    description="After a full rebuild: the raw tables hold exactly the rows of the increments. Fails, and holds every "
    "build back, when they differ, until a further full rebuild agrees. In between it repeats the last answer.",
)
def increments_equal_full_rebuild(
    context: dg.AssetCheckExecutionContext, project: dg.ResourceParam[Project]
) -> dg.AssetCheckResult:
    """Compare digests, if a full rebuild has just been done."""
    with retrying(context), project.warehouse.write(f"comparing the rebuild, run {context.run.run_id}") as connection:
        answer, differences = rebuild.conclude(connection)
    lines = [f"| {found.table} | {found.rows_before} | {found.rows_after} |" for found in differences]
    table = "\n".join(["| table | rows before | rows after |", "|---|---|---|", *lines])
    return _result(answer, metadata={"differences": dg.MetadataValue.md(table)} if differences else {})


@dg.asset_check(
    asset=["raw", "quality_extraction"],
    description=f"Precision, recall and F1 on the gold sets are not more than {TOLERANCE:g} below the committed "
    "baseline (tests/gold/baseline.json, renewed with `klimatlager baseline`). Fails on a fall; does not hold "
    "the build back.",
)
def extraction_quality_holds(
    context: dg.AssetCheckExecutionContext, project: dg.ResourceParam[Project]
) -> dg.AssetCheckResult:
    """Compare what was measured with what was agreed to."""
    with retrying(context), project.warehouse.read() as connection:
        rows = connection.execute(
            "select gold_set, kind, metric, value from raw.quality_extraction where attribute = '' "
            "and value is not null and metric in ('precision', 'recall', 'f1')"
        ).fetchall()
    return _quality_result(
        "extraction_quality_holds", falls(rows, read_baseline(project.settings.baseline_file)), len(rows)
    )


def _quality_result(question: str, found: Sequence[Fall], figures: int) -> dg.AssetCheckResult:
    lines = [f"| {fall.place} | {fall.baseline:.3f} | {fall.measured:.3f} |" for fall in found]
    table = "\n".join(["| set, kind, metric | baseline | now |", "|---|---|---|", *lines])
    detail = f"{len(found)} figures fell by more than {TOLERANCE:g}." if found else f"{figures} figures hold."
    return _result(
        Answer(question, not found, detail),
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"falls": dg.MetadataValue.md(table)} if found else {},
    )


@dg.asset_check(
    asset=["main", "fct_change"],
    pool="warehouse",
    description=f"Change types on the gold chains, told of annotated and of extracted facts, are not more than {TOLERANCE:g} "
    "below the committed baseline (tests/gold/change_baseline.json, renewed with `klimatlager baseline --changes`), and no "
    "more is wrongly called removed. Measured once a version of the code. Fails on a fall; does not hold the build back.",
)
def change_types_hold(
    context: dg.AssetCheckExecutionContext, project: dg.ResourceParam[Project]
) -> dg.AssetCheckResult:
    """Tell the gold chains' changes with the models as built, and compare with what was agreed to."""
    settings = project.settings
    with retrying(context), project.warehouse.locked(f"measuring changes, run {context.run.run_id}"):
        figures = measured_once(
            settings.change_figures_file, code_version(), settings.warehouse_file, settings.gold_dir, project.register
        )
    found = falls(as_rows(figures), read_baseline(settings.change_baseline_file))
    return _quality_result("change_types_hold", found, len(figures))


@dg.asset_check(
    asset=["published", "klimatlager_duckdb"],
    name="published_file_opens",
    pool="warehouse",
    description="The published file opens read-only, in the storage format that DuckDB clients read from 1.0 on, with "
    "the tables and row counts of the warehouse. Fails as well when the warehouse has moved on since it was published.",
)
def published_file_is_whole(
    context: dg.AssetCheckExecutionContext, project: dg.ResourceParam[Project]
) -> dg.AssetCheckResult:
    """Open it as a reader would."""
    with retrying(context):
        rows = project.warehouse.row_counts("main")
    return _result(published_file_opens(project.settings.published_file, rows))


@dg.asset_check(
    asset=["published", "klimatlager_duckdb"],
    pool="warehouse",
    description="DuckDB clients from 0.10.3 on open the published file: the storage number in its header is the one they "
    "read, and it holds none of what they stumble over. Told from the file alone.",
)
def older_clients_can_open(
    context: dg.AssetCheckExecutionContext, project: dg.ResourceParam[Project]
) -> dg.AssetCheckResult:
    """Look at the file as an older client would."""
    with retrying(context):
        return _result(older_clients_open(project.settings.published_file))


@dg.asset_check(
    asset=REMINDER.asset_key,
    name=REMINDER.name,
    description="Every municipality with an earlier contract has one of the year that was last signed (this year in "
    "December, else the year before). Warns and lists those that have not; run by the schedule december_reminder, "
    "not by a refresh.",
)
def new_versions_have_come(project: dg.ResourceParam[Project]) -> dg.AssetCheckResult:
    """Who is still to come."""
    year = expected_year(project.now())
    missing = overdue(project.settings.published_file, year) if project.settings.published_file.exists() else []
    lines = [f"| {name} | {last} |" for name, last in missing]
    return _result(
        Answer(REMINDER.name, not missing, f"{len(missing)} municipalities have no contract of {year} yet."),
        severity=dg.AssetCheckSeverity.WARN,
        metadata={
            "missing": dg.MetadataValue.md("\n".join(["| municipality | last version |", "|---|---|", *lines])),
            "year": year,
        },
    )


def expected_year(today: datetime) -> int:
    """The version year that should have come: contracts are signed in December of their year."""
    local = today.astimezone(ZoneInfo("Europe/Stockholm"))
    return local.year if local.month == 12 else local.year - 1


def _result(
    answer: Answer,
    *,
    asset_key: dg.AssetKey | None = None,
    check_name: str | None = None,
    severity: dg.AssetCheckSeverity = dg.AssetCheckSeverity.ERROR,
    metadata: dict[str, dg.MetadataValue | int] | None = None,
) -> dg.AssetCheckResult:
    return dg.AssetCheckResult(
        passed=answer.passed, asset_key=asset_key, check_name=check_name, severity=severity, description=answer.detail,
        metadata=metadata or {},
    )  # fmt: skip


CHECKS = [
    gates,
    increments_equal_full_rebuild,
    extraction_quality_holds,
    change_types_hold,
    published_file_is_whole,
    older_clients_can_open,
    new_versions_have_come,
]
