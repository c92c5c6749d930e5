"""A folder that fell away is no withdrawal of everything."""

from datetime import UTC, datetime

import pytest

from orchestration.contracts.archive import FileEvent, latest
from orchestration.contracts.inventory import FoundFile
from orchestration.contracts.vanishing import refusal

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def known(*paths, event="arrived"):
    return latest(FileEvent(number, NOW, "r", path, path, 10, event) for number, path in enumerate(paths, 1))


def found(*paths):
    return [FoundFile(path, 10, path) for path in paths]


TEN = [f"lund/{year}.txt" for year in range(2010, 2020)]


@pytest.mark.parametrize("left", [0, 1, 4])
def test_most_files_gone_at_once_are_refused_with_their_names(left):
    reason = refusal(found(*TEN[10 - left :]), known(*TEN), 0.5)
    assert reason
    assert reason.startswith(f"{10 - left} of 10 known files are gone")
    assert "lund/2010.txt" in reason
    assert "--accept-withdrawals" in reason


@pytest.mark.parametrize("left", [5, 9, 10])
def test_up_to_the_share_they_may_go(left):
    assert refusal(found(*TEN[10 - left :]), known(*TEN), 0.5) is None


def test_a_few_may_go_whatever_their_share_but_not_the_last():
    assert refusal(found(TEN[0]), known(*TEN[:3]), 0.5) is None
    assert refusal([], known(TEN[0]), 0.5)
    assert refusal(found("manifest.csv"), known(TEN[0], "manifest.csv"), 0.5), "a control file is no contract"


def test_files_that_lie_elsewhere_now_are_not_gone():
    moved = [FoundFile(f"moved/{path}", 10, path) for path in TEN]
    assert refusal(moved, known(*TEN), 0.5) is None


def test_files_withdrawn_before_do_not_count():
    last = known(*TEN[:8], event="removed") | known(*TEN[8:])
    assert refusal(found(TEN[9]), last, 0.5) is None
    assert refusal([], known(*TEN, event="removed"), 0.5) is None


def test_a_share_of_one_allows_everything():
    assert refusal([], known(*TEN), 1.0) is None


def test_files_being_written_are_there():
    writing = [FoundFile(path, 10, None, None, False) for path in TEN]
    assert refusal(writing, known(*TEN), 0.5) is None
