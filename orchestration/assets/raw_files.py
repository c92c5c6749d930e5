"""Stage 1: what lies in raw/, archived and logged."""

import dagster as dg
from pydantic import Field

from orchestration import progress, rebuild
from orchestration.assets.showing import Stopwatch, listing
from orchestration.assets.tagging import run_id_of, tag_run
from orchestration.contracts.archive import latest
from orchestration.contracts.inventory import FoundFile
from orchestration.contracts.vanishing import refusal
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
    accept_withdrawals: bool = Field(
        default=False,
        description="Withdraw the contract versions of all files that are gone, also where so many are gone at once "
        "that the run would else be refused. For one run, after somebody has looked.",
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
    settings, watch = project.settings, Stopwatch()
    tag_run(context, {PROCESS: this_process()})
    with retrying(context):
        inventory = RawIndex(settings.raw_index_file).take(
            settings.raw_dir, project.limits, is_trusting=not config.full
        )
        with project.warehouse.write(f"registering files, run {run_id_of(context)}") as connection:
            if not config.accept_withdrawals:
                _refuse_mass_withdrawal(project, inventory)
            fresh = project.archive.register(inventory, settings.raw_dir, run_id_of(context))
            events = project.archive.events()
            if config.full:
                forget_published(settings)
                rebuild.begin(connection, len(fresh))
            replace_table(connection, "file_event", frame("file_event", file_event_rows(events)))
            progress.note(connection, "file_event", Mark.now(len(events)))
    project.tell(
        context, "raw files", f"{len(inventory)} files, {len(fresh)} new or changed{', full rebuild' * config.full}"
    )
    return dg.MaterializeResult(
        metadata={
            "dagster/row_count": len(events),
            "files": len(inventory),
            "new_or_changed": len(fresh),
            "being_written": [file.path for file in inventory if not file.is_settled][:50],
            "events": listing(
                ("file", "event", "bytes", "problem"),
                [(event.source_path, event.event, event.bytes, event.problem) for event in fresh[:50]],
            ),
            "seconds": watch.seconds,
        }
    )


def _refuse_mass_withdrawal(project: Project, inventory: list[FoundFile]) -> None:
    """Raise Failure, before anything is registered, where the folder looks emptied rather than its files withdrawn."""
    reason = refusal(inventory, latest(project.archive.events()), project.settings.max_vanished_share)
    if reason:
        raise dg.Failure(description=reason, allow_retries=False)
