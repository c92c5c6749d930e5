"""The run that a stage is part of, where there is one: its id and its tags.

Here: asking for them and adding tags. Not here: which tags (run_tags). A stage called on its own, as tests do, has no run
in any instance.
"""

from collections.abc import Mapping

import dagster as dg


def tag_run(context: dg.AssetExecutionContext, tags: Mapping[str, str]) -> None:
    """Add the tags to the run; nothing where there is none."""
    if context.instance.has_run(run_id_of(context)):
        context.instance.add_run_tags(run_id_of(context), tags)


def tags_of_run(context: dg.AssetExecutionContext) -> Mapping[str, str]:
    """The run's tags; none where there is no run."""
    run = context.instance.get_run_by_id(run_id_of(context))
    return run.tags if run else {}


def run_id_of(context: dg.AssetExecutionContext) -> str:
    """The run's id; a word of Dagster's own where there is no run."""
    return context.op_execution_context.run_id
