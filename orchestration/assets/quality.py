"""How good the extractor is: scored on the gold set whenever the extractor has changed."""

import dagster as dg

from orchestration import progress
from orchestration.assets.tagging import run_id_of
from orchestration.frames import frame
from orchestration.quality.gold import load_gold_sets, predict
from orchestration.quality.table import quality_rows
from orchestration.resources import Project
from orchestration.retries import retrying
from orchestration.versions import extractor_version
from orchestration.warehouse import replace_table


@dg.asset(
    key=["raw", "quality_extraction"],
    deps=[["raw", "goal_mention"], ["raw", "outcome_mention"], ["raw", "initiative_mention"]],
    group_name="quality",
    kinds={"python", "duckdb"},
    pool="warehouse",
    description="Precision, recall and F1 of the extraction on annotated texts, with 95 % Wilson intervals.",
)
def quality_extraction(context: dg.AssetExecutionContext, project: dg.ResourceParam[Project]) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """Score the gold sets, unless this version of the extractor is scored already."""
    version = extractor_version()
    with retrying(context), project.warehouse.write(f"measuring extraction, run {run_id_of(context)}") as connection:
        known = connection.execute("select count(*) from raw.quality_extraction where extractor_version = ?", [version])
        row = known.fetchone()
        is_fresh = bool(row and row[0])
        if not is_fresh:
            rows = [
                row
                for gold in load_gold_sets(project.settings.gold_dir)
                for row in quality_rows(gold, predict(gold, project.register), version)
            ]
            replace_table(connection, "quality_extraction", frame("quality_extraction", rows))
        progress.note_done(connection, "quality", "mentions")
        count = connection.execute("select count(*) from raw.quality_extraction").fetchone()
    project.tell(context, "quality", "already measured" if is_fresh else "extraction measured on the gold sets")
    return dg.MaterializeResult(metadata={"dagster/row_count": count[0] if count else 0, "extractor_version": version})
