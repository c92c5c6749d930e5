"""One-to-one pairing: symmetric, independent of order, stable, and never below the least score."""

from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.matching.pairing import pair

items = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 3)), unique=True, max_size=8)


def likeness(one: tuple[int, int], other: tuple[int, int]) -> float:
    return max(0.0, 1 - abs(one[0] - other[0]) / 10)


def pairs_of(first, second):
    return {(one, other) for one, other, _ in pair(first, second, likeness, lambda item: item, 0.5)}


@given(items, items)
def test_pairing_is_symmetric(first, second):
    assert {(other, one) for one, other in pairs_of(second, first)} == pairs_of(first, second)


@given(items, items, st.randoms())
def test_pairing_does_not_depend_on_the_order_of_its_members(first, second, random):
    before = pairs_of(first, second)
    random.shuffle(first)
    random.shuffle(second)
    assert pairs_of(first, second) == before


@given(items)
def test_a_set_is_paired_with_itself_member_by_member(members):
    assert pairs_of(members, members) == {(member, member) for member in members}


@given(items, items)
@settings(max_examples=60)
def test_no_two_would_rather_have_each_other(first, second):
    found = pairs_of(first, second)
    has = {one: likeness(one, other) for one, other in found}
    held = {other: likeness(one, other) for one, other in found}
    for one in first:
        for other in second:
            score = likeness(one, other)
            assert score < 0.5 or score <= has.get(one, 0) or score <= held.get(other, 0)


@given(items, items)
def test_each_is_paired_at_most_once_and_never_below_the_least(first, second):
    found = pair(first, second, likeness, lambda item: item, 0.5)
    assert len({one for one, _, _ in found}) == len({other for _, other, _ in found}) == len(found)
    assert all(score >= 0.5 for _, _, score in found)
