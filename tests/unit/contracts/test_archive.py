import hashlib
import os
import unicodedata
from datetime import UTC, datetime

import pytest

from orchestration.contracts.archive import Archive
from orchestration.contracts.inventory import take_inventory
from orchestration.contracts.source import Limits

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def raw(tmp_path):
    folder = tmp_path / "raw"
    folder.mkdir()
    return folder


@pytest.fixture
def archive(tmp_path):
    return Archive(tmp_path / "archive")


def register(archive, raw):
    return [
        (event.source_path, event.event)
        for event in archive.register(take_inventory(raw, Limits()), raw, "run", now=NOW)
    ]


def test_arrival_change_removal_and_return_are_logged_once_each(archive, raw):
    file = raw / "lund-2023.txt"
    file.write_bytes(b"one")
    assert register(archive, raw) == [("lund-2023.txt", "arrived")]
    assert register(archive, raw) == []
    file.write_bytes(b"two")
    assert register(archive, raw) == [("lund-2023.txt", "changed")]
    file.unlink()
    assert register(archive, raw) == [("lund-2023.txt", "removed")]
    file.write_bytes(b"two")
    assert register(archive, raw) == [("lund-2023.txt", "restored")]
    assert [event.event_id for event in archive.events()] == [1, 2, 3, 4]


def test_the_bytes_of_every_revision_stay(archive, raw):
    (raw / "a.txt").write_bytes(b"one")
    register(archive, raw)
    (raw / "a.txt").write_bytes(b"two")
    register(archive, raw)
    assert [archive.read(event.sha256) for event in archive.events()] == [b"one", b"two"]


def test_a_moved_file_is_removed_before_it_arrives(archive, raw):
    (raw / "a.txt").write_bytes(b"one")
    register(archive, raw)
    (raw / "a.txt").rename(raw / "b.txt")
    assert register(archive, raw) == [("a.txt", "removed"), ("b.txt", "arrived")]


def test_a_torn_last_line_is_passed_over_and_mended_by_the_next_append(archive, raw, tmp_path):
    (raw / "a.txt").write_bytes(b"one")
    register(archive, raw)
    log = tmp_path / "archive" / "log.jsonl"
    log.write_bytes(log.read_bytes() + b'{"event_id": 2, "at": "20')
    assert len(archive.events()) == 1
    (raw / "b.txt").write_bytes(b"two")
    register(archive, raw)
    assert [event.event_id for event in archive.events()] == [1, 2]


def test_a_damaged_log_is_an_error_that_names_the_line(archive, raw, tmp_path):
    (raw / "a.txt").write_bytes(b"one")
    register(archive, raw)
    log = tmp_path / "archive" / "log.jsonl"
    log.write_bytes(b"not json\n" + log.read_bytes())
    with pytest.raises(ValueError, match="damaged at line 1"):
        archive.events()


def test_a_file_that_changes_between_hashing_and_copying_is_set_aside_and_tried_again(archive, raw):
    (raw / "a.txt").write_bytes(b"one")
    inventory = take_inventory(raw, Limits())
    (raw / "a.txt").write_bytes(b"two")
    (event,) = archive.register(inventory, raw, "run", now=NOW)
    assert event.event == "set_aside"
    assert "changed while it was read" in (event.problem or "")
    assert register(archive, raw) == [("a.txt", "arrived")]


@pytest.mark.parametrize("name", [unicodedata.normalize("NFD", "järfälla-2023.txt"), os.fsdecode(b"lund-\xe5.txt")])
def test_a_file_is_archived_whatever_its_name_on_disk(archive, raw, name):
    (raw / name).write_bytes(b"one")
    ((path, event),) = register(archive, raw)
    assert event == "arrived"
    assert path in ("järfälla-2023.txt", "lund-\ufffd.txt")
    assert archive.read(hashlib.sha256(b"one").hexdigest()) == b"one"
    assert register(archive, raw) == []
