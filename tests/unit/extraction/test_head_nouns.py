"""Which words are head nouns of initiatives."""

import pytest

from orchestration.extraction.language.head_nouns import HEAD_GROUPS, head_of, inflect
from orchestration.extraction.lexicons import lexicon


@pytest.mark.parametrize(
    ("word", "group", "name"),
    [
        ("klimatfärdplanen", "plan", "klimatfärdplan"),
        ("trafikstrategin", "plan", "trafikstrategi"),
        ("miljöprogrammet", "plan", "miljöprogram"),
        ("acceleratorprogrammet", "programme", "acceleratorprogram"),
        ("utsläppsbudgeten", "budget", "utsläppsbudget"),
        ("klimatinvesteringsplanen", "investment_plan", "klimatinvesteringsplan"),
        ("skyfallskarteringen", "study", "skyfallskartering"),
        ("resepolicyn", "plan", "resepolicy"),
        ("riktlinjerna", "regulation", "riktlinjer"),
        ("omställningsrådet", "organisation", "omställningsråd"),
        ("kustnätverket", "network", "kustnätverk"),
        ("hamnpakten", "agreement", "hamnpakt"),
        ("solparken", "infrastructure", "solpark"),
        ("projektsamarbeten", "project", "projektsamarbeten"),
    ],
)
def test_a_compound_is_known_by_its_last_part(word: str, group: str, name: str) -> None:
    head = head_of(word)
    assert head is not None
    assert (head.group, head.name) == (group, name)


@pytest.mark.parametrize(
    "word",
    [
        "områden",
        "transportområdet",
        "bolag",
        "energibolaget",
        "förslag",
        "underlaget",
        "flygplan",
        "fredag",
        "regeringen",
    ],
)
def test_a_word_that_only_ends_like_a_head_is_none(word: str) -> None:
    assert head_of(word) is None


def test_a_genitive_is_marked_as_one() -> None:
    head = head_of("handlingsplanens")
    assert head is not None
    assert head.genitive


def test_an_entry_without_three_endings_is_refused() -> None:
    with pytest.raises(ValueError, match="three endings"):
        inflect("plan -en")


def test_every_head_entry_is_reached_by_its_own_forms() -> None:
    for group in HEAD_GROUPS:
        for kind, first_part in (("compound", "sommar"), ("free", "")):
            for entry in lexicon("initiative_heads")[group][kind]:
                base = inflect(entry)[0]
                assert head_of(first_part + base) is not None, entry
