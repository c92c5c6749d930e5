"""Stage 5: facts of all versions of a municipality become entities, with what the texts say of their changes."""

from collections.abc import Iterator

import dagster as dg

from orchestration import progress
from orchestration.assets.showing import Stopwatch, preview
from orchestration.assets.tagging import run_id_of
from orchestration.matching_store import TABLES, match_due
from orchestration.resources import Project
from orchestration.retries import retrying
from orchestration.versions import matching_version

_DESCRIPTIONS = {
    "goal_entity": "Which goal each found goal is a version of, across contract versions.",
    "initiative_entity": "Which initiative each found initiative is a version of, renamed ones included.",
    "change_declaration": "Words of a new contract version that say themselves what changed.",
    "change_echo": "Words of a fact in a text that holds no fact for its entity: no absence is told over them.",
}


@dg.multi_asset(
    name="matched",
    specs=[
        dg.AssetSpec(
            ["raw", table],
            deps=[["raw", name] for name in ("revision", "sentence", "goal_mention", "initiative_mention")],
            group_name="matching", kinds={"python", "duckdb"}, description=_DESCRIPTIONS[table],
        )
        for table in TABLES
    ],
    pool="warehouse",
)  # fmt: skip
def matched(context: dg.AssetExecutionContext, project: dg.ResourceParam[Project]) -> Iterator[dg.MaterializeResult]:  # type: ignore[type-arg]
    """Match the municipalities whose documents, facts or matching code have changed."""
    watch = Stopwatch()
    with retrying(context), project.warehouse.write(f"matching versions, run {run_id_of(context)}") as connection:
        due = match_due(connection, matching_version())
        counts = {}
        for table in TABLES:
            row = connection.execute(f"select count(*) from raw.{table}").fetchone()
            counts[table] = int(row[0]) if row else 0
        shown = {table: preview(connection, table, "*") for table in TABLES}
        progress.note_done(connection, "matching", "documents", "sentence", "mentions")
    project.tell(context, "matching", f"{due} municipalities matched")
    for table, count in counts.items():
        yield dg.MaterializeResult(
            asset_key=["raw", table],
            metadata={
                "dagster/row_count": count,
                "municipalities_matched": due,
                "seconds": watch.seconds,
                "preview": shown[table],
            },
        )
