"""How long a refresh takes, and against Dagster's own command on the same project: python bench/refresh.py [WAY ...].

Ways: ours (klimatlager refresh), command (`dagster asset materialize --select '*'` of this project), stock (the same
command of bench/stock.py, where dbt and the event log are as Dagster's pages have them). Each way has a data folder of
its own and goes through the same days: a first refresh, nothing new, one new text, and, for ours, --force. Seconds on the
clock, CPU seconds of all processes; the ratios of the issue last.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NEW = ROOT / "tests" / "gold" / "authored_d" / "strangnas-2024.txt"
DAGSTER = str(Path(sys.executable).with_name("dagster"))
COMMANDS = {
    "ours": [sys.executable, "-m", "orchestration.cli", "refresh"],
    "command": [DAGSTER, "asset", "materialize", "--select", "*", "-m", "orchestration.definitions"],
    "stock": [DAGSTER, "asset", "materialize", "--select", "*", "-m", "bench.stock"],
}


def timed(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """Seconds on the clock and of CPU. Raises RuntimeError with the output when the command fails."""
    before, clock = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    took, after = time.perf_counter() - clock, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise RuntimeError(f"{command}: {(done.stdout + done.stderr)[-3000:]}")
    return took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def days(way: str, folder: Path) -> dict[str, tuple[float, float]]:
    """Go through the days of one way."""
    shutil.copytree(ROOT / "raw", folder / "raw")
    (folder / "home").mkdir()
    shutil.copy(ROOT / "orchestration" / "dagster.yaml", folder / "home")
    environment = os.environ | {
        "KLIMATLAGER_RAW_DIR": str(folder / "raw"), "KLIMATLAGER_DATA_DIR": str(folder / "data"),
        "DAGSTER_HOME": str(folder / "home"), "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    found = {"first": timed(COMMANDS[way], environment), "nothing new": timed(COMMANDS[way], environment)}
    (folder / "raw" / "strangnas").mkdir()
    shutil.copy(NEW, folder / "raw" / "strangnas" / "2024.txt")
    found["one new text"] = timed(COMMANDS[way], environment)
    if way == "ours":
        found["--force"] = timed([*COMMANDS[way], "--force"], environment)
    return found


def main(ways: list[str]) -> None:
    """Print the figures, and the ratios where ours and another way were asked for."""
    figures = {}
    for way in ways:
        with tempfile.TemporaryDirectory(prefix="klimatlager_bench_") as folder:
            figures[way] = days(way, Path(folder))
        for day, (clock, cpu) in figures[way].items():
            print(f"{way:8} {day:13} {clock:6.1f} s, of CPU {cpu:6.1f} s", flush=True)
    ours = figures.get("ours", {})
    for way in figures.keys() - {"ours"} if ours else ():
        for day, (clock, _) in figures[way].items():
            print(f"ours / {way}, {day}: {ours[day][0] / clock:.2f}")
    if ours:
        print(f"nothing new / first: {ours['nothing new'][0] / ours['first'][0]:.3f}")


if __name__ == "__main__":
    main(sys.argv[1:] or list(COMMANDS))
