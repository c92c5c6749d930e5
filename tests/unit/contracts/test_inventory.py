import hashlib
import os
import unicodedata

import pytest

from orchestration.contracts.inventory import on_disk, take_inventory
from orchestration.contracts.source import Limits


def paths(folder):
    return [file.path for file in take_inventory(folder, Limits())]


def test_lists_contracts_and_control_files_by_path_with_their_hash(tmp_path):
    (tmp_path / "lund").mkdir()
    (tmp_path / "lund" / "2023.txt").write_bytes(b"text")
    (tmp_path / "manifest.csv").write_bytes(b"path\n")
    found = take_inventory(tmp_path, Limits())
    assert [file.path for file in found] == ["lund/2023.txt", "manifest.csv"]
    assert found[0].sha256 == hashlib.sha256(b"text").hexdigest()
    assert found[0].size == 4


@pytest.mark.parametrize(
    "name", ["README.md", ".hidden.txt", "~$lund.docx", "2024.pdf.part", "2024.pdf.crdownload", "Thumbs.db"]
)
def test_passes_over_what_is_no_contract(tmp_path, name):
    (tmp_path / name).write_bytes(b"x")
    assert paths(tmp_path) == []


def test_a_manifest_further_down_is_no_control_file(tmp_path):
    (tmp_path / "lund").mkdir()
    (tmp_path / "lund" / "manifest.csv").write_bytes(b"x")
    assert paths(tmp_path) == []


@pytest.mark.parametrize(
    "name", ["åäö 2023.txt", "a'b;c.txt", 'q"uote.txt', "line\nbreak.txt", "🌍.txt", "n" * 251 + ".txt"]
)
def test_odd_names_are_files_like_others(tmp_path, name):
    (tmp_path / name).write_bytes(b"x")
    assert paths(tmp_path) == [name]


def test_a_name_that_is_no_utf8_is_listed_readably(tmp_path):
    (tmp_path / os.fsdecode(b"lund-\xe5.txt")).write_bytes(b"x")
    assert paths(tmp_path) == ["lund-\ufffd.txt"]


def test_a_link_out_of_the_folder_is_refused_and_never_followed(tmp_path):
    outside = tmp_path / "secret.txt"
    outside.write_bytes(b"secret")
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "lund-2023.txt").symlink_to(outside)
    (raw / "folder").symlink_to(tmp_path)
    found = take_inventory(raw, Limits())
    assert [(file.path, file.sha256) for file in found] == [("folder", None), ("lund-2023.txt", None)]
    assert all("leads out of the folder" in (file.problem or "") for file in found)


def test_a_link_within_the_folder_is_read(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"x")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    assert [file.problem for file in take_inventory(tmp_path, Limits())] == [None, None]


def test_a_link_loop_ends_with_a_reason(tmp_path):
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    (tmp_path / "here").symlink_to(tmp_path)
    found = take_inventory(tmp_path, Limits())
    assert [file.path for file in found] == ["here", "loop.txt"]
    assert all(file.problem for file in found)


def test_a_folder_named_like_a_file_is_a_folder(tmp_path):
    (tmp_path / "2023.pdf").mkdir()
    (tmp_path / "2023.pdf" / "lund.txt").write_bytes(b"x")
    assert paths(tmp_path) == ["2023.pdf/lund.txt"]


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path):
    os.mkfifo(tmp_path / "lund-2023.txt")
    (found,) = take_inventory(tmp_path, Limits())
    assert "no plain file" in (found.problem or "")


def test_a_too_large_file_is_refused_unread_with_both_sizes(tmp_path):
    (tmp_path / "big.txt").write_bytes(b"x" * 2_000)
    (found,) = take_inventory(tmp_path, Limits(file_bytes=1_000))
    assert found.sha256 is None
    assert "2,000" in (found.problem or "")
    assert "1,000" in (found.problem or "")


def test_a_missing_folder_is_an_error_that_says_what_to_do(tmp_path):
    with pytest.raises(FileNotFoundError, match="KLIMATLAGER_RAW_DIR"):
        take_inventory(tmp_path / "none", Limits())


def test_a_file_without_permission_is_listed_with_what_to_check(tmp_path, monkeypatch):
    (tmp_path / "lund-2023.txt").write_bytes(b"x")

    def refused(path, *arguments, **options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", refused)
    (found,) = take_inventory(tmp_path, Limits())
    assert found.sha256 is None
    assert "Permission denied" in (found.problem or "")
    assert "permissions" in (found.problem or "")


def apart(name: str) -> str:
    """The name as macOS writes it."""
    return unicodedata.normalize("NFD", name)


def test_a_name_that_macos_took_apart_is_kept_composed(tmp_path):
    folder = tmp_path / apart("järfälla")
    folder.mkdir()
    (folder / apart("år 2023.txt")).write_bytes(b"x")
    (found,) = take_inventory(tmp_path, Limits())
    assert found.path == "järfälla/år 2023.txt"
    assert on_disk(found.path, tmp_path).read_bytes() == b"x"


def test_of_two_names_that_compose_to_one_the_other_keeps_its_own(tmp_path):
    (tmp_path / "växjö.txt").write_bytes(b"composed")
    (tmp_path / apart("växjö.txt")).write_bytes(b"apart")
    assert paths(tmp_path) == sorted(["växjö.txt", apart("växjö.txt")])
    assert [on_disk(path, tmp_path).read_bytes() for path in paths(tmp_path)] == [b"apart", b"composed"]


def test_a_name_that_is_no_utf8_is_found_again(tmp_path):
    (tmp_path / os.fsdecode(b"lund-\xe5.txt")).write_bytes(b"x")
    assert on_disk("lund-\ufffd.txt", tmp_path).read_bytes() == b"x"
