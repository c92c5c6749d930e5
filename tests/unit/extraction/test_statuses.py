"""Status from the words around an initiative."""

import pytest

from orchestration.extraction.initiatives.candidates import candidates
from orchestration.extraction.initiatives.statuses import choose_cue, find_cues
from orchestration.extraction.language.tokens import tokenize


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


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Den bilpool som startade i fjol har lagts ned.", "cancelled"),
        ("En bilpool, öppen för alla på kvällarna, pausades i maj.", "paused"),
        ("Vid den energianalys som gjordes i maj deltog alla skolor.", "completed"),
        ("Den planerade solparken har skjutits upp.", "paused"),
        ("Cykelplanen är utredd men har inte beslutats.", "proposed"),
        ("Solparken kommer att tas i drift.", "planned"),
        ("Vi tänker inventera taken, utreda en solpark.", "planned"),
        ("Klimatstrategin ses inte över i år.", "established"),
        ("Energistrategin har ersatts av annat.", "cancelled"),
        ("Solparken i Norrby: nedlagd.", "cancelled"),
        ("Solparken i Norrby, projektering.", "in_preparation"),
        ("Vi gick ur klimatnätverket.", "cancelled"),
    ],
)
def test_the_main_clause_the_turn_and_the_future_decide(text: str, status: str) -> None:
    assert status_in(text) == status


def test_what_replaces_something_is_not_ended_by_it() -> None:
    assert status_in("Det gamla har ersatts av en klimatplan.") != "cancelled"
