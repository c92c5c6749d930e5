"""Entities across versions: what is one goal or initiative, what its id is, and what can't change it."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.matching.match import match
from orchestration.matching.model import FactKey
from tests.unit.matching.versions import Goal, version

NEUTRAL: Goal = ("Lund ska vara klimatneutralt 2040", "climate_neutral", "territorial", 2040, None)
FLEET: Goal = ("Kommunens fordonsflotta ska vara fossilfri 2027", "fossil_free", "municipal_organisation", 2027, None)
WASTE: Goal = ("Matsvinnet i kommunens kök ska halveras till 2025", "food", "municipal_organisation", 2025, 50)


def goal_ids(*versions):
    return {placement.key: placement.entity_id for placement in match(list(versions)).goals}


def initiative_ids(*versions):
    return {placement.key: placement.entity_id for placement in match(list(versions)).initiatives}


def test_a_goal_whose_year_moves_keeps_its_id():
    moved = ("Senast 2035 ska Lund ha nått klimatneutralitet", "climate_neutral", "territorial", 2035, None)
    ids = goal_ids(version(2022, (NEUTRAL, FLEET)), version(2023, (FLEET, moved)))
    assert ids[FactKey("lund-2022@a", 1)] == ids[FactKey("lund-2023@a", 2)] == "lund-goal-climate_neutral-territorial"
    assert ids[FactKey("lund-2022@a", 2)] == ids[FactKey("lund-2023@a", 1)]


def test_goals_of_another_subject_are_other_goals():
    ids = goal_ids(version(2022, (FLEET,)), version(2023, (WASTE,)))
    assert len(set(ids.values())) == 2


def test_a_goal_that_was_absent_for_a_version_is_the_same_when_it_comes_back():
    ids = goal_ids(version(2021, (NEUTRAL, WASTE)), version(2022, (NEUTRAL,)), version(2023, (NEUTRAL, WASTE)))
    assert ids[FactKey("lund-2021@a", 2)] == ids[FactKey("lund-2023@a", 2)]


def test_an_initiative_renamed_in_words_keeps_its_id():
    older = version(2021, initiatives=(("Klimatpakt Södra Skåne", "agreement"),))
    text = "Klimatpakten har bytt namn till Klimatallians Lund och räknar nu 27 företag."
    newer = version(2022, initiatives=(("Klimatallians Lund", "agreement"),), texts=(text,))
    silent = version(2022, initiatives=(("Klimatallians Lund", "agreement"),))
    assert len(set(initiative_ids(older, newer).values())) == 1
    assert len(set(initiative_ids(older, silent).values())) == 2


@pytest.mark.parametrize("said", ["som numera heter", "som i dag kallas", "som döpts om till", "nu under namnet"])
def test_many_ways_to_say_that_a_name_is_new(said):
    older = version(2021, initiatives=(("Klimatpakt Södra Skåne", "agreement"),))
    text = f"Klimatpakten, {said} Löftet Lund, räknar nu 27 företag."
    newer = version(2022, initiatives=(("Löftet Lund", "agreement"),), texts=(text,))
    assert len(set(initiative_ids(older, newer).values())) == 1


def test_a_new_edition_of_a_plan_keeps_its_id():
    older = version(2021, initiatives=(("Klimatfärdplan", "plan"), ("Cykelplan", "plan")))
    newer = version(2022, initiatives=(("Cykelplanen", "plan"), ("Lunds klimatfärdplan 2.0", "plan")))
    ids = initiative_ids(older, newer)
    assert ids[FactKey("lund-2021@a", 1)] == ids[FactKey("lund-2022@a", 2)] == "lund-initiative-klimatfardplan"


def test_two_goals_that_share_a_stem_are_told_apart_by_form_and_year():
    later = ("Lund ska vara klimatneutralt först 2050", "climate_neutral", "territorial", 2050, None)
    ids = goal_ids(version(2022, (later, NEUTRAL)))
    assert ids[FactKey("lund-2022@a", 2)] == "lund-goal-climate_neutral-territorial"
    assert ids[FactKey("lund-2022@a", 1)] == "lund-goal-climate_neutral-territorial-end_state"


def test_ids_of_history_never_touch_those_of_what_stands():
    standing = (version(2022, (NEUTRAL, FLEET)), version(2023, (NEUTRAL,)))
    revised = version(2022, (WASTE, NEUTRAL), is_current=False, mark="old")
    ids = goal_ids(*standing, revised)
    assert goal_ids(*standing) == {key: value for key, value in ids.items() if not key.document_id.endswith("old")}
    assert ids[FactKey("lund-2022@old", 2)] == ids[FactKey("lund-2022@a", 1)]


def test_a_version_without_a_year_is_matched_last():
    ids = goal_ids(version(None, (NEUTRAL,)), version(2022, (NEUTRAL,)))
    assert len(set(ids.values())) == 1


def test_a_municipality_without_facts_is_nothing():
    assert goal_ids() == goal_ids(version(2022)) == {}


GOALS = st.sampled_from([
    NEUTRAL, FLEET, WASTE,
    ("Lund ska vara klimatneutralt 2035", "climate_neutral", "territorial", 2035, None),
    ("Matsvinnet ska halveras till 2030", "food", "municipal_organisation", 2030, 50),
    ("Cykelns andel av resorna ska vara 35 procent 2030", "modal_share", "urban_area", 2030, 35),
    ("Cykelns andel av resorna ska vara 30 procent 2030", "modal_share", "territorial", 2030, 30),
    ("Tjugo nya våtmarker ska ha anlagts 2027", "biodiversity", "not_specified", 2027, 20),
    ("Utsläppen ska minska med 80 procent till 2030", "emission_reduction", "territorial", 2030, 80),
])  # fmt: skip
INITIATIVES = st.sampled_from([
    ("Klimatfärdplan", "plan"), ("Klimatfärdplan 2.0", "plan"), ("Cykelplan", "plan"), ("Klimatråd", "network"),
    ("Klimatrådet för unga", "network"), ("Digital tvilling", "project"), ("Solcellspark i Rosenholm", "infrastructure"),
])  # fmt: skip
CHAINS = st.dictionaries(
    st.integers(2020, 2025),
    st.tuples(st.lists(GOALS, unique=True, max_size=5), st.lists(INITIATIVES, unique=True, max_size=4)),
    max_size=4,
).map(lambda chain: [version(year, tuple(goals), tuple(names)) for year, (goals, names) in chain.items()])


@given(CHAINS, st.randoms())
@settings(max_examples=60, deadline=None)
def test_the_order_of_arrival_plays_no_part(versions, random):
    before = match(versions)
    random.shuffle(versions)
    assert match(versions) == before


@given(CHAINS)
@settings(max_examples=40, deadline=None)
def test_matching_twice_gives_the_same(versions):
    assert match(versions) == match(versions)


@given(CHAINS)
@settings(max_examples=60, deadline=None)
def test_no_entity_has_two_facts_in_one_document(versions):
    matched = match(versions)
    for placements in (matched.goals, matched.initiatives):
        places = [(placement.entity_id, placement.key.document_id) for placement in placements]
        assert len(set(places)) == len(places)
        assert len(places) == len({placement.key for placement in placements})


@given(CHAINS)
@settings(max_examples=60, deadline=None)
def test_a_reissue_in_the_same_words_pairs_every_fact_with_itself(versions):
    for one in versions:
        again = version(2030, tuple((g.quote, g.goal_type, g.scope, g.target_year, g.value) for g in one.goals),
                        tuple((i.name, i.initiative_type) for i in one.initiatives))  # fmt: skip
        matched = match([one, again])
        for placements in (matched.goals, matched.initiatives):
            ids = {placement.key: placement.entity_id for placement in placements}
            for key, entity in ids.items():
                assert ids[key._replace(document_id=again.document_id)] == entity


@given(CHAINS)
@settings(max_examples=60, deadline=None)
def test_a_fact_of_an_unrelated_subject_changes_no_id(versions):
    before = {(p.key.document_id, p.key.fact_no): p.entity_id for p in match(versions).goals}
    stranger = ("Alla äldreboenden ska ha ett svalrum 2031", "resilience", "sector", 2031, None)
    if versions:
        first = versions[0]
        facts = version(first.version_year, (*((g.quote, g.goal_type, g.scope, g.target_year, g.value)
                        for g in first.goals), stranger)).goals  # fmt: skip
        changed = [replace(first, goals=facts), *versions[1:]]
        after = {(p.key.document_id, p.key.fact_no): p.entity_id for p in match(changed).goals}
        assert before.items() <= after.items()


@given(CHAINS)
@settings(max_examples=60, deadline=None)
def test_a_version_that_comes_later_in_time_changes_no_id_of_an_earlier_one(versions):
    later = version(2031, (NEUTRAL, WASTE), (("Klimatfärdplan 3.0", "plan"),))
    before, after = match(versions), match([*versions, later])
    for old, new in ((before.goals, after.goals), (before.initiatives, after.initiatives)):
        ids = {placement.key: placement.entity_id for placement in new}
        assert all(ids[placement.key] == placement.entity_id for placement in old)
