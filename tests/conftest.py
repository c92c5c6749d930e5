"""One refresh a session, of the real texts, a chain of invented contracts and some files that can't be read.

Starting dbt costs seconds: everything that needs a built warehouse looks at this one, or at a copy of it.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from orchestration.contracts.archive import Archive
from orchestration.contracts.inventory import take_inventory
from orchestration.contracts.source import Limits
from orchestration.settings import ROOT, Settings
from tests.documents.contract import contract_of, gold_text
from tests.documents.pdf import set_pdf

GOLD = ROOT / "tests" / "gold"


CORRECTIONS = """\
contract_version_id;kind;quote;action;who;when;why;goal_type;target_form;target_year
karlskrona-2022;goal;Kommunens egen organisation ska vara fossilbränslefri 2025;edit;Eva;2024-02-01;fel år;;;2026
karlskrona-2022;goal;Ord som inte står där;reject;Eva;2024-02-01;borta;;;
karlskrona-2022;goal;Nämnderna redovisar i april varje år;add;Eva;2024-02-02;ett mål;governance;qualitative;
lund-1999;goal;Lund ska vara bäst;accept;Eva;2024-02-01;stämmer;;;
"""


def pytest_addoption(parser):
    parser.addoption("--renew-snapshots", action="store_true", help="write the committed snapshots anew")


@dataclass(frozen=True)
class Refreshed:
    """A finished refresh: where it lies and what it said."""

    settings: Settings
    environment: dict[str, str]
    output: str

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run the command klimatlager on it."""
        return klimatlager(self.environment, *arguments)


def klimatlager(environment: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    """The command as a user runs it, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "orchestration.cli", *arguments],
        env=environment, cwd="/", capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


@pytest.fixture(scope="session")
def refreshed(tmp_path_factory) -> Refreshed:
    """The session's warehouse, built once."""
    folder = tmp_path_factory.mktemp("klimatlager")
    raw = folder / "raw"
    shutil.copytree(ROOT / "raw", raw)
    for name in ("karlskrona-2021", "karlskrona-2022", "halmstad-2023", "halmstad-2024"):
        town, year = name.split("-")
        (raw / town).mkdir(exist_ok=True)
        shutil.copy(GOLD / "train_contracts" / f"{name}.txt", raw / town / f"{year}.txt")
    (raw / "halmstad" / "2024.txt").unlink()
    (raw / "halmstad" / "2024.pdf").write_bytes(set_pdf(contract_of(gold_text("halmstad-2024"), every_note=4)))
    (raw / "corrections.csv").write_text(CORRECTIONS, encoding="utf-8-sig")
    (raw / "lund").mkdir()
    (raw / "lund" / "2021.txt").write_bytes(b"")
    (raw / "nowhere.txt").write_text("Ett klimatkontrakt utan avsändare. Utsläppen ska minska.", encoding="utf-8")
    shutil.copy(raw / "karlskrona" / "2022.txt", raw / "karlskrona-2022.txt")
    _withdrawn(raw, folder / "data")
    environment = os.environ | {
        "KLIMATLAGER_RAW_DIR": str(raw),
        "KLIMATLAGER_DATA_DIR": str(folder / "data"),
        "DAGSTER_HOME": str(folder / "home"),
        "PYTHONPATH": str(ROOT),
        "COLUMNS": "200",
    }
    finished = klimatlager(environment, "refresh")
    assert finished.returncode == 0, finished.stdout + finished.stderr
    settings = Settings.from_environment(environment)
    return Refreshed(settings, environment, finished.stdout)


def _withdrawn(raw: Path, data: Path) -> None:
    """Let the archive remember a contract that came and went before this refresh, and one that read otherwise."""
    now = (raw / "halmstad" / "2023.txt").read_bytes()
    before = now.replace(
        b"Kommunens fordonsflotta ska vara fossilfri 2027", b"Kommunens fordonsflotta ska vara fossilfri 2029"
    )
    assert before != now
    (raw / "halmstad" / "2023.txt").write_bytes(before)
    (raw / "falun").mkdir()
    shutil.copy(GOLD / "train_contracts" / "falun-2020.txt", raw / "falun" / "2020.txt")
    Archive(data / "archive").register(
        take_inventory(raw, Limits()), raw, "an earlier run", datetime(2026, 1, 1, tzinfo=UTC)
    )
    shutil.rmtree(raw / "falun")
    (raw / "halmstad" / "2023.txt").write_bytes(now)
