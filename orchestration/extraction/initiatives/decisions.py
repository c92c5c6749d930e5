"""Who took a decision, and when, from the words around the cue that tells of it.

Here: "antogs av kommunfullmäktige den 15 juni 2023" → kommunfullmäktige, 2023-06-15. Not here: whether it is a decision
(statuses), what was decided (initiatives).
"""

from collections.abc import Sequence
from functools import cache

from orchestration.extraction.initiatives.statuses import Cue
from orchestration.extraction.initiatives.years import is_year
from orchestration.extraction.language.event_verbs import readings
from orchestration.extraction.language.tokens import Token
from orchestration.extraction.lexicons import lexicon

_REACH = 12
_ENDS = frozenset({".", ";", ":", "men"})


def decision_of(tokens: Sequence[Token], cue: Cue) -> tuple[str | None, str | None]:
    """(deciding body as the text has it, date as far as it is stated: 2023-06-15, 2023-06 or 2023) of a decision.

    Both None where the cue tells of no decision taken. A month without a year is no date.
    """
    is_taken = cue.group == "decide" or (cue.group == "phrase" and cue.status == "decided")
    if not is_taken or cue.denied or cue.tense in ("future", "infinitive"):
        return None, None
    begin, end = _clause(tokens, cue)
    around = [*range(cue.first, end), *range(cue.first - 1, begin - 1, -1)]
    body = next((tokens[at].text for at in around if _is_body(tokens[at])), None)
    year = next((at for at in around if is_year(tokens[at]) and _is_date(tokens, at, begin)), None)
    return (body[0].lower() + body[1:] if body and not body.isupper() else body), _date(tokens, year)


def _clause(tokens: Sequence[Token], cue: Cue) -> tuple[int, int]:
    begin, end = cue.first, cue.last + 1
    while begin > 0 and cue.first - begin < _REACH and tokens[begin - 1].low not in _ENDS:
        begin -= 1
    while end < len(tokens) and end - cue.last < _REACH and tokens[end].low not in _ENDS:
        end += 1
    return begin, end


def _is_body(token: Token) -> bool:
    entries = lexicon("decisions")
    return token.text in entries["body_words"] or token.low.endswith(tuple(entries["body_endings"]))


@cache
def _months() -> dict[str, int]:
    return {month: int(number) for month, number in lexicon("decisions")["months"].items()}


def _is_date(tokens: Sequence[Token], at: int, begin: int) -> bool:
    """Whether a year dates the decision rather than belongs to a name or a target: "i maj 2023", "antogs 2022"."""
    if at <= begin:
        return at == 0
    before = tokens[at - 1]
    is_range = at + 1 < len(tokens) and tokens[at + 1].text in "–—-−"
    is_dated = before.low in _months() or before.low in lexicon("decisions")["before_a_year"]
    return not is_range and (is_dated or any(verb.group == "decide" for verb in readings(before.low)))


def _date(tokens: Sequence[Token], at: int | None) -> str | None:
    if at is None:
        return None
    month = _months().get(tokens[at - 1].low) if at else None
    if month is None:
        return tokens[at].text
    before = tokens[at - 2].text if at >= 2 else ""
    day = before if before.isdigit() and 1 <= int(before) <= 31 else ""
    return f"{tokens[at].text}-{month:02}" + (f"-{int(day):02}" if day else "")
