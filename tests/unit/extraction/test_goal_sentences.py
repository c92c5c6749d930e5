"""Many sentences in many manners: which state a goal of the municipality, and which only look so. All are invented."""

from pathlib import Path
from typing import Any

import pytest

from orchestration.contracts.document import divide
from orchestration.extraction.extract import extract
from orchestration.extraction.facts import Goal
from tests.unit.extraction.reading_of import OREBRO, agrees

SENTENCES = Path(__file__).parent / "sentences"
YEAR = 2024


def sentences(name: str) -> list[str]:
    lines = (SENTENCES / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def goals_of(text: str) -> list[Goal]:
    return [goal for goal in extract(divide(text), OREBRO, YEAR).goals if goal.ownership == "own"]


@pytest.mark.parametrize("text", sentences("goals.txt"))
def test_a_goal_is_found(text: str) -> None:
    assert goals_of(text)


@pytest.mark.parametrize("text", sentences("no_goals.txt"))
def test_no_goal_is_found(text: str) -> None:
    assert [goal.evidence.rule_id for goal in goals_of(text)] == []


READ: list[tuple[str, list[dict[str, Any]]]] = [
    ("Målet att 60 procent av maten ska vara ekologisk är nu uppnått.", [{"status": "achieved"}]),
    ("Etappmålet för 2027 – 30 procent lägre utsläpp – ligger fast.",
     [{"value": 30.0, "target_form": "base_year_reduction"}]),
    ("Målet är satt till 30 procent lägre energianvändning 2030.", [{"target_form": "base_year_reduction"}]),
    ("Koldioxidutsläppen per invånare ska understiga ett ton år 2040.",
     [{"value": 1.0, "unit": "tCO2e_per_capita", "bound": "at_most"}]),
    ("Till 2027 ska 200 nya laddpunkter finnas på kommunens parkeringar.", [{"goal_type": "transport"}]),
    ("Stadens ambition är att nå nettonollutsläpp till 2040 och därefter vara klimatpositiv.",
     [{"goal_type": "net_zero", "target_year": 2040}, {"goal_type": "climate_positive"}]),
    ("Avfallsmängden per invånare ska minska till 300 kg 2028.", [{"target_form": "intensity"}]),
    ("Från och med 2026 ska nya kommunala byggnader ha en klimatpåverkan på högst 200 kg CO2e per kvadratmeter.",
     [{"target_form": "intensity", "bound": "at_most"}]),
    ("Solel på egna tak: ≥ 60 GWh 2030.", [{"bound": "at_least", "value": 60.0}]),
    ("Utsläppen ska netto vara noll 2042.", [{"goal_type": "net_zero"}]),
    ("Utfasning av fossil olja i kommunens fastigheter ska vara genomförd senast 2027.", [{"goal_type": "fossil_free"}]),
    ("Cykelandel i tätorten: 21 % (2019) → 30 % (2030)",
     [{"value": 30.0, "baseline_year": 2019, "target_year": 2030, "scope": "urban_area"}]),
    ("Köpt energi i lokalerna: 187 kWh/m² (2015) | 151 (2022) | målvärde 130 (2027)",
     [{"value": 130.0, "unit": "kWh", "target_year": 2027}]),
    ("Elbilar i flottan: hälften 2026, alla 2030.", [{"target_year": 2026}, {"target_year": 2030}]),
    ("Max 300 kg CO2e per kvadratmeter i egna byggprojekt, från 2028 240 kg.", [{"value": 300.0}, {"value": 240.0}]),
    ("Transporter till egna byggen: 100 % el fr.o.m. 2026-01-01.", [{"value": 100.0, "target_year": 2026}]),
    ("Utsläppen ska ha halverats innan årtiondet är slut.", [{"target_year": 2030}]),
    ("Bilresorna ska minska med 20 procent under mandatperioden.", [{"target_year": 2026}]),
    ("Ett klimatlöfte har 29 företag skrivit under. Siktet är inställt på 75 till 2027.",
     [{"goal_type": "participation", "value": 75.0, "unit": "actors", "scope": "partners", "target_year": 2027}]),
    ("Utsläppen av fosfor ska vara högst 90 kilo per år 2030.", [{"goal_type": "other"}]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), READ)
def test_the_goal_reads(text: str, expected: list[dict[str, Any]]) -> None:
    found = goals_of(text)
    assert len(found) == len(expected), [(goal.statement, goal.evidence.rule_id) for goal in found]
    assert [agrees(goal, one) for goal, one in zip(found, expected, strict=True)] == [{} for _ in expected]


@pytest.mark.parametrize(
    ("text", "ownership"),
    [
        ("Kommunen ställer sig bakom regionens mål om ett fossilfritt län 2030.", "adopted"),
        ("Vi har gjort Sveriges mål om nettonollutsläpp 2045 till vårt eget.", "adopted"),
        ("Regionens mål är ett fossilfritt län 2030.", "external"),
        ("Kommunens mål är ett fossilfritt Örebro 2030.", "own"),
    ],
)
def test_whose_goal_it_is(text: str, ownership: str) -> None:
    assert [goal.ownership for goal in extract(divide(text), OREBRO, YEAR).goals] == [ownership]
