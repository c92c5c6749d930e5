"""What Dagster's event log costs: one run of 120 assets and 120 checks, with SQLite as it comes or as Klimatlager opens it.

    python bench/events.py stock|ours

Prints the seconds, and CPU seconds, of the second of two runs on a fresh instance.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dagster as dg

NUMBER = 120


def definitions() -> dg.Definitions:
    """One step that gives all assets and checks."""
    keys = [f"asset_{number}" for number in range(NUMBER)]

    @dg.multi_asset(
        specs=[dg.AssetSpec(key) for key in keys],
        check_specs=[dg.AssetCheckSpec("holds", asset=key) for key in keys],
    )
    def everything() -> Iterator[Any]:
        for key in keys:
            yield dg.MaterializeResult(asset_key=key, metadata={"seconds": 0.1, "dagster/row_count": 10})
            yield dg.AssetCheckResult(passed=True, asset_key=key, check_name="holds", metadata={"failing_rows": 0})

    return dg.Definitions(
        assets=[everything],
        jobs=[dg.define_asset_job("everything", selection=dg.AssetSelection.all())],
        executor=dg.in_process_executor,
    )


def main(way: str) -> None:
    """Run twice, print the second."""
    with tempfile.TemporaryDirectory() as folder:
        job = definitions().resolve_job_def("everything")
        if way == "ours":
            from orchestration.event_log import relax

            relax(Path(folder))
        quiet = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
        with dg.DagsterInstance.local_temp(folder) as instance:
            for number in (1, 2):
                clock, cpu = time.perf_counter(), time.process_time()
                result = job.execute_in_process(instance=instance, run_config=quiet)
                took = time.perf_counter() - clock, time.process_time() - cpu
                if number == 2:
                    print(f"{way}: {took[0]:.1f} s, of CPU {took[1]:.1f} s, {len(result.all_events)} events")


if __name__ == "__main__":
    main(sys.argv[1])
