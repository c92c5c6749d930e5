"""Tags on the run that a stage is part of, where there is such a run.

Here: adding them. Not here: which tags (run_tags). A stage called on its own, as tests do, has no run in any instance.
"""

from collections.abc import Mapping

import dagster as dg


def tag_run(context: dg.AssetExecutionContext, tags: Mapping[str, str]) -> None:
    """Add the tags to the run; nothing where there is none."""
    if context.instance.has_run(context.run_id):
        context.instance.add_run_tags(context.run_id, tags)


def tags_of_run(context: dg.AssetExecutionContext) -> Mapping[str, str]:
    """The run's tags; none where there is no run."""
    run = context.instance.get_run_by_id(context.run_id)
    return run.tags if run else {}
