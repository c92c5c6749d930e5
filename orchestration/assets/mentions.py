"""Stage 4: documents become goals, outcomes, initiatives and actors, each with its words."""

from collections.abc import Iterator

import dagster as dg
from pydantic import Field

from orchestration import progress
from orchestration.assets.showing import Stopwatch, preview
from orchestration.assets.showing import counts as counts_by
from orchestration.assets.stages import StageRun, UnknownVersionError, contract_version_of, forget_versions
from orchestration.assets.tagging import run_id_of, tag_run
from orchestration.contracts.document import divide
from orchestration.correcting import corrected
from orchestration.corrections.current import by_version, current_corrections, fingerprints
from orchestration.extraction.extract import extract
from orchestration.resources import Project
from orchestration.retries import retrying
from orchestration.rows import mention_rows
from orchestration.run_tags import subject_tags
from orchestration.versions import extractor_version

TABLES = {
    "goal_mention": "Goals as found in the texts.",
    "outcome_mention": "Reported results as found in the texts.",
    "initiative_mention": "Plans, projects, networks and other initiatives as found in the texts.",
    "actor_mention": "Who does, pays for, or takes part in what, as found in the texts.",
    "goal_initiative_mention": "Which goal stems from, or is served by, which initiative, where the text says so.",
    "evidence_mention": "Further spans that say the same as a fact's first quote.",
    "correction_effect": "What became of each line of raw/corrections.csv in the texts of its contract version.",
}
_BOOKKEEPING = {"stage_state": "Which version of the code each document was divided and extracted by."}


_SHOWN = {
    "goal_mention": ("goal_type", "document_id, goal_type, scope, value, unit, target_year, quote"),
    "outcome_mention": ("outcome_type", "document_id, outcome_type, value, unit, year, quote"),
    "initiative_mention": ("initiative_type", "document_id, name, initiative_type, status, quote"),
    "actor_mention": ("role", "document_id, actor_name, actor_type, role, quote"),
    "goal_initiative_mention": ("relation", "document_id, goal_no, initiative_no, relation, rule_id"),
    "evidence_mention": ("fact_kind", "document_id, fact_kind, fact_no, quote"),
    "correction_effect": ("outcome", "document_id, line, kind, outcome, reason"),
}
"""What the UI shows of a table: rows by which column, and a preview of which columns."""


class ExtractConfig(dg.Config):
    """Which documents are extracted."""

    contract_versions: list[str] = Field(
        default=[],
        description="Contract versions to extract once more, written as municipality-year: [lund-2023, vaxjo-2023]. "
        "Empty: the documents that this version of the extractor has not seen. A name that the warehouse does not hold "
        "fails the run before anything is changed, and the error names what may be meant.",
    )


@dg.multi_asset(
    name="mentions",
    specs=[
        dg.AssetSpec(
            ["raw", table], deps=[["raw", "document"], ["raw", "sentence"], ["raw", "correction"]],
            group_name="mentions", kinds={"python", "duckdb"}, description=description,
        )
        for table, description in (TABLES | _BOOKKEEPING).items()
    ],
    pool="warehouse",
)  # fmt: skip
def mentions(
    context: dg.AssetExecutionContext, config: ExtractConfig, project: dg.ResourceParam[Project]
) -> Iterator[dg.MaterializeResult]:  # type: ignore[type-arg]
    """Extract from the documents that are due or asked for, and apply what people corrected."""
    version, watch = extractor_version(), Stopwatch()
    corrections = current_corrections(project.archive.events(), project.archive, project.settings.codes_dir)
    lines = by_version(corrections)
    with retrying(context), project.warehouse.write(f"extracting facts, run {run_id_of(context)}") as connection:
        if config.contract_versions:
            try:
                forget_versions(connection, "mentions", config.contract_versions)
            except UnknownVersionError as error:
                raise dg.Failure(description=str(error), allow_retries=False) from error
            tag_run(context, subject_tags(config.contract_versions))
        stage = StageRun(connection, "mentions", version, tuple(TABLES), fingerprints(lines))
        for batch in stage.batches():
            for due in batch:
                municipality = project.register.by_id[due.municipality_id]
                document = divide(due.source)
                facts = extract(document, municipality, due.version_year)
                rows = mention_rows(due.document_id, due.source.raw, facts, version)
                judged = lines.get(contract_version_of(due.document_id), [])
                stage.add(due.document_id, corrected(due.document_id, document, rows, judged, version))
            stage.write()
        shown = {
            table: {f"rows_by_{kind}": counts_by(connection, table, kind), "preview": preview(connection, table, names)}
            for table, (kind, names) in _SHOWN.items()
        }
        counts = {table: stage.count(table) for table in TABLES | _BOOKKEEPING}
        progress.note_done(connection, "mentions", "documents", "sentence")
    project.tell(
        context, "mentions",
        f"{stage.documents} documents extracted: {counts['goal_mention']} goals, {counts['outcome_mention']} outcomes, "
        f"{counts['initiative_mention']} initiatives in all",
    )  # fmt: skip
    for table, count in counts.items():
        yield dg.MaterializeResult(
            asset_key=["raw", table],
            metadata={
                "dagster/row_count": count, "documents_extracted": stage.documents, "extractor_version": version,
                "seconds": watch.seconds, **shown.get(table, {}),
            },
        )  # fmt: skip
