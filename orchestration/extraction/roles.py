"""The role an actor has in an initiative, from the expressions around its name.

Here: "med stöd av Vinnova" → funder. Not here: finding actors, tying them to initiatives.
"""

from collections.abc import Sequence
from functools import cache

from orchestration.extraction.actors import Named
from orchestration.extraction.lexicons import lexicon
from orchestration.extraction.tokens import Token

ROLES = ("funder", "decision_body", "lead", "reviewer", "advisor", "signatory", "awarder", "twin", "partner")
_REACH = 7
_LIST_MARKS = frozenset({",", "och", "samt", "/", "&", "the", "den", "det", "eu", "eu:s"})
_WEAK = frozenset({"av", "inom", "genom", "med"})
_FUNDERS = frozenset({"fund"})


@cache
def _cues(place: str) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Last word (before) or first word (after) → (words, role), longest first."""
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for role in ROLES:
        for expression in lexicon("actor_roles")[role][place]:
            words = tuple(expression.split())
            table.setdefault(words[-1 if place == "before" else 0], []).append((words, role))
    return {word: tuple(sorted(entries, key=lambda entry: -len(entry[0]))) for word, entries in table.items()}


def role_of(tokens: Sequence[Token], actors: Sequence[Named], number: int) -> str:
    """The role of the actor `number` of a sentence; partner where nothing tells (funds: funder)."""
    named = actors[number]
    start = _list_start(tokens, actors, number)
    role = _before(tokens, start, named)
    if role:
        return role
    role = _after(tokens, _list_end(tokens, actors, number))
    if role:
        return role
    return "funder" if named.actor.actor_type in _FUNDERS else "partner"


def _list_start(tokens: Sequence[Token], actors: Sequence[Named], number: int) -> int:
    """The first token of the enumeration of actors that this one stands in."""
    start = actors[number].first
    for other in reversed(actors[:number]):
        between = tokens[other.last + 1 : start]
        if len(between) <= 2 and all(token.low in _LIST_MARKS for token in between):
            start = other.first
        else:
            break
    return start


def _list_end(tokens: Sequence[Token], actors: Sequence[Named], number: int) -> int:
    end = actors[number].last
    for other in actors[number + 1 :]:
        between = tokens[end + 1 : other.first]
        if len(between) <= 2 and all(token.low in _LIST_MARKS for token in between):
            end = other.last
        else:
            break
    return end


def _before(tokens: Sequence[Token], start: int, named: Named) -> str | None:
    for index in range(start - 1, max(start - 1 - _REACH, -1), -1):
        if tokens[index].text in ".;:(":
            break
        for words, role in _cues("before").get(tokens[index].low, ()):
            first = index - len(words) + 1
            if first < 0 or any(tokens[first + step].low != word for step, word in enumerate(words)):
                continue
            if len(words) == 1 and words[0] in _WEAK:
                if words[0] == "med" and index == start - 1 or named.actor.actor_type in _FUNDERS:
                    return role
                continue
            if index < start - 3 and role in ("partner", "twin"):
                continue
            return role
    return None


def _after(tokens: Sequence[Token], end: int) -> str | None:
    for index in range(end + 1, min(end + 3, len(tokens))):
        if tokens[index].kind == "mark" and tokens[index].text != "-":
            break
        for words, role in _cues("after").get(tokens[index].low, ()):
            if all(index + step < len(tokens) and tokens[index + step].low == word for step, word in enumerate(words)):
                return role
    return None
