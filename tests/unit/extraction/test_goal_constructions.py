"""Constructions of Swedish that texts by further hands brought in. The sentences are invented for the tests."""

from typing import Any

import pytest

from orchestration.contracts.document import divide
from orchestration.extraction.extract import extract
from orchestration.extraction.facts import Facts
from tests.unit.extraction.reading_of import HEADING, OREBRO, agrees, facts, own_goals

YEAR = 2023


def read_in(text: str) -> Facts:
    return extract(divide(HEADING + text), OREBRO, YEAR)


STATED: list[tuple[str, dict[str, Any]]] = [
    # years told by counting
    ("Om sju år ska utsläppen i kommunen ha halverats jämfört med 2015.", {"target_year": 2030, "baseline_year": 2015}),
    ("Örebro ska vara klimatneutralt 2040.", {"scope": "territorial", "target_year": 2040}),
    # free of a fuel without the word fossil
    ("Kommunens bilpark: fri från bensin och diesel före utgången av 2027.",
     {"goal_type": "fossil_free", "target_year": 2027}),
    ("Dieseln är borta före nyår 2027.", {"goal_type": "fossil_free"}),
    # a label with a bound is a rule
    ("Köpt el i lokalerna: max 31 GWh per år.", {"goal_type": "energy_efficiency", "bound": "at_most", "value": 31.0}),
    # obligations and advice
    ("Nämnderna åläggs att ha ställt om alla fordon till fossilfri drift senast 2026.", {"target_year": 2026}),
    ("Tre av tio resor bör ske med cykel 2031.", {"target_form": "share", "value": 30.0, "target_year": 2031}),
    # a demand with a new level
    ("Kravet på minskade utsläpp har skärpts till 12 procent årligen.", {"target_form": "annual_rate", "value": 12.0}),
    # a bound is no change
    ("Inte mer än var fjärde resa ska göras med bil 2030.", {"value": 25.0, "bound": "at_most", "target_form": "share"}),
    # present passive with a year ahead
    ("Verksamhetens utsläpp fasas ut senast 2029.", {"target_form": "end_state", "target_year": 2029}),
    # coordinated subjects stay together
    ("Programmet säger att maten till äldre och barn ska bli 30 procent ekologisk 2028.",
     {"goal_type": "food", "value": 30.0, "target_year": 2028}),
    # a halved thing
    ("Målet är högst en halv bil per hushåll 2030.", {"value": 0.5, "bound": "at_most"}),
    # what went
    ("Målet om 60 föreningar med klimatplan är avfört.", {"status": "superseded", "value": 60.0}),
    ("Vi tog bort målet om nettonollutsläpp 2035.", {"status": "superseded", "goal_type": "net_zero"}),
    ("Det plan som var på remiss är nu antagen: utsläppen ska minska med 40 procent till 2030.", {"status": "adopted"}),
    # more than neutral
    ("Som plats ska vi ha negativa utsläpp 2045.", {"goal_type": "climate_positive", "target_form": "end_state"}),
    ("I södra Örebro ska högst 30 procent av resorna göras med bil 2030.", {"scope": "district"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), STATED)
def test_the_goal_is_read(text: str, expected: dict[str, Any]) -> None:
    goals = [goal for goal in read_in(text).goals if goal.ownership != "external"]
    assert len(goals) == 1, goals
    assert agrees(goals[0], expected) == {}


@pytest.mark.parametrize(
    "text",
    [
        "Ska utsläppen minska med 40 procent till 2030?",
        "Kvarnbolaget AB har lovat halvera sina egna utsläpp till 2030.",
        "Örebro län ska vara klimatneutralt 2045.",
        "Orkla i Örebro ska vara fossilfritt 2030.",
        "Förslaget om att utsläppen ska minska med 90 procent till 2030 fick inget stöd.",
        "Nästa år ska vi anställa en upphandlare.",
        "Chalmers ska vara klimatneutralt 2035.",
        "Andras mål. Kvarnen: fossilfri 2030.",
        "Byalagets mål är fossilfritt 2030. Det är en yttre förutsättning, inte ett åtagande.",
    ],
)
def test_what_is_no_goal_of_ours_gives_none(text: str) -> None:
    assert own_goals(text) == []


def test_each_limb_of_a_list_is_a_goal() -> None:
    goals = read_in(
        "Programmet slår fast att utsläppen ska minska med 50 procent till 2030, att hälften av maten är ekologisk 2028"
        " samt att inga bilar drivs med bensin efter 2027."
    ).goals
    assert [goal.target_year for goal in goals[:2]] == [2030, 2028]


def test_a_bare_number_shares_the_percent_before() -> None:
    goals = read_in("Utsläppen ska minska, minus 40 procent till 2027 och minus 70 till 2032.").goals
    assert [(goal.value, goal.unit, goal.target_year) for goal in goals] == [
        (40.0, "percent", 2027),
        (70.0, "percent", 2032),
    ]


def test_a_remark_gives_the_last_goal_its_status() -> None:
    goals = own_goals("Vi har målet att utsläppen ska minska med 20 procent till 2030. Det målet har slopats.")
    assert [goal.status for goal in goals] == ["superseded"]


RESULTS: list[tuple[str, dict[str, Any]]] = [
    ("Elva gårdar har börjat sprida biokol.", {"outcome_type": "participation", "value": 11.0}),
    ("Kommunen har fått Energigalans hederspris.", {"outcome_type": "recognition"}),
    ("I fjol minskade utsläppen med 4 procent.", {"outcome_type": "measurement", "value": 4.0, "year": 2022}),
    ("Enligt Energimyndigheten uppgick kommunens utsläpp till 150 000 ton 2021.", {"value": 150000.0, "year": 2021}),
    ("Kommunens bussar är elektrifierade fullt ut.", {"outcome_type": "milestone"}),
]


@pytest.mark.parametrize(("text", "expected"), RESULTS)
def test_the_result_is_read(text: str, expected: dict[str, Any]) -> None:
    outcomes = read_in(text).outcomes
    assert len(outcomes) == 1, outcomes
    assert agrees(outcomes[0], expected) == {}


@pytest.mark.parametrize(
    "text",
    [
        "Kommunen vann inte priset.",
        "Utbyggnaden har försenats med sju månader.",
        "Värme i kommunens hus: högst 90 kWh per kvadratmeter.",
        "Har utsläppen minskat med 20 procent?",
    ],
)
def test_what_is_no_result_gives_none(text: str) -> None:
    assert facts(text)[1] == ()


def test_the_giver_is_named() -> None:
    (outcome,) = read_in("Kommunen fick 3 miljoner kronor från Naturvårdsverket.").outcomes
    assert [(actor.actor_name, actor.role) for actor in outcome.actors] == [("Naturvårdsverket", "funder")]


def test_the_decision_and_the_document_go_with_the_goal() -> None:
    found = read_in(
        "I maj 2022 antog kommunfullmäktige Klimatprogram 2022–2030. Programmet anger att utsläppen ska minska med 80"
        " procent till 2030."
    )
    (goal,) = found.goals
    assert (goal.decision_body, goal.decision_date) == ("kommunfullmäktige", "2022-05")
    assert goal.governing_document == "Klimatprogram 2022–2030"
    assert (0, 0, "stems_from") in found.goal_initiatives
