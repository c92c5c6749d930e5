from typing import Any

import pytest

from orchestration.extraction.outcomes.model import Model
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


PHRASINGS: list[tuple[str, dict[str, Any]]] = [
    ("En minskning med 12 procent sedan 1990.", {"value": 12.0, "direction": "decrease", "baseline_year": 1990}),
    ("Sju av tio förskolor har i dag en egen kompost.", {"value": 70.0, "unit": "percent"}),
    ("Av kommunens 212 personbilar är nu 147 laddbara.", {"outcome_type": "measurement", "value": 147.0}),
    ("Drygt var tredje anställd reste kollektivt.", {"value": 33.33, "scope": "municipal_organisation"}),
    ("Fem miljoner kronor i stöd från Klimatklivet.", {"outcome_type": "funding", "value": 5000000.0, "unit": "SEK"}),
    ("Trafikverket skjuter till 31 av 70 miljoner kronor.", {"outcome_type": "funding", "value": 31000000.0}),
    ("Utsläpp 2022: 118 kton CO2e.", {"value": 118000.0, "unit": "tCO2e", "year": 2022}),
    ("I somras planterades 600 träd.", {"value": 600.0, "year": 2024}),
    ("Solparken levererade 3,8 GWh under 2023.", {"value": 3.8, "unit": "GWh", "year": 2023}),
    ("Utsläppen ligger nu 31 procent under 2005 års nivå.",
     {"value": 31.0, "direction": "decrease", "baseline_year": 2005}),
    ("Förvaltningarna drog 9 procent mindre el än året innan.",
     {"value": 9.0, "direction": "decrease", "baseline_year": 2023}),
    ("Jordbruket stod 2022 för 31 procent av kommunens utsläpp.", {"value": 31.0, "scope": "sector", "year": 2022}),
    ("Undertecknarnas utsläpp har minskat med 11 procent.", {"value": 11.0, "scope": "partners"}),
    ("Kommunens sista oljepanna, i badhuset, togs ur drift den 2 maj.", {"outcome_type": "milestone", "year": 2024}),
    ("Fjärrvärmen är fossilfri sedan 2020.", {"outcome_type": "milestone", "year": 2020}),
    ("Bostadsbolaget blev i maj Årets hyresvärd.", {"outcome_type": "recognition", "year": 2024}),
    ("Örebro utsågs till Årets cykelkommun.", {"outcome_type": "recognition", "year": None}),
    ("Vi hamnade på femte plats i länet.", {"outcome_type": "recognition"}),
]  # fmt: skip

NEITHER = [
    "Gränsvärdet är 250 kg CO2e per kvadratmeter.",
    "Tidigare stod det 60 procent i planen.",
    "Genomsnittet i riket är 5,2 ton per invånare.",
    "Om bidraget beviljas får vi 3 miljoner kronor.",
    "Klimatklivet: avslag på 8,4 mnkr.",
    "Osäkerhet i territoriell statistik: ± 5 %.",
    "Detaljplanen vann laga kraft i september.",
    "Protokollet finns under KS/2021:318 från 2022-06-10.",
    "Färdplan 2.0 antogs i maj.",
    "Motionen om fossilfria hamnarbeten väcktes i oktober.",
]


@pytest.mark.parametrize(("sentence", "expected"), PHRASINGS)
def test_results_are_told_in_many_ways(sentence: str, expected: dict[str, Any]) -> None:
    _, outcomes = facts(sentence, year=2024)
    assert len(outcomes) == 1, [outcome.statement for outcome in outcomes]
    assert not agrees(outcomes[0], expected)


@pytest.mark.parametrize("sentence", NEITHER)
def test_figures_that_were_never_measured_are_no_results(sentence: str) -> None:
    assert facts(sentence, year=2024)[1] == ()


@pytest.mark.parametrize(
    ("row", "value", "year"),
    [
        ("Köpt energi: 187 kWh/m² (2015) | 151 (2022) | målvärde 130 (2027)", 151.0, 2022),
        ("Cykelandel i tätorten: 21 % (2019) → 30 % (2030).", 21.0, 2019),
        ("Solel på egna tak: 2 GWh 2028 (0,6 GWh 2023).", 0.6, 2023),
        ("Skolmatens avtryck: 1,2 kg CO2e per kg livsmedel senast 2025, nu 1,6.", 1.6, None),
    ],
)
def test_todays_figure_beside_a_goal_is_a_result_of_its_own(row: str, value: float, year: int | None) -> None:
    _, outcomes = facts(row, year=2024)
    assert [(outcome.value, outcome.year) for outcome in outcomes] == [(value, year)]


def test_two_figures_of_a_clause_are_cited_apart() -> None:
    _, outcomes = facts("Utbildningen lockade 230 chefer och 1 400 medarbetare.", year=2024)
    assert [outcome.value for outcome in outcomes] == [230.0, 1400.0]
    one, other = (outcome.evidence.spans[0] for outcome in outcomes)
    assert one.end <= other.start


def test_a_model_may_overrule_a_rule_of_little_certainty() -> None:
    sentence = "Utsläppen har sedan 1990 minskat med drygt en tredjedel."
    doubting = Model({"bias": -5.0}, threshold=0.7, veto=0.2)
    assert [outcome.value for outcome in facts(sentence)[1]] == [33.33]
    assert facts(sentence, model=doubting)[1] == ()
