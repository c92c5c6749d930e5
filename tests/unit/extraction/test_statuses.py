"""Status from the words around an initiative."""

import pytest

from orchestration.extraction.initiative_candidates import candidates
from orchestration.extraction.statuses import choose_cue, find_cues
from orchestration.extraction.tokens import tokenize


def status_in(text: str) -> str | None:
    tokens = tokenize(text)
    cues = find_cues(tokens)
    phrase = candidates(tokens, cues, [], "Småstad")[0]
    cue, _ = choose_cue(tokens, cues, phrase.first, phrase.last, phrase.head, [])
    return cue.status if cue else None


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("En cykelplan antogs i maj.", "decided"),
        ("En cykelplan ska tas fram.", "planned"),
        ("En cykelplan tas fram.", "in_preparation"),
        ("En cykelplan är under framtagande.", "in_preparation"),
        ("En cykelplan är ute på remiss.", "proposed"),
        ("Ett förslag till cykelplan ligger på bordet.", "proposed"),
        ("Cykelplanen har inte beslutats.", "proposed"),
        ("Solparken byggs just nu.", "ongoing"),
        ("Solparken invigdes i juni.", "established"),
        ("Solparken är pausad.", "paused"),
        ("Solparken har skjutits upp.", "paused"),
        ("Solparken blir inte av.", "cancelled"),
        ("Solparken har lagts ned.", "cancelled"),
        ("Solparken har inte påbörjats.", "planned"),
        ("Klimatrådet inrättas nästa år.", "planned"),
        ("Klimatrådet inrättades i mars.", "established"),
        ("Skyfallskarteringen slutfördes i augusti.", "completed"),
        ("Skyfallskarteringen pågår.", "ongoing"),
        ("Sedan i fjol deltar vi i klimatnätverket.", "ongoing"),
        ("En dataportal finns på idéstadiet.", "idea"),
    ],
)
def test_the_nearest_cue_gives_the_status(text: str, status: str) -> None:
    assert status_in(text) == status


def test_another_clause_is_not_heard_over_a_nearer_one() -> None:
    assert status_in("Cykelplanen antogs i maj, men solparken är pausad.") == "decided"
