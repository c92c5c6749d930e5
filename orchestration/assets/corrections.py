"""What people say of the facts: raw/corrections.csv as last archived, line by line."""

import dagster as dg

from orchestration.assets.tagging import run_id_of
from orchestration.contracts.archive import latest
from orchestration.contracts.inventory import CORRECTIONS
from orchestration.correcting import correction_rows
from orchestration.corrections.current import current_corrections
from orchestration.frames import frame
from orchestration.resources import Project
from orchestration.retries import retrying
from orchestration.warehouse import replace_table


@dg.asset(
    key=["raw", "correction"],
    deps=[["raw", "file_event"]],
    group_name="corrections",
    kinds={"python", "duckdb"},
    pool="warehouse",
    description="Every line of raw/corrections.csv: accepted, rejected, edited and added facts, and refused lines.",
)
def correction(context: dg.AssetExecutionContext, project: dg.ResourceParam[Project]) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """Read the file as it was last archived."""
    with retrying(context), project.warehouse.write(f"reading corrections, run {run_id_of(context)}") as connection:
        events = project.archive.events()
        found = current_corrections(events, project.archive, project.settings.codes_dir)
        event = latest(events).get(CORRECTIONS)
        rows = list(correction_rows(found, event)) if event else []
        replace_table(connection, "correction", frame("correction", rows))
    for refusal in found.refused:
        context.log.warning("raw/corrections.csv, line %s: %s", refusal.line, refusal.reason)
    if rows or found.open_lines:
        text = f"{len(found.lines)} lines judged, {found.open_lines} open, {len(found.refused)} refused"
        project.tell(context, "corrections", text)
    return dg.MaterializeResult(metadata={"dagster/row_count": len(rows), "refused": len(found.refused)})
