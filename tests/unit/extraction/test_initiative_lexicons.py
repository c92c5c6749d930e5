"""Every entry of the initiative lexicons is of use: it is reached by the code that reads it."""

import pytest

from orchestration.contracts.municipalities import municipalities
from orchestration.extraction.actors.named import ACTOR_TYPES, find_actors
from orchestration.extraction.actors.roles import ROLES
from orchestration.extraction.initiatives.sectors import SECTORS, sectors_of_word
from orchestration.extraction.initiatives.statuses import STATUSES, find_cues
from orchestration.extraction.language.tokens import tokenize
from orchestration.extraction.lexicons import lexicon

OWN = municipalities().named("Säffle")


@pytest.mark.parametrize("status", STATUSES)
def test_every_expression_of_status_is_found(status: str) -> None:
    for expression in lexicon("initiative_statuses")[status]:
        cues = find_cues(tokenize(expression.replace("*", "helt")))
        assert any(cue.group == "phrase" for cue in cues), expression


@pytest.mark.parametrize("sector", SECTORS)
def test_every_stem_of_a_sector_is_found_in_a_word(sector: str) -> None:
    for stem in lexicon("initiative_sectors")[sector]:
        assert sector in sectors_of_word(stem.lstrip("~")), stem


@pytest.mark.parametrize("actor_type", ACTOR_TYPES)
def test_every_written_form_of_an_actor_is_found(actor_type: str) -> None:
    for entry in lexicon("actors")[actor_type]:
        name, *forms = [form.strip() for form in entry.split("|")]
        for form in forms if "(" in name else [name, *forms]:
            found = find_actors(tokenize(f"Det gäller {form} nu."), OWN)
            assert [named.actor.name for named in found] == [name], form


@pytest.mark.parametrize("role", ROLES)
def test_every_role_has_expressions_before_and_after_an_actor(role: str) -> None:
    assert lexicon("actor_roles")[role]["before"]
    assert lexicon("actor_roles")[role]["after"]


@pytest.mark.parametrize("place", ["before", "after"])
def test_no_expression_stands_for_two_roles(place: str) -> None:
    entries = [entry for role in ROLES for entry in lexicon("actor_roles")[role][place]]
    assert sorted({entry for entry in entries if entries.count(entry) > 1}) == []
