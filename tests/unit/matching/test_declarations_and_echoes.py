"""What the new text says of a change, and words that forbid telling an absence."""

import pytest

from orchestration.matching.declarations import cues
from orchestration.matching.match import match
from tests.unit.matching.versions import Goal, version

SOLAR: Goal = ("kommunens tak ska ge 5 GWh solel om året senast 2024", "renewable_share", "not_specified", 2024, 5)
FLEET: Goal = ("Kommunens fordonsflotta ska vara fossilfri 2027", "fossil_free", "municipal_organisation", 2027, None)


@pytest.mark.parametrize(
    ("sentence", "cue"),
    [
        ("Kommunfullmäktige beslutade att tidigarelägga slutåret.", "moved_earlier"),
        ("Flottan ska vara fossilfri 2026, vilket är ett år tidigare än förr.", "moved_earlier"),
        ("Sedan 2022 har målen för verksamheten flyttats fram.", "moved_later"),
        ("Målet ska nås först 2027, ett år senare än vi tänkt.", "moved_later"),
        ("Etappmålet skärptes samtidigt.", "strengthened"),
        ("Ambitionen för solel har höjts.", "strengthened"),
        ("den tidigare takten bedömdes inte som realistisk", "weakened"),
        ("Vi har lagt till ett avsnitt om klimatråd.", "added"),
        ("Målet har utgått.", "removed"),
        ("Målet om äng har strukits.", "removed"),
        ("Målet gäller inte längre.", "removed"),
        ("Det ersätts av stadens naturvårdsplan.", "replaced"),
        ("Återbrukshuset, som tidigare hette Återbruksdepån.", "renamed"),
        ("klimatkontraktet i sig inte heller har större ändringar", "unchanged"),
    ],
)
def test_cues_are_heard(sentence, cue):
    assert cue in {found.name for found in cues(version(2022, texts=(sentence,)))}


@pytest.mark.parametrize("sentence", ["Utsläppen ska minska.", "Kommunen har ett mål om biogas.", "Vi flyttar till nya lokaler."])
def test_plain_sentences_hold_no_cue(sentence):
    assert not cues(version(2022, texts=(sentence,)))


def declared(older, newer):
    return {(one.entity_id, one.cue) for one in match([older, newer]).declarations}


def test_a_goal_said_to_be_gone_is_declared_with_the_words_that_say_so():
    newer = version(2022, (FLEET,), texts=("Målet om 5 GWh solel från kommunens tak har utgått, eftersom det blev dyrt.",))
    (found,) = [one for one in match([version(2021, (SOLAR, FLEET)), newer]).declarations if one.cue == "removed"]
    assert found.quote == "Målet om 5 GWh solel från kommunens tak har utgått"
    assert newer.sentences[0].quote[found.char_start : found.char_end] == found.quote


def test_a_goal_that_goes_without_a_word_is_not_declared():
    assert not {cue for entity, cue in declared(version(2021, (SOLAR, FLEET)), version(2022, (FLEET,))) if entity}


def test_what_is_said_of_the_whole_contract_names_no_entity():
    texts = ("Det innebär att klimatkontraktet i sig inte heller har större ändringar.",)
    assert (None, "unchanged") in declared(version(2021, (FLEET,)), version(2022, (FLEET,), texts=texts))


def echo_of(older, newer):
    found = match([older, newer]).echoes
    return {echo.entity_id.split("-goal-")[-1].split("-initiative-")[-1]: echo for echo in found}


def test_a_goal_that_the_extractor_missed_echoes_word_for_word():
    texts = (f"Därtill gäller att {SOLAR[0]}, som förr.",)
    (echo,) = echo_of(version(2021, (SOLAR, FLEET)), version(2022, (FLEET,), texts=texts)).values()
    assert (echo.is_literal, echo.share) == (True, 1.0)


def test_a_goal_that_the_extractor_missed_echoes_in_other_words():
    texts = ("Solel från kommunens tak ska uppgå till 5 GWh senast 2024.",)
    (echo,) = echo_of(version(2021, (SOLAR, FLEET)), version(2022, (FLEET,), texts=texts)).values()
    assert not echo.is_literal
    assert echo.share >= 0.5


def test_a_goal_that_is_gone_has_no_echo():
    assert not echo_of(version(2021, (SOLAR, FLEET)), version(2022, (FLEET,)))


def test_a_long_name_inside_another_sentence_is_an_echo():
    older = version(2021, initiatives=(("Medborgarpanel om hållbara vanor", "network"), ("Klimatråd", "network")))
    texts = ("Medborgarpanelen möttes i maj.",)
    newer = version(2022, initiatives=(("Klimatråd", "network"),), texts=texts)
    (echo,) = echo_of(older, newer).values()
    assert echo.share >= 0.5
