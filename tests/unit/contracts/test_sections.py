"""Headings become canonical sections by title; measured on whole contracts, read and unread."""

import json

import pytest

from orchestration.contracts.layout import lay_out
from orchestration.contracts.sections import place_of_masked, read_title
from orchestration.contracts.source import SourceText
from tests.conftest import GOLD


@pytest.mark.parametrize("gold_set", ["train_contracts", "authored_b", "authored_d", "authored_f", "authored_g", "dev"])
def test_at_least_97_percent_of_the_headings_of_whole_contracts_are_recognised(gold_set):
    expected = json.loads((GOLD / gold_set / "sections.json").read_text(encoding="utf-8"))
    right = 0
    for doc in {record["doc"] for record in expected}:
        with (GOLD / gold_set / f"{doc}.txt").open(encoding="utf-8", newline="") as file:
            found = dict(lay_out(SourceText(file.read())).headings)
        right += sum(found.get(r["char_start"]) == r["code"] for r in expected if r["doc"] == doc)
    assert right >= 0.97 * len(expected)


@pytest.mark.parametrize(
    ("line", "section"),
    [
        ("3.1. Kommunens klimatmål", "climate_goals"), ("4.2 Stadens klimatmål", "climate_goals"),
        ("3.5 Klimatinvesteringsplan/climate city deficit/finansiering", "investment_plan"),
        ("3.7 Regionalt innovationscentrum", "innovation_hub"), ("3.7. Innovationsnav", "innovation_hub"),
        ("3.3. Organisation och xxxxxxx", "organisation"), ("7.4 Viktigaste uppdateringar för myndigheterna", "updates_authorities"),
        ("Bilaga 1 – länkar till dokument", "appendix"), ("## Klimatanpassning", "adaptation"), ("9. Kontraktet", "contract"),
        ("4. Det här gör Viable Cities", "viable_cities_commitments"), ("5. Det här gör myndigheterna", "authority_commitments"),
        ("3. Det här gör Karlshamn", "municipal_commitments"), ("Bilaga 2 Styrande dokument", "appendix"),
        ("VIABLE CITIES ÅTAGANDEN", "viable_cities_commitments"), ("3.4 Cykelbanor och lek", None), ("", None),
    ],
)  # fmt: skip
def test_a_title_is_known_by_its_words_whatever_its_number(line, section):
    assert read_title(line).section == section


def test_a_masked_heading_is_known_by_its_place():
    assert read_title("3.3. Xxxxxxxxxxxx xxx xxxxxxx 0").is_masked
    assert place_of_masked("strategy", "collaboration") == "organisation"
    assert place_of_masked("strategy", "organisation") is None
    assert place_of_masked(None, "strategy") is None
