"""What is tried again, and how a dead process is known."""

import os
import socket
import subprocess
import sys

import dagster as dg
import duckdb
import pytest

from orchestration import retries
from orchestration.processes import is_gone, this_process
from orchestration.run_tags import promised_version, subject_tags
from orchestration.warehouse import WarehouseLockedError


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (WarehouseLockedError("held"), True), (OSError(28, "No space left on device"), True), (duckdb.IOException("io"), True),
        (FileNotFoundError("raw"), False), (PermissionError("raw"), False), (ValueError("damaged"), False),
        (KeyError("x"), False), (duckdb.BinderException("bug"), False),
    ],
)  # fmt: skip
def test_only_locks_and_io_may_pass(error, expected):
    assert retries.may_pass(error) == expected


def test_a_step_that_meets_a_lock_is_run_again_and_one_that_meets_a_bug_is_not(monkeypatch):
    monkeypatch.setattr(retries, "WAITS_SECONDS", (0.0, 0.0, 0.0))
    calls = {"locked": 0, "bug": 0}

    @dg.asset
    def locked(context: dg.AssetExecutionContext):
        with retries.retrying(context):
            calls["locked"] += 1
            if calls["locked"] < 3:
                raise WarehouseLockedError("held")

    @dg.asset
    def bug(context: dg.AssetExecutionContext):
        with retries.retrying(context):
            calls["bug"] += 1
            raise ValueError("a bug")

    assert dg.materialize([locked]).success
    assert not dg.materialize([bug], raise_on_error=False).success
    assert calls == {"locked": 3, "bug": 1}


def test_this_process_is_alive_and_one_that_has_ended_is_gone():
    assert not is_gone(this_process())
    program = "from orchestration.processes import this_process; print(this_process())"
    note = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": "."},
    ).stdout.strip()
    assert note.startswith(socket.gethostname())
    assert is_gone(note)


@pytest.mark.parametrize("note", ["elsewhere:1:1", "", "nonsense", "a:b:c"])
def test_of_other_hosts_and_strange_notes_nothing_is_said(note):
    assert not is_gone(note)


def test_a_process_id_used_again_is_not_the_process(monkeypatch):
    host, pid, start = this_process().split(":")
    assert is_gone(f"{host}:{pid}:{int(start or 0) + 1}")


@pytest.mark.parametrize(
    ("path", "version"),
    [
        ("lund/2024.pdf", "lund-2024"), ("järfälla-2023.docx", "jarfalla-2023"), ("first_texts.txt", None),
        ("lund/contract.pdf", None), ("Klimatkontrakt 2030 Umeå 2022.pdf", "umea-2022"),
    ],
)  # fmt: skip
def test_a_path_promises_a_contract_version(path, version, refreshed):
    from orchestration.resources import Project

    assert promised_version(path, Project(refreshed.settings).register) == version


def test_many_versions_are_counted_and_the_first_twenty_named():
    tags = subject_tags(f"lund-{year}" for year in range(1990, 2030))
    assert tags["contract_versions"] == "40"
    assert tags["municipality"] == "lund"
    assert sum(tag.startswith("contract_version/") for tag in tags) == 20
    assert subject_tags([]) == {}
