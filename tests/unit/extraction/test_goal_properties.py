from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.contracts.document import divide
from orchestration.extraction.clauses.reading import read
from orchestration.extraction.goals.find import find_goals
from orchestration.extraction.outcomes.find import find_outcomes
from tests.unit.extraction.reading_of import OREBRO, facts

WORDS = st.sampled_from(
    [
        "utsläppen",
        "ska",
        "minska",
        "med",
        "50",
        "procent",
        "till",
        "2030",
        "jämfört",
        "1990",
        "målet",
        "om",
        "att",
        "är",
        "har",
        "och",
        ",",
        ".",
        ":",
        ";",
        "–",
        "(",
        ")",
        "Örebro",
        "Volvo",
        "kommunen",
        "högst",
        "får",
        "inte",
        "överstiga",
        "3,5",
        "miljoner",
        "ton",
        "företag",
        "undertecknat",
        "beviljats",
        "kronor",
        "2020–2040",
        "från",
        "halveras",
        "tredjedel",
        "två",
        "av",
        "tio",
        "plats",
        "7",
        "utsågs",
        "klimatneutralt",
        "fossilfri",
        "budget",
        "koldioxidbudget",
        "per",
        "år",
        "invånare",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=60).map(" ".join))


@settings(max_examples=120, deadline=None)
@given(TEXTS)
def test_any_text_gives_literal_quotes_and_no_exception(text: str) -> None:
    document = divide(text)
    readings = read(document)
    goals = find_goals(document, OREBRO, readings)
    outcomes = find_outcomes(document, OREBRO, readings, frozenset())
    for evidence in [goal.evidence for goal in goals] + [outcome.evidence for outcome in outcomes]:
        for start, end in evidence.spans:
            assert 0 <= start < end <= len(text)


@settings(max_examples=40, deadline=None)
@given(TEXTS)
def test_the_same_text_gives_the_same_facts(text: str) -> None:
    assert facts(text) == facts(text)
