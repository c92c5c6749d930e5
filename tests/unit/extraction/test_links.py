"""Links between goals and initiatives: what stems from which document, what serves which goal."""

import pytest

from orchestration.contracts.document import divide
from orchestration.contracts.model import Municipality
from orchestration.extraction.extract import extract
from orchestration.extraction.lexicons import lexicon
from orchestration.extraction.links import link

_SAFFLE = Municipality("1785", "Säffle", "Säffle kommun", "Värmlands län", "saffle")


def _links(text: str) -> list[tuple[str, str, str]]:
    raw = "Viktigaste uppdateringar för kommunen\n\n" + text
    facts = extract(divide(raw), _SAFFLE)
    assert facts.goals, text
    return [
        (relation, facts.goals[goal].goal_type, facts.initiatives[number].name)
        for goal, number, relation in link(raw, facts.goals, facts.initiatives)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Säffle kommuns nya klimatprogram 2024–2030 antogs i juni. Enligt klimatprogrammet ska utsläppen i kommunen minska med 60 procent till 2030.",
        "Energiplan 2030 är beslutad av kommunfullmäktige. I energiplanen står att energianvändningen i kommunens lokaler ska minska med 20 procent till 2030.",
    ],
)
def test_a_goal_stems_from_the_document_that_states_it(text: str) -> None:
    assert any(relation == "stems_from" for relation, *_ in _links(text))


def test_a_word_that_two_documents_share_links_to_neither() -> None:
    text = (
        "Klimatstrategi för skogen antogs i juni. En klimatstrategi för vattnet antogs i maj. "
        "Enligt klimatstrategin ska utsläppen i kommunen minska med 60 procent till 2030."
    )
    assert not [found for found in _links(text) if found[0] == "stems_from"]


@pytest.mark.parametrize(
    "text",
    [
        "Vi har infört en klimatbudget för att nå målet att utsläppen i kommunen ska minska med 60 procent till 2030.",
        "För att nå målet att utsläppen i kommunen ska minska med 60 procent till 2030 inrättas en klimatfond.",
    ],
)
def test_an_initiative_serves_the_goal_that_it_is_said_to_be_for(text: str) -> None:
    assert any(relation == "serves" for relation, *_ in _links(text))


def test_an_initiative_beside_a_goal_serves_nothing_where_no_words_say_so() -> None:
    text = "Vi har infört en klimatbudget. Utsläppen i kommunen ska minska med 60 procent till 2030."
    assert not [found for found in _links(text) if found[0] == "serves"]


@pytest.mark.parametrize("key", ["serves", "served_by", "articles", "passing"])
def test_every_entry_is_in_small_letters_and_stands_once(key: str) -> None:
    entries = lexicon("links")[key]
    assert len(entries) == len(set(entries))
    assert all(entry == entry.casefold() for entry in entries)
