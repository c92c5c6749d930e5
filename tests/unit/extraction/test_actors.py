"""Actors named in a sentence, and their roles."""

import pytest

from orchestration.contracts.municipalities import municipalities
from orchestration.extraction.actors.named import find_actors
from orchestration.extraction.actors.roles import role_of
from orchestration.extraction.language.tokens import tokenize

OWN = municipalities().named("Säffle")


def actors_in(text: str) -> list[tuple[str, str, str]]:
    tokens = tokenize(text)
    found = find_actors(tokens, OWN)
    return [
        (named.actor.name, named.actor.actor_type, role_of(tokens, found, number)[0])
        for number, named in enumerate(found)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Projektet har finansiering från Vinnova.", [("Vinnova", "national_agency", "funder")]),
        ("Studien görs tillsammans med Uppsala universitet.", [("Uppsala universitet", "university", "partner")]),
        ("Rådet leds av Region Värmland.", [("Region Värmland", "region", "lead")]),
        ("Depån byggs med medel från Klimatklivet.", [("Klimatklivet", "fund", "funder")]),
        ("Planen granskas av Länsstyrelsen i Skåne län.", [("Länsstyrelsen i Skåne län", "county_board", "reviewer")]),
        ("Vi är ihopkopplade med Leuven.", [("Leuven", "foreign_city", "twin")]),
        ("Avtalet slöts med bostadsbolaget Tallhem.", [("Tallhem", "municipal_company", "partner")]),
        ("Bolaget Norrby Energi AB deltar.", [("Norrby Energi AB", "municipal_company", "partner")]),
    ],
)
def test_an_actor_is_found_with_its_role(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert actors_in(text) == expected


def test_an_enumeration_shares_its_role() -> None:
    assert [role for _, _, role in actors_in("Med stöd av Formas, Vinnova och Energimyndigheten startar vi.")] == [
        "funder"
    ] * 3


@pytest.mark.parametrize(
    "text", ["Mark avsätts för odling.", "Vi vill se resultat från Xxxxxx.", "I Berg finns inget."]
)
def test_words_and_masked_names_are_no_actors(text: str) -> None:
    assert actors_in(text) == []


def test_a_name_that_is_also_a_word_counts_beside_another_municipality() -> None:
    assert [name for name, _, _ in actors_in("Vi samarbetar med Lund och Malmö.")] == ["Lund", "Malmö"]


def test_the_municipality_itself_is_no_actor_of_its_own() -> None:
    assert actors_in("Säffle kommun och Säffles invånare deltar.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vinnovaprojektet Stilla gatan pågår.", [("Vinnova", "funder")]),
        ("Våtmarken anlades för LONA-medel.", [("LONA", "funder")]),
        ("Systemet köptes in från Blå Siffran.", [("Blå Siffran", "partner")]),
        ("Vi fick 38 mkr i stöd ur Klimatklivet.", [("Klimatklivet", "funder")]),
        ("Projektet är delvis betalt av Formas.", [("Formas", "funder")]),
        ("Boverket har gett oss två miljoner.", [("Boverket", "funder")]),
        ("Hyllan drivs av Norrbystiftelsen och Röda Korset.", [("Norrbystiftelsen", "lead"), ("Röda Korset", "lead")]),
        ("Testet görs med RISE i Luleå.", [("RISE Research Institutes of Sweden (RISE)", "partner")]),
    ],
)
def test_who_pays_and_who_takes_part(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(name, role) for name, _, role in actors_in(text)] == expected


def test_who_is_only_applied_to_has_no_part_in_it() -> None:
    assert [role for *_, role in actors_in("Vi har lämnat en ansökan till Klimatklivet.")] == ["applied_to"]


def ids_in(text: str) -> list[str]:
    return [named.actor.actor_id for named in find_actors(tokenize(text), OWN)]


@pytest.mark.parametrize(
    ("forms", "actor_id"),
    [
        (("Avtalet med Peab AB", "Avtalet med Peab", "Peabs byggen"), "peab"),
        (("Skanska Sverige AB", "Skanska"), "skanska"),
        (("Sundsvall Energi AB", "Sundsvall Energi"), "sundsvall-energi"),
        (("tillsammans med Blå Siffran AB", "tillsammans med Blå Siffran"), "bla-siffran"),
        (("Länsstyrelsen i Skåne län", "Länsstyrelsen Skåne", "Länsstyrelsen i Skåne"), "lansstyrelsen-skane"),
        (("Länsstyrelsen i Stockholms län", "Länsstyrelsen Stockholm"), "lansstyrelsen-stockholm"),
        (("Region Kalmar län", "Region Kalmar"), "region-kalmar"),
        (("Region Skånes arbete", "Region Skåne"), "region-skane"),
        (("Malmö högskola leder", "Malmö universitet leder"), "malmo-universitet"),
        (("Statens energimyndighet", "Energimyndigheten", "Energimyndighetens stöd"), "energimyndigheten"),
    ],
)
def test_an_actor_has_one_id_whatever_the_version_calls_it(forms: tuple[str, ...], actor_id: str) -> None:
    assert [ids_in(form) for form in forms] == [[actor_id]] * len(forms)


def test_a_company_named_after_a_municipality_is_not_the_municipality() -> None:
    assert ids_in("Avtalet med Västervik AB") == ["vastervik-ab"]
    assert ids_in("Tillsammans med Västervik") == ["vastervik"]
