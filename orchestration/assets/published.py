"""Stage 6: what readers open, swapped in whole after every test has passed."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb

from orchestration.assets.showing import Stopwatch, listing
from orchestration.assets.tagging import run_id_of
from orchestration.builds import last_build_passed
from orchestration.gates import refusals
from orchestration.pictures import bars, columns
from orchestration.progress import mark_of
from orchestration.publishing.publish import publish_copies
from orchestration.publishing.snapshot import publish_snapshot
from orchestration.publishing.stamp import read_stamp
from orchestration.resources import Project
from orchestration.retries import retrying
from orchestration.settings import Settings
from orchestration.state import Mark, forget_published, remember_published
from orchestration.versions import code_version, extractor_version, git_commit

_FACTS = ("fct_goal", "fct_outcome", "fct_initiative")


def build_published(public: list[dg.AssetKey]) -> dg.AssetsDefinition:
    """The published files, downstream of every public table."""

    @dg.multi_asset(
        name="published",
        specs=[
            dg.AssetSpec(
                ["published", "klimatlager_duckdb"], deps=public, group_name="published", kinds={"duckdb", "file"},
                description="data/published/klimatlager.duckdb: the public tables, read-only, for SQL and BI tools.",
            ),
            dg.AssetSpec(
                ["published", "parquet"], deps=[["published", "klimatlager_duckdb"]], group_name="published",
                kinds={"parquet", "file"}, description="One Parquet file a public table.",
            ),
            dg.AssetSpec(
                ["published", "excel_csv"], deps=[["published", "klimatlager_duckdb"]], group_name="published",
                kinds={"csv", "file"}, description="One CSV file a public table, for a Swedish Excel.",
            ),
            dg.AssetSpec(
                ["published", "klimatlager_sqlite"], deps=[["published", "klimatlager_duckdb"]],
                group_name="published", kinds={"sqlite", "file"},
                description="data/published/klimatlager.sqlite: the same tables for tools that know nothing else.",
            ),
            dg.AssetSpec(
                ["published", "datapackage"], group_name="published",
                deps=[["published", name] for name in ("parquet", "excel_csv", "klimatlager_sqlite")],
                kinds={"json", "file"}, description="datapackage.json: tables, columns, row counts, checksums.",
            ),
        ],
        pool="warehouse",
    )  # fmt: skip
    def published(
        context: dg.AssetExecutionContext, project: dg.ResourceParam[Project]
    ) -> Iterator[dg.MaterializeResult]:  # type: ignore[type-arg]
        """Copy, describe, swap in."""
        settings, watch = project.settings, Stopwatch()
        stamped = partial(
            read_stamp,
            code_version=code_version(),
            extractor_version=extractor_version(),
            git_commit=git_commit(),
        )
        with retrying(context), project.warehouse.locked(f"publishing, run {run_id_of(context)}"):
            mark = _mark_of_good_build(project)
            forget_published(settings)
            snapshot = publish_snapshot(settings.warehouse_file, settings.published_file, stamped)
        copies = publish_copies(snapshot)
        remember_published(settings, mark)
        total = sum(snapshot.rows.values())
        project.tell(context, "published", f"{len(snapshot.tables)} tables, {total:,} rows, {settings.published_file}")
        yield dg.MaterializeResult(
            asset_key=["published", "klimatlager_duckdb"],
            metadata={
                "path": dg.MetadataValue.path(settings.published_file),
                **_links(settings),
                "seconds": watch.seconds,
                "bytes": snapshot.bytes,
                "build": snapshot.stamp.build_id,
                "rows": listing(("table", "rows"), sorted(snapshot.rows.items())),
                "dagster/row_count": total,
                "mark": str(mark),
                **_pictures(settings.published_file),
            },
        )
        yield dg.MaterializeResult(asset_key=["published", "parquet"], metadata=_files(copies.parquet))
        yield dg.MaterializeResult(asset_key=["published", "excel_csv"], metadata=_files(copies.excel_csv))
        yield dg.MaterializeResult(
            asset_key=["published", "klimatlager_sqlite"], metadata={"path": dg.MetadataValue.path(copies.sqlite)}
        )
        yield dg.MaterializeResult(
            asset_key=["published", "datapackage"], metadata={"path": dg.MetadataValue.path(copies.package)}
        )

    return published


def _links(settings: Settings) -> dict[str, dg.MetadataValue]:
    """Where the published file is explained: the pages of docs/, and dbt's site where `klimatlager docs` has made it."""
    places = {name: settings.docs_dir / f"{name}.md" for name in ("data_dictionary", "cookbook", "serving")}
    places["dbt_docs"] = settings.docs_site
    return {name: dg.MetadataValue.path(place) for name, place in places.items() if place.exists()}


def _files(paths: list[Path]) -> dict[str, Any]:
    """Where files lie, how many, how large."""
    place = {"path": dg.MetadataValue.path(paths[0].parent)} if paths else {}
    return {"files": len(paths), "bytes": sum(path.stat().st_size for path in paths), **place}


def _mark_of_good_build(project: Project) -> Mark:
    """The mark of the build that may be published. Raises Failure, saying why, when it may not."""
    if not last_build_passed(project.warehouse):
        raise dg.Failure(
            description="The last dbt build did not pass its tests, so it is not published; the last good file "
            "stays. Mend what failed and run the refresh again.",
            allow_retries=False,
        )
    with project.warehouse.read() as connection:
        reasons = refusals(connection, project.settings)
        if reasons:
            raise dg.Failure(
                description="The build is not published; the last good file stays. "
                + " ".join(reason.detail for reason in reasons),
                metadata={reason.question: reason.detail for reason in reasons},
                allow_retries=False,
            )
        return mark_of(connection, "build")


def _pictures(path: Path) -> dict[str, dg.MetadataValue]:
    """Facts by municipality, and target years: whether what was published looks right."""
    united = " union all ".join(f"select '{table}' as fact, municipality_id from {table}" for table in _FACTS)
    with duckdb.connect(str(path), read_only=True) as connection:
        facts = connection.execute(
            "select municipality_name, count(*) filter (fact = 'fct_goal'), count(*) filter (fact = 'fct_outcome'), "
            f"count(*) filter (fact = 'fct_initiative') from ({united}) join dim_municipality using (municipality_id) "
            "group by 1 order by count(*) desc, 1 limit 30"
        ).fetchall()
        targets = connection.execute(
            "select target_year, count(*) filter (ownership <> 'external'), count(*) filter (ownership = 'external') "
            "from fct_goal where target_year is not null group by 1 order by 1"
        ).fetchall()
    kinds = ("goals", "outcomes", "initiatives")
    by_municipality = bars("Facts by municipality", {row[0]: row[1:] for row in facts}, kinds)
    by_year = columns("Goals by target year", {row[0]: row[1:] for row in targets}, ("own or adopted", "external"))
    return {
        "facts_by_municipality": dg.MetadataValue.md(by_municipality),
        "targets_over_years": dg.MetadataValue.md(by_year),
    }
