"""Forms of event verbs."""

import pytest

from orchestration.extraction.language.event_verbs import VERB_GROUPS, conjugate, is_finite_verb, readings
from orchestration.extraction.lexicons import lexicon


@pytest.mark.parametrize(
    ("form", "group", "tense"),
    [
        ("antogs", "decide", "past"),
        ("inrättas", "found", "present"),
        ("genomförs", "run", "present"),
        ("utreds", "run", "present"),
        ("avbrutits", "cancel", "supine"),
        ("pausades", "pause", "past"),
        ("undertecknat", "sign", "supine"),
    ],
)
def test_a_form_tells_the_event_and_its_tense(form: str, group: str, tense: str) -> None:
    assert (group, tense) in {(verb.group, verb.tense) for verb in readings(form)}


def test_a_verb_with_a_particle_comes_before_the_bare_one() -> None:
    assert readings("byggs")[0].particle == "upp"


@pytest.mark.parametrize("word", ["är", "har", "pausades", "elektrifierades", "tas"])
def test_a_verb_ends_a_noun_phrase(word: str) -> None:
    assert is_finite_verb(word)


@pytest.mark.parametrize("word", ["plan", "klimat", "plats", "kommun", "mål"])
def test_a_noun_does_not(word: str) -> None:
    assert not is_finite_verb(word)


def test_every_verb_entry_is_reached_by_its_own_forms() -> None:
    for group in VERB_GROUPS:
        for entry in lexicon("initiative_events")[group]["verbs"]:
            words, _, particle = entry.partition(" + ")
            for form, _, _ in conjugate(words):
                assert any(verb.particle == particle and verb.group == group for verb in readings(form)), (entry, form)
