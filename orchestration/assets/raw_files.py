"""Stage 1: what lies in raw/, archived and logged."""

import dagster as dg
from pydantic import Field

from orchestration import progress, rebuild
from orchestration.assets.tagging import tag_run
from orchestration.frames import frame
from orchestration.processes import this_process
from orchestration.raw_index import RawIndex
from orchestration.resources import Project
from orchestration.retries import retrying
from orchestration.rows import file_event_rows
from orchestration.run_tags import PROCESS
from orchestration.state import Mark, forget_published
from orchestration.warehouse import replace_table

raw_folder = dg.AssetSpec(
    key=["raw_folder"],
    group_name="raw",
    description="The folder in which people put contract texts: `raw/<municipality>/<year>.<ext>`, collections.",
    kinds={"file"},
)


class RegisterConfig(dg.Config):
    """How the files are registered."""

    full: bool = Field(
        default=False,
        description="Read everything anew: hash every file, empty the raw tables, and let the next stages read, divide "
        "and extract the whole archive. The check increments_equal_full_rebuild compares the rows with those before.",
    )


@dg.asset(
    key=["raw", "file_event"],
    deps=[raw_folder],
    group_name="raw",
    kinds={"python", "duckdb"},
    pool="warehouse",
    description="Every file seen below raw/: arrived, changed, removed, restored. The bytes of each are archived.",
)
def file_event(
    context: dg.AssetExecutionContext, config: RegisterConfig, project: dg.ResourceParam[Project]
) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """Take the inventory, archive what is new, log it."""
    settings = project.settings
    tag_run(context, {PROCESS: this_process()})
    with retrying(context):
        inventory = RawIndex(settings.raw_index_file).take(
            settings.raw_dir, project.limits, is_trusting=not config.full
        )
        with project.warehouse.write(f"registering files, run {context.run_id}") as connection:
            fresh = project.archive.register(inventory, settings.raw_dir, context.run_id)
            events = project.archive.events()
            if config.full:
                forget_published(settings)
                rebuild.begin(connection, len(fresh))
            replace_table(connection, "file_event", frame("file_event", file_event_rows(events)))
            progress.note(connection, "file_event", Mark.now(len(events)))
    project.tell(
        context, "raw files", f"{len(inventory)} files, {len(fresh)} new or changed{', full rebuild' * config.full}"
    )
    lines = [f"| {event.source_path} | {event.event} | {event.bytes} | {event.problem or ''} |" for event in fresh[:50]]
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": len(events),
            "files": len(inventory),
            "new_or_changed": len(fresh),
            "being_written": [file.path for file in inventory if not file.is_settled][:50],
            "events": dg.MetadataValue.md(
                "\n".join(["| file | event | bytes | problem |", "|---|---|---|---|", *lines])
            ),
        }
    )
