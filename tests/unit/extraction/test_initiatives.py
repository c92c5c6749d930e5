"""Initiatives of a document, from text to facts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.contracts.document import divide
from orchestration.contracts.municipalities import municipalities
from orchestration.extraction.extract import extract
from orchestration.extraction.facts import Initiative
from orchestration.extraction.initiatives.find import find_initiatives
from orchestration.extraction.initiatives.model import committed

OWN = municipalities().named("Säffle")


def find(text: str) -> tuple[Initiative, ...]:
    return find_initiatives(divide(text), OWN)


def quotes_of(text: str) -> list[str]:
    return [text[span.start : span.end] for span in find(text)[0].evidence.spans]


def test_a_decided_plan_is_a_governing_document() -> None:
    (plan,) = find("En klimatplan antogs av kommunfullmäktige i maj 2023.")
    assert (plan.name, plan.initiative_type, plan.status, plan.is_governing_document) == (
        "Klimatplan",
        "plan",
        "decided",
        True,
    )


def test_an_initiative_named_twice_is_one_with_both_names_quoted() -> None:
    quotes = quotes_of("En energiplan antogs i maj. Energiplanen omfattar alla bolag.")
    assert quotes == ["En energiplan", "Energiplanen", "En energiplan antogs"]


def test_a_later_sentence_about_the_plan_tells_its_status_and_actors() -> None:
    (project,) = find("Under året startade projektet Stilla gatan. Projektet leds av Region Värmland.")
    assert [(actor.actor_name, actor.role) for actor in project.actors] == [("Region Värmland", "lead")]


def test_a_range_in_the_name_gives_start_and_end() -> None:
    (plan,) = find("Miljöprogram 2021–2030 antogs i fjol.")
    assert (plan.start_year, plan.end_year) == (2021, 2030)


def test_a_status_left_open_is_an_interval() -> None:
    (plan,) = find("Den nya handlingsplanen för resor har påbörjats eller genomförts i alla förvaltningar.")
    assert (plan.status, plan.status_max) == ("ongoing", "completed")


def test_the_first_quote_is_the_name_and_a_further_one_proves_the_status() -> None:
    assert quotes_of("Vår klimatplan för skolor har under hösten antagits.") == [
        "Vår klimatplan för skolor",
        "Vår klimatplan för skolor har under hösten antagits",
    ]


def test_a_later_sentence_that_tells_the_status_is_quoted() -> None:
    text = "Under året startade projektet Stilla gatan. Projektet har nu pausats."
    assert find(text)[0].status == "paused"
    assert quotes_of(text)[-1] == "Projektet har nu pausats"


@pytest.mark.parametrize(
    ("text", "body", "date"),
    [
        ("En klimatplan antogs av kommunfullmäktige den 15 juni 2023.", "kommunfullmäktige", "2023-06-15"),
        ("En klimatplan antogs av kommunstyrelsen i juni 2022.", "kommunstyrelsen", "2022-06"),
        ("Tekniska nämnden antog 2022 en klimatplan.", "nämnden", "2022"),
        ("En klimatplan antogs i maj.", None, None),
        ("En klimatplan för åren till 2030 har antagits.", None, None),
        ("En klimatplan ska antas av kommunfullmäktige i maj 2026.", None, None),
        ("En klimatplan togs fram i maj 2023.", None, None),
    ],
)
def test_a_decision_has_its_body_and_date_as_far_as_stated(text: str, body: str | None, date: str | None) -> None:
    (plan,) = find(text)
    assert (plan.decision_body, plan.decision_date) == (body, date)


def test_what_others_commit_to_gives_nothing() -> None:
    text = (
        "1. Syftet med Klimatkontrakt 2030\nEn klimatplan antogs.\n\n5. Myndigheternas åtaganden\nEn färdplan antogs.\n"
    )
    assert find(text) == ()


def test_goals_and_results_are_no_initiatives() -> None:
    assert find("Utsläppen har minskat med 12 procent sedan 2015. Kommunen ska vara klimatneutral 2030.") == ()


def test_every_weight_is_a_number_and_the_bias_is_there() -> None:
    assert "bias" in committed().weights


WORDS = st.sampled_from(
    [
        "en",
        "klimatplan",
        "projektet",
        "Gröna",
        "gatan",
        "antogs",
        "ska",
        "tas",
        "fram",
        ",",
        ".",
        ";",
        ":",
        "”",
        "–",
        "(",
        ")",
        "och",
        "med",
        "Vinnova",
        "Lund",
        "2024",
        "2021–2030",
        "av",
        "för",
        "i",
        "klimatbud-",
        "get\n",
        "•",
        "3.2.",
        "Strategi\n",
        "nätverket",
        "har",
        "pausats",
        "inte",
        "Xxxxx",
        "över",
        "ett",
        "förslag",
        "till",
        "14",
        "procent",
        "\xad",
        "\n\n",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=60).map(" ".join)))
def test_any_text_gives_literal_quotes_and_the_same_facts_twice(text: str) -> None:
    document = divide(text)
    found = find_initiatives(document, OWN)
    assert found == find_initiatives(divide(text), OWN)
    for initiative in found:
        spans = [*initiative.evidence.spans, *(span for actor in initiative.actors for span in actor.evidence.spans)]
        assert all(0 <= span.start < span.end <= len(text) for span in spans)
        assert initiative.name


def test_what_is_waited_for_is_no_initiative_and_what_waits_is_paused():
    text = (
        "Arbetet med att ta fram en Energiplan för Örebro kommun har inletts under året. Arbetet har nu bromsats i väntan "
        "på den statliga utredningen om lagen om kommunal energiplanering."
    )
    found = extract(divide(text), municipalities().named("Örebro"), 2023).initiatives
    assert [(initiative.name, initiative.status) for initiative in found] == [
        ("Energiplan för Örebro kommun", "paused")
    ]
