"""Start and end years of initiatives."""

import pytest

from orchestration.contracts.document import divide
from orchestration.contracts.municipalities import municipalities
from orchestration.extraction.initiatives.find import find_initiatives

OWN = municipalities().named("Säffle")


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Projektet Stilla gatan (2021–2024) pågår.", (2021, 2024)),
        ("Projektet Stilla gatan, som leds av Region Värmland och löper 2022–2025, pågår.", (2022, 2025)),
        ("Projektet Stilla gatan pågår fram till 2026.", (None, 2026)),
        ("Klimatrådet har funnits sedan hösten 2021.", (2021, None)),
        ("En klimatplan antogs i maj 2023.", (None, None)),
        ("Klimatplanen gäller till 2030.", (None, None)),
    ],
)
def test_years_are_those_that_the_text_gives_the_initiative(text: str, years: tuple[int | None, int | None]) -> None:
    found = find_initiatives(divide(text), OWN)[0]
    assert (found.start_year, found.end_year) == years


def test_the_present_with_a_year_to_come_is_planned() -> None:
    text = "Version 2024\n\nVi har under 2024 arbetat vidare. Under 2026 handlas en sensorplattform för luft upp."
    found = find_initiatives(divide(text), OWN)
    assert [one.status for one in found if "sensor" in one.name.casefold()] == ["planned"]
