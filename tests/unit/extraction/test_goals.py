from typing import Any

import pytest

from tests.unit.extraction.reading_of import GOTLAND, agrees, facts, own_goals

ONE_GOAL: list[tuple[str, dict[str, Any]]] = [
    # the year before the metric
    ("Senast år 2030 ska utsläppen av växthusgaser ha halverats jämfört med 2015.",
     {"goal_type": "emission_reduction", "target_form": "base_year_reduction", "value": 50.0, "unit": "percent",
      "direction": "decrease", "baseline_year": 2015, "target_year": 2030}),
    # nominal change
    ("Kommunens klimatmål är 80 procents minskning av territoriella utsläpp till 2030 jämfört med 1990.",
     {"value": 80.0, "scope": "territorial", "baseline_year": 1990, "target_year": 2030}),
    # caps
    ("Till 2030 får utsläppen inte överstiga 150 000 ton.",
     {"value": 150000.0, "unit": "tCO2e", "bound": "at_most", "target_form": "fixed_level"}),
    ("Matsvinnet per portion ska understiga 25 gram senast 2025.", {"goal_type": "food", "bound": "at_most"}),
    ("Energianvändningen får år 2027 vara högst 130 kWh per kvadratmeter.",
     {"goal_type": "energy_efficiency", "target_form": "intensity", "unit": "kWh", "value": 130.0}),
    # intervals
    ("Utsläppen ska minska med 10–14 procent per år.",
     {"value": 10.0, "value_max": 14.0, "unit": "percent_per_year", "target_form": "annual_rate"}),
    # from one level to another: the end level, the start year is the baseline
    ("Andelen förnybar energi ska öka från 62 procent 2020 till 85 procent 2030.",
     {"goal_type": "renewable_share", "value": 85.0, "baseline_year": 2020, "target_year": 2030}),
    # number words
    ("Tjänsteresor med flyg ska minska med två tredjedelar till 2027 jämfört med 2019.",
     {"value": 66.67, "scope": "municipal_organisation", "baseline_year": 2019}),
    ("Till utgången av 2028 ska två av tre kommunala måltider vara vegetariska.",
     {"goal_type": "food", "value": 66.67, "target_form": "share", "target_year": 2028}),
    ("Varannan måltid ska vara växtbaserad 2027.", {"goal_type": "food", "value": 50.0, "target_year": 2027}),
    # verbless
    ("Upphandlade transporter: fossilfria 2027.", {"goal_type": "fossil_free", "target_year": 2027}),
    ("Matsvinn: högst 20 g per portion 2026.", {"goal_type": "food", "value": 20.0, "bound": "at_most"}),
    # end states
    ("År 2035 är Örebro en klimatneutral kommun.", {"goal_type": "climate_neutral", "target_year": 2035}),
    ("Vårt mål är nettonollutsläpp till 2040.", {"goal_type": "net_zero", "target_year": 2040}),
    ("Från 2026 ska alla nyinköpta personbilar vara elbilar.", {"goal_type": "fossil_free", "target_form": "end_state"}),
    # budgets
    ("Koldioxidbudgeten medger utsläpp om högst 1,2 miljoner ton koldioxid under perioden 2023–2040.",
     {"goal_type": "carbon_budget", "value": 1200000.0, "unit": "tCO2", "bound": "at_most", "target_year": 2040,
      "baseline_year": None}),
    ("Mellan 2022 och 2040 får högst 2,5 miljoner ton koldioxid släppas ut i Örebro.",
     {"goal_type": "carbon_budget", "target_year": 2040, "scope": "territorial"}),
    # participation
    ("Minst 100 företag ska ha skrivit under klimatlöftet senast 2026.",
     {"goal_type": "participation", "value": 100.0, "unit": "actors", "bound": "at_least", "scope": "partners"}),
    # status
    ("Det förra målet om 30 procent lägre utsläpp till 2020 uppfylldes.", {"status": "achieved", "target_year": 2020}),
    ("Det tidigare målet, 30 procent till 2025, är inte längre aktuellt.", {"status": "superseded"}),
    ("Miljönämnden föreslår att kommunen ska bli klimatpositiv senast 2045.",
     {"goal_type": "climate_positive", "status": "proposed"}),
    ("I utkastet till energiplan föreslås ett mål om 30 GWh solel 2030.",
     {"status": "proposed", "governing_document": "energiplan", "unit": "GWh"}),
    # per head
    ("Den konsumtionsbaserade klimatpåverkan per person ska vara högst två ton 2040.",
     {"scope": "consumption_based", "unit": "tCO2e_per_capita", "value": 2.0, "bound": "at_most"}),
    # revised in place
    ("Målet för energieffektivisering har höjts från 20 till 30 procent till 2030, jämfört med 2008.",
     {"value": 30.0, "baseline_year": 2008, "target_year": 2030}),
]  # fmt: skip

NO_GOAL = [
    "Inga nya åtaganden har gjorts under året.",
    "Kommunen har ännu inte satt något mål för konsumtionen.",
    "Beräkningar visar att utsläppen minskar med 38 procent till 2030.",
    "Prognosen pekar mot 35 procent lägre utsläpp 2030.",
    "Det krävs en minskning med 14 procent varje år för att klara koldioxidbudgeten.",
    "Kommunens koldioxidbudget överskreds med 12 procent under 2022.",
    "Projektet Klimatneutrala Örebro 2030 löper till 2025.",
    "Översiktsplanen sträcker sig till 2050.",
    "Ungdomarna vill att målet ska vara nettonoll 2030.",
    "En handlingsplan ska tas fram under 2025.",
    "Klimatinvesteringsplanen ska vara klar 2026.",
]

SOMEONE_ELSES = [
    "Sverige ska ha nettonollutsläpp senast 2045.",
    "Regionens mål är att länet ska vara klimatneutralt 2040.",
    "Volvo siktar på att vara klimatneutralt till 2040.",
    "Det nationella målet om 70 procent lägre utsläpp från transporter till 2030 är viktigt för oss.",
    "Enligt EU:s klimatlag ska unionen vara klimatneutral 2050.",
    "Fastighetsbolaget Castellum har målet att vara klimatneutralt 2030.",
    "Flygplatsen ägs av Swedavia, som ska ha fossilfritt inrikesflyg 2030.",
    "Axfood har som mål att matsvinnet ska halveras till 2025.",
    "Örebro universitet ska vara klimatneutralt 2030.",
    "Som en del av EU:s mission ska 100 städer bli klimatneutrala 2030.",
    "Regeringen har satt målet att utsläppen ska minska med 60 procent till 2030.",
    "Skånes klimatstrategi har målet att utsläppen ska minska med 80 procent till 2030.",
]


@pytest.mark.parametrize(("sentence", "expected"), ONE_GOAL)
def test_a_sentence_gives_its_goal_with_its_slots(sentence: str, expected: dict[str, Any]) -> None:
    goals = own_goals(sentence)
    assert len(goals) == 1, [goal.statement for goal in goals]
    assert not agrees(goals[0], expected)


@pytest.mark.parametrize("sentence", NO_GOAL)
def test_what_is_no_goal_gives_none(sentence: str) -> None:
    assert own_goals(sentence) == []


@pytest.mark.parametrize("sentence", SOMEONE_ELSES)
def test_someone_elses_goal_is_never_the_municipalitys_own(sentence: str) -> None:
    assert own_goals(sentence) == []


def test_a_region_that_is_the_municipality_owns_its_goals() -> None:
    sentence = "Regionens egna verksamheter ska vara fossilbränslefria 2027."
    assert own_goals(sentence, GOTLAND)[0].goal_type == "fossil_free"


def test_staged_targets_are_goals_of_their_own_and_share_the_baseline() -> None:
    goals = own_goals("Utsläppen ska ner med 55 % till 2027, 75 % till 2030 och 90 % till 2035, allt jämfört med 2010.")
    assert [(goal.value, goal.target_year, goal.baseline_year) for goal in goals] == [
        (55.0, 2027, 2010), (75.0, 2030, 2010), (90.0, 2035, 2010)]  # fmt: skip


def test_three_part_shares_are_three_goals() -> None:
    goals = own_goals("Resandet ska 2030 fördelas på 40 procent cykel, 20 procent kollektivtrafik och 40 procent bil.")
    assert [goal.value for goal in goals] == [40.0, 20.0, 40.0]


def test_two_baselines_in_one_sentence_are_told_apart() -> None:
    goals = own_goals(
        "Utsläppen ska minska med 50 procent till 2030 jämfört med 2018, vilket motsvarar 70 procent jämfört med 1990."
    )
    assert [(goal.value, goal.baseline_year) for goal in goals] == [(50.0, 2018), (70.0, 1990)]


def test_a_replaced_goal_and_its_successor_are_two_goals() -> None:
    goals = own_goals("Fullmäktige har ersatt målet om fossilfrihet 2030 med klimatneutralitet 2035.")
    assert [(goal.goal_type, goal.target_year) for goal in goals] == [("fossil_free", 2030), ("climate_neutral", 2035)]
    assert goals[0].status == "superseded"


def test_bullets_under_a_lead_share_its_verb_and_year() -> None:
    goals = own_goals(
        "Till 2030 ska vi:\n• minska utsläppen med 50 procent\n• ha minst 40 procent av resorna med cykel\n"
    )
    assert [(goal.value, goal.target_year) for goal in goals] == [(50.0, 2030), (40.0, 2030)]


def test_a_goal_named_twice_is_one_goal_with_two_quotes() -> None:
    goals = own_goals("Örebro ska vara klimatneutralt 2035. Vi påminner om att Örebro ska vara klimatneutralt 2035.")
    assert len(goals) == 1
    assert len(goals[0].evidence.spans) == 2


def test_a_decimal_comma_and_thousands_with_thin_spaces_are_one_number() -> None:
    goals = own_goals("Utsläppen ska vara högst 12\u2009500,5 ton 2030.")
    assert goals[0].value == 12500.5


def test_a_note_digit_glued_to_a_year_is_no_part_of_it() -> None:
    assert own_goals("Örebro ska vara klimatneutralt 20352.")[0].target_year == 2035


def test_what_external_goals_say_is_kept_apart() -> None:
    goals, _ = facts("Sverige ska ha nettonollutsläpp senast 2045.")
    assert [(goal.ownership, goal.target_year) for goal in goals] == [("external", 2045)]
