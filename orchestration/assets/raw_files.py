"""Stage 1: what lies in raw/, archived and logged."""

import dagster as dg

from orchestration.contracts.inventory import take_inventory
from orchestration.frames import frame
from orchestration.resources import Project
from orchestration.rows import file_event_rows
from orchestration.warehouse import replace_table

raw_folder = dg.AssetSpec(
    key=["raw_folder"],
    group_name="raw",
    description="The folder in which people put contract texts: `raw/<municipality>/<year>.<ext>`, collections.",
    kinds={"file"},
)


@dg.asset(
    key=["raw", "file_event"],
    deps=[raw_folder],
    group_name="raw",
    kinds={"python", "duckdb"},
    pool="warehouse",
    description="Every file seen below raw/: arrived, changed, removed, restored. The bytes of each are archived.",
)
def file_event(context: dg.AssetExecutionContext, project: dg.ResourceParam[Project]) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """Take the inventory, archive what is new, log it."""
    settings = project.settings
    inventory = take_inventory(settings.raw_dir, project.limits)
    with project.warehouse.write(f"registering files, run {context.run_id}") as connection:
        fresh = project.archive.register(inventory, settings.raw_dir, context.run_id)
        events = project.archive.events()
        replace_table(connection, "file_event", frame("file_event", file_event_rows(events)))
    project.tell(context, "raw files", f"{len(inventory)} files, {len(fresh)} new or changed")
    lines = [f"| {event.source_path} | {event.event} | {event.bytes} | {event.problem or ''} |" for event in fresh[:50]]
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": len(events),
            "files": len(inventory),
            "new_or_changed": len(fresh),
            "events": dg.MetadataValue.md(
                "\n".join(["| file | event | bytes | problem |", "|---|---|---|---|", *lines])
            ),
        }
    )
