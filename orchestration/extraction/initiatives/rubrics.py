"""Rubrics of note-like texts: "EJ GJORT – Bilpool …", "På gång", "Stopp". What stands below one shares its status.

Here: which rubric a sentence opens with or is, and what it says. Not here: cues of status inside sentences (statuses).
"""

from collections.abc import Sequence
from functools import cache

from orchestration.extraction.language.event_verbs import is_finite_verb
from orchestration.extraction.language.head_nouns import head_of
from orchestration.extraction.language.tokens import Token
from orchestration.extraction.lexicons import lexicon

OTHERS, FIGURES = "others", "figures"
"""Rubrics above what is no initiative of the municipality's: someone else's work, mere figures and aims."""
_LONGEST = 5
_MARKS = frozenset("–—-•:.*")


@cache
def _rubrics() -> dict[str, str]:
    return {
        expression: says
        for says, expressions in lexicon("initiative_statuses")["rubrics"].items()
        for expression in expressions
    }


def rubric_of(tokens: Sequence[Token], *, is_item: bool = False) -> str | None:
    """What the rubric of a sentence says: a status, `OTHERS`, `FIGURES`, "" for an unknown one; None without rubric.

    An item of a list is a rubric only where the lexicon knows it or it is in capitals.
    """
    first = 0
    while first < len(tokens) and tokens[first].text in _MARKS:
        first += 1
    capitals = first
    while capitals < len(tokens) and capitals - first < _LONGEST and _is_capital(tokens[capitals]):
        capitals += 1
    if capitals > first and (capitals < len(tokens) or capitals - first > 1) and _is_heading(tokens, first, capitals):
        return _rubrics().get(_text(tokens[first:capitals]), "")
    end = len(tokens)
    while end > first and tokens[end - 1].text in _MARKS:
        end -= 1
    known = _rubrics().get(_text(tokens[first:end])) if end - first <= _LONGEST else None
    if known is not None:
        return known
    is_bare = not is_item and first == 0 and end == len(tokens) and 0 < end <= 3 and tokens[0].text[0].isupper()
    return "" if is_bare and not any(is_finite_verb(token.low) or head_of(token.low) for token in tokens) else None


def after_rubric(tokens: Sequence[Token]) -> int:
    """Where a line goes on behind a rubric in capitals and its mark: "EJ GJORT – | Laddstolpar vid badet"."""
    first = 0
    while first < len(tokens) and tokens[first].text in _MARKS:
        first += 1
    end = first
    while end < len(tokens) and end - first < _LONGEST and _is_capital(tokens[end]):
        end += 1
    if end == first or end >= len(tokens) or not _is_heading(tokens, first, end):
        return first
    while end < len(tokens) and tokens[end].text in _MARKS:
        end += 1
    return end


def _is_capital(token: Token) -> bool:
    return token.kind == "word" and token.text.isupper() and len(token.text) > 1 and set(token.low) != {"x"}


def _is_heading(tokens: Sequence[Token], first: int, end: int) -> bool:
    """Capitals are a heading before a mark or a capital, or where the lexicon knows them; KTH and IVL are names."""
    if _text(tokens[first:end]) in _rubrics():
        return True
    letters = sum(len(token.text) for token in tokens[first:end])
    return letters > _LONGEST and (end == len(tokens) or tokens[end].text in _MARKS or tokens[end].text[0].isupper())


def _text(tokens: Sequence[Token]) -> str:
    return " ".join(token.low for token in tokens)
