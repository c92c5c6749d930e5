from typing import Any

import pytest

from tests.unit.extraction.reading_of import agrees, facts

ONE_OUTCOME: list[tuple[str, dict[str, Any]]] = [
    ("Mellan 2015 och 2022 minskade de territoriella utsläppen med 28 procent.",
     {"outcome_type": "measurement", "value": 28.0, "direction": "decrease", "baseline_year": 2015, "year": 2022,
      "scope": "territorial"}),
    ("Utsläppen har sedan 1990 minskat med drygt en tredjedel.", {"value": 33.33, "baseline_year": 1990}),
    ("Energianvändningen i fastigheterna sjönk från 168 till 151 kWh per kvadratmeter.",
     {"value": 151.0, "unit": "kWh", "direction": "decrease"}),
    ("Andelen ekologiska livsmedel uppgår till 46 procent.", {"value": 46.0, "scope": "municipal_organisation"}),
    ("Fjärrvärmen är till 97 procent fossilfri.", {"value": 97.0, "unit": "percent"}),
    ("I dag cyklar 34 procent av eleverna till skolan.", {"value": 34.0}),
    ("Klimatlöftet har nu 85 anslutna företag.", {"outcome_type": "participation", "value": 85.0, "unit": "actors"}),
    ("Drygt 400 elever deltog i klimatveckan.", {"outcome_type": "participation", "value": 400.0}),
    ("Kommunen har beviljats 6,5 miljoner kronor från Vinnova för projektet.",
     {"outcome_type": "funding", "value": 6500000.0, "unit": "SEK"}),
    ("Projektet finansieras av Energimyndigheten med 4,2 mnkr.", {"outcome_type": "funding", "value": 4200000.0}),
    ("Örebro utsågs till Årets miljökommun 2022.", {"outcome_type": "recognition", "year": 2022}),
    ("I Aktuell Hållbarhets rankning hamnade vi på plats 7.", {"outcome_type": "recognition"}),
    ("Halterna av kvävedioxid klarade miljökvalitetsnormen.", {"outcome_type": "milestone"}),
]  # fmt: skip

NO_OUTCOME = [
    "En ansökan om 25 miljoner kronor har skickats till Klimatklivet.",
    "Åtgärderna beräknas kosta 240 miljoner kronor.",
    "Kommunen deltar i nätverket tillsammans med 22 andra städer.",
    "I Sverige minskade utsläppen med 5 procent.",
    "Vi ska utbilda 500 medarbetare till 2027.",
    "Anna Berg utsågs till projektledare.",
    "Utsläppen väntas minska med 40 procent till 2030.",
]


@pytest.mark.parametrize(("sentence", "expected"), ONE_OUTCOME)
def test_a_sentence_gives_its_outcome_with_its_slots(sentence: str, expected: dict[str, Any]) -> None:
    goals, outcomes = facts(sentence)
    assert goals == ()
    assert len(outcomes) == 1, [outcome.statement for outcome in outcomes]
    assert not agrees(outcomes[0], expected)


@pytest.mark.parametrize("sentence", NO_OUTCOME)
def test_what_is_no_result_gives_none(sentence: str) -> None:
    assert facts(sentence)[1] == ()


def test_shares_of_a_whole_are_results_of_their_own() -> None:
    _, outcomes = facts("Uppvärmningen står för 34 procent av utsläppen, transporterna för 41 procent.")
    assert [outcome.value for outcome in outcomes] == [34.0, 41.0]


def test_the_corresponding_figure_takes_direction_and_years_from_the_figure_before() -> None:
    _, outcomes = facts(
        "Mellan 2010 och 2022 minskade organisationens utsläpp med 83 procent. "
        "I kommunen som geografisk enhet är motsvarande siffra 55 procent."
    )
    assert [(o.value, o.direction, o.baseline_year, o.year, o.scope) for o in outcomes][1] == (
        55.0, "decrease", 2010, 2022, "territorial")  # fmt: skip


def test_a_result_and_a_goal_in_one_sentence_are_told_apart() -> None:
    goals, outcomes = facts("Andelen ekologisk mat är 42 procent och ska nå 60 procent 2026.")
    assert [goal.value for goal in goals] == [60.0]
    assert [outcome.value for outcome in outcomes] == [42.0]
