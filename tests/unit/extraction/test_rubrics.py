"""Rubrics of note-like texts."""

import pytest

from orchestration.extraction.initiatives.rubrics import after_rubric, rubric_of
from orchestration.extraction.language.tokens import tokenize
from orchestration.extraction.lexicons import lexicon


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("EJ GJORT – Bilpool vid torget.", "paused"),
        ("GJORT", "completed"),
        ("På gång", "ongoing"),
        ("VAD SOM HÄNDE Cykelbron öppnade.", "completed"),
        ("ANDRA – Region Värmland: elbussar.", "others"),
        ("Kommande händelser", ""),
        ("KTH och IVL har räknat på gapet.", None),
        ("Bilpoolen har startat.", None),
        ("Klimatplan", None),
    ],
)
def test_a_rubric_tells_the_status_of_what_stands_below(text: str, says: str | None) -> None:
    assert rubric_of(tokenize(text)) == says


def test_an_item_of_a_list_is_no_unknown_rubric() -> None:
    assert rubric_of(tokenize("Kommande händelser"), is_item=True) is None


def test_a_line_goes_on_behind_its_rubric() -> None:
    tokens = tokenize("EJ GJORT – Bilpool vid torget.")
    assert tokens[after_rubric(tokens)].text == "Bilpool"


def test_every_rubric_of_the_lexicon_is_found() -> None:
    for says, expressions in lexicon("initiative_statuses")["rubrics"].items():
        for expression in expressions:
            assert rubric_of(tokenize(expression.capitalize())) == says, expression
