"""Readers and refreshes at the same time: none errs, none blocks, and a new connection sees the newest file."""

import json
import subprocess
import sys
import time

import duckdb

from orchestration.publishing.snapshot import publish_snapshot
from orchestration.publishing.stamp import read_stamp

PUBLISHES = 20

# A holder keeps its first connection; a looker opens a new one each time. Two roles, because DuckDB gives a process that
# still holds a connection the file that it holds. Prints what it saw, as JSON.
READER = """
import contextlib, json, os, sys, time
import duckdb
role, path, stop = sys.argv[1:]
def connected():
    return duckdb.connect(path, read_only=True)
held = connected() if role == "holder" else None
seen, slowest, looks, last_look = [], 0.0, 0, False
while not last_look:
    last_look = os.path.exists(stop)
    started = time.perf_counter()
    with contextlib.nullcontext(held) if held else connected() as connection:
        build, = connection.execute("select build_id from dataset_version").fetchone()
        words, = connection.execute("select sum(length(quote)) from passage").fetchone()
        connection.execute("select count(*) from search('kommunen')").fetchone()
    slowest = max(slowest, time.perf_counter() - started)
    looks += 1
    if looks == 1:
        print("ready", flush=True)
    if build not in seen[-1:]:
        seen.append(build)
    assert words > 0
    time.sleep(0.02)
print(json.dumps({"seen": seen, "looks": looks, "slowest": slowest}))
"""


def test_open_readers_through_20_refreshes(warehouse, tmp_path):
    target = tmp_path / "published" / "klimatlager.duckdb"
    stop = tmp_path / "stop"

    def publish(number):
        return publish_snapshot(
            warehouse, target, lambda connection, name: read_stamp(connection, name, f"{number:02}", "e")
        ).stamp.build_id

    builds = [publish(0)]
    roles = ["holder", "looker", "looker"]
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", READER, role, str(target), str(stop)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for role in roles
    ]  # fmt: skip
    assert [reader.stdout and reader.stdout.readline() for reader in readers] == ["ready\n"] * len(readers)
    for number in range(1, PUBLISHES + 1):
        builds.append(publish(number))
        with duckdb.connect(str(target), read_only=True) as fresh:
            assert fresh.execute("select build_id from dataset_version").fetchone() == (builds[-1],)
    stop.touch()
    told = [reader.communicate(timeout=60) for reader in readers]
    assert [error for _, error in told] == [""] * len(readers)
    for role, (output, _) in zip(roles, told, strict=True):
        found = json.loads(output)
        assert found["looks"] > PUBLISHES
        assert found["slowest"] < 5, "a reader was blocked"
        if role == "holder":
            assert found["seen"] == builds[:1]
        else:
            places = [builds.index(build) for build in found["seen"]]
            assert places == sorted(places), "a reader saw an older file after a newer one"
            assert found["seen"][-1] == builds[-1]
            assert len(places) > PUBLISHES / 4


def test_a_reader_that_holds_the_removed_file_reads_it_to_the_end(warehouse, tmp_path):
    target = tmp_path / "published" / "klimatlager.duckdb"

    def stamped(connection, name):
        return read_stamp(connection, name, "c", "e")

    publish_snapshot(warehouse, target, stamped)
    with duckdb.connect(str(target), read_only=True) as reader:
        expected = reader.execute("select sum(length(quote)) from passage").fetchone()
        target.unlink()
        publish_snapshot(warehouse, target, stamped)
        time.sleep(0.01)
        assert reader.execute("select sum(length(quote)) from passage").fetchone() == expected
