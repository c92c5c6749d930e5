"""The index of raw/: what spares a hash, what is complete, and that the content decides."""

import os
import time
import unicodedata
from pathlib import Path

import pytest

from orchestration.contracts.inventory import take_inventory
from orchestration.contracts.source import Limits
from orchestration.raw_index import RawIndex


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    for name in ("lund/2023.txt", "lund/2024.txt", "a b/2023.txt", "a/z/2023.txt", "manifest.csv"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
        os.utime(path, (1_700_000_000, 1_700_000_000))
    return folder


@pytest.fixture
def index(tmp_path: Path) -> RawIndex:
    ahead = 3600_000_000_000
    return RawIndex(tmp_path / "index.sqlite", clock=lambda: time.time_ns() + ahead)


def test_it_finds_what_an_inventory_without_memory_finds(raw, index):
    (raw / "lund" / "link.txt").symlink_to("/etc/hostname")
    (raw / "lund" / "inner.txt").symlink_to(raw / "lund" / "2023.txt")
    assert index.look(raw, Limits()).found == take_inventory(raw, Limits())


def test_an_unchanged_folder_is_not_read_again(raw, index):
    assert index.look(raw, Limits()).hashed == 5
    assert index.look(raw, Limits()).hashed == 0
    os.utime(raw / "lund" / "2023.txt")
    assert index.look(raw, Limits()).hashed == 1
    assert index.look(raw, Limits(), is_trusting=False).hashed == 5


def test_a_look_in_small_steps_finds_the_same_in_the_same_order_and_notices_what_went(raw, index):
    whole = index.look(raw, Limits()).found
    (raw / "lund" / "2023.txt").unlink()
    position, steps = None, 0
    while True:
        look = index.look(raw, Limits(), start=position, budget_seconds=0.0)
        position, steps = look.position, steps + 1
        if position is None:
            break
    assert steps == 4
    assert look.found == [file for file in whole if file.path != "lund/2023.txt"]


def test_a_folder_that_fails_to_be_listed_has_not_lost_its_files(raw, index, monkeypatch):
    before = index.look(raw, Limits()).found
    listed = os.scandir

    def failing(path):
        if str(path).endswith("lund"):
            raise OSError(5, "Input/output error")
        return listed(path)

    monkeypatch.setattr(os, "scandir", failing)
    assert index.look(raw, Limits()).found == before


def test_a_damaged_index_is_made_anew(raw, index, tmp_path):
    (tmp_path / "index.sqlite").write_bytes(b"no database at all, but long enough to be taken for one" * 50)
    assert index.look(raw, Limits()).hashed == 5


def test_a_young_file_gets_a_second_look_and_a_growing_one_is_left_for_later(raw, tmp_path, monkeypatch):
    index = RawIndex(tmp_path / "index.sqlite")
    still, growing = raw / "umea-2023.txt", raw / "vaxjo-2023.txt"
    still.write_text("whole", encoding="utf-8")
    growing.write_text("ha", encoding="utf-8")
    monkeypatch.setattr(time, "sleep", lambda seconds: growing.write_text("half", encoding="utf-8"))
    found = {file.path: file.is_settled for file in index.take(raw, Limits())}
    assert (found["umea-2023.txt"], found["vaxjo-2023.txt"]) == (True, False)


def test_a_young_file_that_goes_away_is_not_found(raw, tmp_path, monkeypatch):
    passing = raw / "umea-2023.txt"
    passing.write_text("x", encoding="utf-8")
    monkeypatch.setattr(time, "sleep", lambda seconds: passing.unlink())
    assert "umea-2023.txt" not in {file.path for file in RawIndex(tmp_path / "i.sqlite").take(raw, Limits())}


def test_a_change_within_the_clock_tick_of_the_hash_is_noticed(raw, tmp_path):
    now = time.time_ns()
    index = RawIndex(tmp_path / "index.sqlite", clock=lambda: now)
    before = {file.path: file.sha256 for file in index.look(raw, Limits()).found}
    path = raw / "lund" / "2023.txt"
    status = path.stat()
    path.write_text("LUND/2023.txt", encoding="utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    after = {file.path: file.sha256 for file in index.look(raw, Limits()).found}
    assert after["lund/2023.txt"] != before["lund/2023.txt"]


def test_names_taken_apart_are_kept_composed_and_never_lost_between_looks(raw, index):
    for name in ("järfälla/2023.txt", "öckerö/år.txt", "jz/2023.txt"):
        path = raw / unicodedata.normalize("NFD", name)
        path.parent.mkdir(exist_ok=True)
        path.write_text(name, encoding="utf-8")
        os.utime(path, (1_700_000_000, 1_700_000_000))
    whole = take_inventory(raw, Limits())
    assert {"järfälla/2023.txt", "öckerö/år.txt"} <= {file.path for file in whole}
    assert index.look(raw, Limits()).found == whole
    position, looks = None, 0
    while looks == 0 or position is not None:
        look = index.look(raw, Limits(), start=position, budget_seconds=0)
        assert look.found == whole, "a look at a part loses nothing of the rest"
        position, looks = look.position, looks + 1
    assert looks > 3
