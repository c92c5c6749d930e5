"""How long a tick of the sensor raw_files takes on a large folder: python bench/sensor_tick.py [FILES].

Makes the files (1 kB each, 290 folders) in a temporary folder, lets the sensor tick until it requests a run, registers
everything, and times the ticks of an unchanged and of a slightly changed folder.
"""

import json
import shutil
import sys
import tempfile
import time
from pathlib import Path

import dagster as dg

from orchestration.contracts.inventory import FoundFile
from orchestration.raw_index import RawIndex
from orchestration.resources import Project
from orchestration.sensors import build_raw_files
from orchestration.settings import Settings
from orchestration.state import Mark, remember_published


def main(files: int) -> None:
    """Print the figures."""
    folder = Path(tempfile.mkdtemp(prefix="klimatlager_bench_"))
    settings = Settings.from_environment(
        {"KLIMATLAGER_RAW_DIR": str(folder / "raw"), "KLIMATLAGER_DATA_DIR": str(folder / "data")}
    )
    settings.data_dir.mkdir()
    for number in range(files):
        path = settings.raw_dir / f"town{number % 290:03}" / f"{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"contract {number} " * 60, encoding="utf-8")
    ahead = 60.0  # as if the files had been written a minute ago
    project = Project(settings)
    sensor = build_raw_files(lambda: time.time() + ahead)
    cursor: str | None = None
    with dg.DagsterInstance.ephemeral() as instance:

        def tick(what: str) -> bool:
            nonlocal cursor
            started = time.perf_counter()
            context = dg.build_sensor_context(instance=instance, cursor=cursor, resources={"project": project})
            result = sensor(context)
            assert isinstance(result, dg.SensorResult)
            cursor = result.cursor
            print(f"{what:<42} {time.perf_counter() - started:6.2f} s  {'request' if result.run_requests else ''}")
            return bool(result.run_requests)

        number = 1
        while not tick(f"first look, tick {number}"):
            number += 1
        index = RawIndex(settings.raw_index_file, clock=lambda: int((time.time() + ahead) * 1e9))
        _log(settings.archive_dir / "log.jsonl", index.look(settings.raw_dir, project.limits).found)
        remember_published(settings, Mark.now(files))
        for _ in range(3):
            tick("nothing new")
        for number in range(10):
            (settings.raw_dir / "town000" / f"new{number}.txt").write_text("x", encoding="utf-8")
        ahead = 120.0
        tick("ten new files")
    shutil.rmtree(folder)


def _log(path: Path, found: list[FoundFile]) -> None:
    """The archive's log as after registering the files, without copying their bytes."""
    path.parent.mkdir()
    with path.open("w", encoding="utf-8") as log:
        for number, file in enumerate(found, 1):
            event = {
                "event_id": number, "at": "2026-01-01T00:00:00+00:00", "source_path": file.path, "sha256": file.sha256,
                "bytes": file.size, "event": "arrived",
            }  # fmt: skip
            log.write(json.dumps(event) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
