"""What the machine refuses: no right to write, a full disk. The last good file stays, the error says what to do."""

import errno
import os
import subprocess
import sys
import textwrap

import duckdb
import pytest

from orchestration.publishing.files import PublishingError, swapped_in
from orchestration.publishing.publish import publish_copies
from orchestration.settings import ROOT


def test_a_block_that_fails_leaves_the_old_file_and_no_rest(tmp_path):
    target = tmp_path / "a.json"
    target.write_text("old")

    def fail_halfway():
        with swapped_in(target) as partial:
            partial.write_text("half")
            raise KeyError

    with pytest.raises(KeyError):
        fail_halfway()
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


@pytest.mark.parametrize(
    ("number", "advice"),
    [
        (errno.ENOSPC, "The disk is full. Free some space"),
        (errno.EACCES, "the right to write in"),
        (errno.EROFS, "the right to write in"),
        (errno.EIO, "Mend what the message names"),
    ],
)
def test_what_the_machine_refuses_is_told_with_what_to_do(tmp_path, number, advice):
    with pytest.raises(PublishingError, match=advice) as caught, swapped_in(tmp_path / "a.json"):
        raise OSError(number, os.strerror(number))
    assert "The last good file stays." in str(caught.value)


def limited(
    code: str, *, bytes_at_most: int | None = None, as_nobody: bool = False
) -> "subprocess.CompletedProcess[str]":
    """Run Python code in a process that may write little, or that is a user without rights."""
    # Everything is imported before the rights go: the Python that runs the tests may be its user's own.
    head = "import os, resource, signal, duckdb, tests.unit.publishing.conftest, orchestration.publishing.publish\n"
    if bytes_at_most is not None:
        head += "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        head += f"resource.setrlimit(resource.RLIMIT_FSIZE, ({bytes_at_most}, {bytes_at_most}))\n"
    if as_nobody and os.getuid() == 0:
        head += "duckdb.connect().execute('select 1'); os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
    return subprocess.run(
        [sys.executable, "-c", head + textwrap.dedent(code)], cwd=ROOT, capture_output=True, text=True, timeout=60,
        check=False,
    )  # fmt: skip


REPUBLISH = """
    import sys
    from pathlib import Path
    from orchestration.publishing.files import PublishingError
    from orchestration.publishing.publish import publish_copies
    from orchestration.publishing.snapshot import publish_snapshot, read_snapshot
    from tests.unit.publishing.conftest import STAMP
    warehouse, target = Path({warehouse!r}), Path({target!r})
    for action in (lambda: publish_snapshot(warehouse, target, lambda *_: STAMP),
                   lambda: publish_copies(read_snapshot(target))):
        try:
            action()
            print("written")
        except PublishingError as error:
            print(error)
"""


def test_a_disk_that_fills_up_leaves_every_last_good_file(warehouse, snapshot):
    publish_copies(snapshot)
    folder = snapshot.path.parent
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(
            "insert into passage select 'n' || i, 'lund-2023', '1281', 'other', 0, 1, md5(i::varchar) from range(20000) t(i)"
        )
    code = REPUBLISH.format(warehouse=str(warehouse), target=str(snapshot.path))
    finished = limited(code, bytes_at_most=20_000)
    assert finished.stdout.count("could not be written") == 2, finished.stdout + finished.stderr
    assert finished.stdout.count("The last good file stays.") == 2
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}.keys() == before.keys()
    assert snapshot.path.read_bytes() == before[snapshot.path]


def test_a_folder_that_cannot_be_written_leaves_the_last_good_file(warehouse, snapshot, tmp_path):
    before = snapshot.path.read_bytes()
    folder = snapshot.path.parent
    _let_others_read(tmp_path)
    folder.chmod(0o555)
    try:
        finished = limited(REPUBLISH.format(warehouse=str(warehouse), target=str(snapshot.path)), as_nobody=True)
    finally:
        folder.chmod(0o755)
    assert f"the right to write in {folder}" in finished.stdout, finished.stderr
    assert snapshot.path.read_bytes() == before


def test_nothing_can_be_written_through_a_readers_connection(snapshot, tmp_path):
    with (
        duckdb.connect(str(snapshot.path), read_only=True) as reader,
        pytest.raises(duckdb.InvalidInputException, match="read-only"),
    ):
        reader.execute("delete from dim_unit")
    _let_others_read(tmp_path)
    finished = limited(f"duckdb.connect({str(snapshot.path)!r})", as_nobody=True)
    assert "Permission denied" in finished.stderr


def _let_others_read(folder):
    """The folders that pytest makes are its user's own."""
    for path in [folder, *folder.parents][:4]:
        if path.stat().st_uid == os.getuid() and path != path.parent and "pytest" in str(path):
            path.chmod(0o755)
