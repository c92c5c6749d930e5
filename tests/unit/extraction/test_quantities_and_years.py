import pytest

from orchestration.contracts.model import Sentence, Span
from orchestration.extraction.clauses.quantities import find_quantities
from orchestration.extraction.clauses.years import find_years
from orchestration.extraction.language.number_words import number_of
from orchestration.extraction.language.words import Tagged


def tagged(text: str) -> Tagged:
    return Tagged(Sentence(0, Span(0, len(text)), text, "paragraph", "other", 0))


@pytest.mark.parametrize(
    ("word", "value"),
    [("1 200,5", 1200.5), ("tjugosex", 26), ("tvåhundrafemtio", 250), ("tolvhundra", 1200), ("sextiotal", 60),
     ("femtontusen", 15000), ("programmet", None), ("enhet", None), ("tiondelen", None)],
)  # fmt: skip
def test_digits_and_number_words_are_numbers_and_look_alikes_are_not(word: str, value: float | None) -> None:
    assert number_of(word) == value


@pytest.mark.parametrize(
    ("text", "value", "unit", "bound"),
    [("minst 15 procent", 15, "percent", "at_least"),
     ("får inte överstiga 30 procent", 30, "percent", "at_most"),
     ("inte understiga 30 procent", 30, "percent", "at_least"),
     ("under 2 ton CO2e per invånare", 2, "tCO2e_per_capita", "at_most"),
     ("cirka 3 500 ton koldioxidekvivalenter", 3500, "tCO2e", "about"),
     ("1,1 TWh", 1100, "GWh", None),
     ("en halv miljard kronor", 5e8, "SEK", None),
     ("22,4 mnkr", 22.4e6, "SEK", None),
     ("hälften", 50, "percent", None),
     ("sju av tio", 70, "percent", None),
     ("tjugosex företag", 26, "actors", None),
     ("minst 150 ha avgivit löften", 150, "count", "at_least")],
)  # fmt: skip
def test_a_quantity_has_its_unit_and_bound(text: str, value: float, unit: str, bound: str | None) -> None:
    quantity = find_quantities(tagged(text))[0]
    assert (round(quantity.value, 6), quantity.unit, quantity.bound) == (value, unit, bound)


@pytest.mark.parametrize("text", ["avsnitt 7", "den 6 december", "scope 1", "vart femte år", "1990-talet", "2030"])
def test_numbers_that_name_or_date_are_no_quantities(text: str) -> None:
    assert find_quantities(tagged(text)) == []


@pytest.mark.parametrize(
    ("text", "role"),
    [("minskat sedan 1990", "baseline"), ("jämfört med 2015", "baseline"), ("från 2020 års nivå", "baseline"),
     ("med 2015 som basår", "baseline"), ("lägre än de var 2005", "baseline"), ("senast 2030", "target"),
     ("före utgången av 2026", "target"), ("till och med 2028", "target"), ("från och med 2027", "effective"),
     ("i maj 2023", "dated"), ("programmet Klimatprogram 2030", "name"), ("räknat från 1990", "baseline")],
)  # fmt: skip
def test_the_cue_tells_the_role_of_a_year(text: str, role: str) -> None:
    assert find_years(tagged(text))[0].role == role


@pytest.mark.parametrize("text", ["under perioden 2020–2040", "mellan 2020 och 2040", "för åren 2020-2040"])
def test_a_stretch_of_years_is_one_range(text: str) -> None:
    years = find_years(tagged(text))
    assert [(year.value, year.end, year.role) for year in years] == [(2020, 2040, "range")]
