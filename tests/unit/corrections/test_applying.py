"""Corrections find their facts by version and quote, whatever the extraction calls them, and tell when they don't."""

import random
from datetime import date

import pytest

from orchestration.corrections.applying import apply_corrections, find_quote
from orchestration.corrections.reading import Correction

RAW = "Lund ska vara klimatneutralt\n2030. Flottan ska vara fossilfri 2025. Matsvinnet ska halveras till 2025 och 2030."


def goal(number, quote, **values):
    start = RAW.index(quote)
    return {"document_id": "d", "fact_no": number, "quote": quote, "char_start": start, "char_end": start + len(quote),
            "target_year": 2030, "status": "not_specified", "extractor": "rules", "confidence": 0.5, "statement": quote} | values  # fmt: skip


def tables():
    return {
        "goal_mention": [
            goal(1, "Lund ska vara klimatneutralt\n2030"), goal(2, "Flottan ska vara fossilfri 2025"),
            goal(3, "Matsvinnet ska halveras till 2025 och 2030", target_year=2025),
            goal(4, "Matsvinnet ska halveras till 2025 och 2030"),
        ],
        "outcome_mention": [], "initiative_mention": [],
        "actor_mention": [{"fact_kind": "goal", "fact_no": 2}, {"fact_kind": "outcome", "fact_no": 2}],
        "evidence_mention": [{"fact_kind": "goal", "fact_no": 2}],
        "goal_initiative_mention": [{"goal_no": 2, "initiative_no": 1}, {"goal_no": 1, "initiative_no": 2}],
    }  # fmt: skip


def line(quote, action="accept", number=2, nr=None, values=(), kind="goal"):
    return Correction(number, "lund-2023", kind, quote, nr, action, "Eva", date(2024, 2, 1), "skäl", tuple(values))


def applied(*lines, given=None):
    blank = {"document_id": "d", "statement": None, "target_year": None, "status": "not_specified"}
    return apply_corrections(lines, given or tables(), RAW, lambda start: "climate_goals", lambda kind: dict(blank))


def test_an_accepted_fact_is_reviewed_and_sure():
    after, (effect,) = applied(line("Lund ska vara klimatneutralt 2030"))
    assert effect.outcome == "applied"
    assert (after["goal_mention"][0]["extractor"], after["goal_mention"][0]["confidence"]) == ("reviewed", 1.0)


def test_an_edit_sets_what_it_names_and_tells_what_stood_there():
    after, (effect,) = applied(line("Flottan ska vara fossilfri 2025", "edit", values=[("target_year", 2026)]))
    assert after["goal_mention"][1]["target_year"] == 2026
    assert (effect.fact_no, effect.before) == (2, "target_year=2030")


def test_a_rejected_fact_goes_with_everything_that_hangs_on_it():
    after, (effect,) = applied(line("Flottan ska vara fossilfri 2025", "reject"))
    assert [row["fact_no"] for row in after["goal_mention"]] == [1, 3, 4]
    assert after["actor_mention"] == [{"fact_kind": "outcome", "fact_no": 2}]
    assert after["evidence_mention"] == []
    assert after["goal_initiative_mention"] == [{"goal_no": 1, "initiative_no": 2}]
    assert effect.before == "Flottan ska vara fossilfri 2025"


def test_an_added_fact_has_its_exact_words_and_a_number_after_the_last():
    after, (effect,) = applied(line("vara klimatneutralt 2030. Flottan ska", "add", kind="initiative"))
    (row,) = after["initiative_mention"]
    assert row["quote"] == RAW[row["char_start"] : row["char_end"]] == "vara klimatneutralt\n2030. Flottan ska"
    assert (row["fact_no"], row["section"], effect.fact_no) == (1, "climate_goals", 1)


def test_an_added_fact_that_the_extractor_has_come_to_find_is_not_doubled():
    after, (effect,) = applied(line("Flottan ska vara fossilfri 2025", "add", values=[("target_year", 2027)]))
    assert len(after["goal_mention"]) == 4
    assert (effect.outcome, after["goal_mention"][1]["target_year"]) == ("applied", 2027)


def test_a_narrower_quote_finds_the_fact_around_it():
    _, (effect,) = applied(line("ska vara fossilfri"))
    assert effect.fact_no == 2


def test_a_quote_that_is_not_in_the_text_is_told():
    after, (effect,) = applied(line("Malmö ska vara klimatneutralt"))
    assert (effect.outcome, after) == ("not_found", tables())
    assert "does not stand in the text" in effect.reason


def test_a_quote_without_a_fact_is_told():
    _, (effect,) = applied(line("Flottan ska vara fossilfri 2025", kind="outcome"))
    assert effect.outcome == "not_found"
    assert "Use add" in effect.reason


def test_of_several_facts_with_one_quote_the_line_must_say_which():
    _, (effect,) = applied(line("Matsvinnet ska halveras till 2025 och 2030"))
    assert effect.outcome == "ambiguous"
    _, (effect,) = applied(line("Matsvinnet ska halveras till 2025 och 2030", nr=2))
    assert effect.fact_no == 4
    _, (effect,) = applied(line("Matsvinnet ska halveras till 2025 och 2030", nr=3))
    assert effect.outcome == "not_found"


def test_two_quotes_of_one_fact_conflict_and_neither_applies():
    after, effects = applied(line("Flottan ska vara fossilfri 2025", "reject"), line("ska vara fossilfri", number=9))
    assert [effect.outcome for effect in effects] == ["conflict", "conflict"]
    assert after == tables()


@pytest.mark.parametrize("seed", range(5))
def test_other_numbers_and_another_order_change_nothing_but_numbers(seed):
    judged = [line("Flottan ska vara fossilfri 2025", "reject"), line("Lund ska vara klimatneutralt 2030", number=3)]
    shuffled = tables()
    random.Random(seed).shuffle(shuffled["goal_mention"])
    for number, row in enumerate(shuffled["goal_mention"], 11):
        row["fact_no"] = number
    first, _ = applied(*judged)
    second, _ = applied(*reversed(judged), given=shuffled)

    def bare(rows):
        return sorted((row["quote"], row["target_year"], row["extractor"]) for row in rows)

    assert bare(first["goal_mention"]) == bare(second["goal_mention"])


def test_the_given_rows_are_left_alone():
    given = tables()
    applied(line("Flottan ska vara fossilfri 2025", "reject"), given=given)
    assert given == tables()


def test_a_quote_is_found_whatever_its_spaces():
    assert find_quote(RAW, "klimatneutralt   2030.") == (14, 34)
    assert find_quote(RAW, "") is None
