"""Stage 7: servers for BI tools. An asset of its own, so that a server that is down fails it alone."""

from collections.abc import Iterator

import dagster as dg

from orchestration.publishing.postgres_server import PostgresError
from orchestration.publishing.snapshot import read_snapshot
from orchestration.resources import Project
from orchestration.state import remember_served


@dg.asset(
    key=["served", "postgres"],
    deps=[["published", "klimatlager_duckdb"]],
    group_name="published",
    kinds={"postgres"},
    output_required=False,
    description="The public tables in a schema on a PostgreSQL server, where KLIMATLAGER_POSTGRES_URL is set.",
)
def postgres(context: dg.AssetExecutionContext, project: dg.ResourceParam[Project]) -> Iterator[dg.MaterializeResult]:  # type: ignore[type-arg]
    """Load the published file and swap it in; nothing where no server is set."""
    server = project.settings.postgres
    if server is None:
        context.log.info("KLIMATLAGER_POSTGRES_URL is not set: no server to load.")
        return
    from orchestration.publishing.postgres import publish_postgres

    failure: dg.Failure
    try:
        loaded = publish_postgres(read_snapshot(project.settings.published_file), server, project.settings.scratch_dir)
    except PostgresError as error:
        failure = dg.Failure(description=str(error), allow_retries=False)
    else:
        remember_served(project.settings)
        place = server.place()
        project.tell(context, "postgres", f"{loaded.rows:,} rows, {place}")
        for schema in loaded.waiting:
            context.log.warning("Schema %s is still read by someone; the next load drops it.", schema)
        yield dg.MaterializeResult(metadata={"place": place, "rows": loaded.rows})
        return
    raise failure
