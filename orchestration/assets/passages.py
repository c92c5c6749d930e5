"""Stage 3: documents become sentences under their sections."""

import dagster as dg

from orchestration import progress
from orchestration.assets.showing import Stopwatch, counts, preview
from orchestration.assets.stages import StageRun
from orchestration.assets.tagging import run_id_of
from orchestration.contracts.document import divide
from orchestration.extraction.climate import is_climate_bearing
from orchestration.resources import Project
from orchestration.retries import retrying
from orchestration.rows import sentence_rows
from orchestration.versions import extractor_version


@dg.asset(
    key=["raw", "sentence"],
    deps=[["raw", "document"]],
    group_name="passages",
    kinds={"python", "duckdb"},
    pool="warehouse",
    description="Every sentence, bullet and heading with its canonical section and its offsets in the raw text.",
)
def sentence(context: dg.AssetExecutionContext, project: dg.ResourceParam[Project]) -> dg.MaterializeResult:  # type: ignore[type-arg]
    """Divide the documents that this version of the code has not divided."""
    watch = Stopwatch()
    with retrying(context), project.warehouse.write(f"dividing documents, run {run_id_of(context)}") as connection:
        stage = StageRun(connection, "sentences", extractor_version(), ("sentence",))
        for batch in stage.batches():
            for due in batch:
                document = divide(due.source)
                bearing = [is_climate_bearing(sentence.text) for sentence in document.sentences]
                stage.add(due.document_id, {"sentence": list(sentence_rows(due.document_id, document, bearing))})
            stage.write()
        rows = stage.count("sentence")
        progress.note_done(connection, "sentence", "documents")
        shown = {
            "sentences_by_section": counts(connection, "sentence", "section"),
            "preview": preview(
                connection, "sentence", "document_id, sentence_no, section, kind, is_climate_bearing, text"
            ),
        }
    project.tell(context, "passages", f"{stage.documents} documents divided, {rows:,} sentences")
    return dg.MaterializeResult(metadata={
        "dagster/row_count": rows, "documents_divided": stage.documents, "seconds": watch.seconds, **shown,
    })  # fmt: skip
