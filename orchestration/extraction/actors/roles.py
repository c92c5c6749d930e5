"""The role an actor has in an initiative, from the expressions around its name.

Here: "med stöd av Vinnova" → funder. Not here: finding actors, tying them to initiatives.
"""

from collections.abc import Sequence
from functools import cache

from orchestration.extraction.actors.named import Named
from orchestration.extraction.language.tokens import Token
from orchestration.extraction.lexicons import lexicon

ROLES = (
    "applied_to", "funder", "decision_body", "lead", "reviewer", "advisor", "signatory", "awarder", "twin", "partner",
)  # fmt: skip
"""Roles that expressions give. `applied_to` keeps whoever has given nothing (yet) out of the facts."""
_REACH = 7
_PAYS_FROM = frozenset({"från", "av", "ur", "via", "genom"})
_MONEY_REACH = 7
_WEAK = frozenset({"av", "inom", "genom", "med"})
_FUNDERS = frozenset({"fund"})
_ADVISING = frozenset({"university", "research_institute"})
"""Those whose support is work rather than money: "med stöd av IVL"."""


@cache
def _cues(place: str) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Last word (before) or first word (after) → (words, role), longest first."""
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for role in ROLES:
        for expression in lexicon("actor_roles")[role][place]:
            words = tuple(expression.split())
            table.setdefault(words[-1 if place == "before" else 0], []).append((words, role))
    return {word: tuple(sorted(entries, key=lambda entry: -len(entry[0]))) for word, entries in table.items()}


def role_of(tokens: Sequence[Token], actors: Sequence[Named], number: int) -> tuple[str, bool]:
    """The role of the actor `number` of a sentence, and whether the text tells it (else partner; funds: funder)."""
    run = next(run for run in runs_of(tokens, actors) if number in run)
    if actors[number].is_funding:
        return "funder", True
    role = _before(tokens, actors[run[0]].first, actors[number]) or _after(tokens, actors[run[-1]].last)
    role = role or _beside_money(tokens, actors, run, number)
    if (
        role == "funder"
        and actors[number].actor.actor_type in _ADVISING
        and not _names_money(tokens, actors[run[0]].first)
    ):
        return "partner", True
    if role:
        return role, True
    return ("funder" if actors[number].actor.actor_type in _FUNDERS else "partner"), False


def _beside_money(tokens: Sequence[Token], actors: Sequence[Named], run: Sequence[int], number: int) -> str | None:
    """Who gives by what stands beside: "Energimyndigheten: 7,25 mnkr till …", "(Vinnova, 2023–2026)"."""
    first, last = actors[run[0]].first, actors[run[-1]].last
    behind = tokens[last + 1 : last + 5]
    amount = next((at for at, token in enumerate(behind) if token.kind == "number"), None)
    if amount is not None and amount <= 1 and any(token.low in _money() for token in behind[amount:]):
        return "funder"
    is_bracketed = first > 0 and tokens[first - 1].text == "(" and behind and behind[0].text in ",)"
    return "funder" if is_bracketed and actors[number].actor.name in _paying_agencies() else None


@cache
def _paying_agencies() -> frozenset[str]:
    return frozenset(lexicon("actors")["patterns"]["paying_agencies"])


def _names_money(tokens: Sequence[Token], start: int) -> bool:
    """Whether money is named in front: a university is paid, and pays itself only where an amount is named."""
    near = tokens[max(0, start - _MONEY_REACH) : start]
    return any(token.kind == "number" for token in near) and any(token.low in _money() for token in near)


def runs_of(tokens: Sequence[Token], actors: Sequence[Named]) -> list[list[int]]:
    """The enumerations that the actors of a sentence stand in: "Boden, Piteå och Kalix" is one."""
    runs: list[list[int]] = []
    for number, named in enumerate(actors):
        between = tokens[actors[number - 1].last + 1 : named.first] if number else ()
        if number and len(between) <= 3 and all(token.low in _list_marks() for token in between):
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


@cache
def _list_marks() -> frozenset[str]:
    return frozenset(lexicon("actor_roles")["enumeration"]["words"])


@cache
def _money() -> frozenset[str]:
    return frozenset(lexicon("actor_roles")["enumeration"]["money"])


def _is_paying(tokens: Sequence[Token], start: int) -> bool:
    """Money in front of "från", "av" …: "38 mkr i stöd från X"; or "Från X fick vi 2 miljoner"."""
    if not start or tokens[start - 1].low not in _PAYS_FROM:
        return False
    for index in range(start - 2, max(start - 2 - _MONEY_REACH, -1), -1):
        if tokens[index].text in ".;:":
            break
        if tokens[index].low in _money():
            return True
    behind = [token.low for token in tokens[start + 1 : start + 5]]
    return tokens[start - 1].low == "från" and "fick" in behind and start <= 2


def _before(tokens: Sequence[Token], start: int, named: Named) -> str | None:
    for index in range(start - 1, max(start - 1 - _REACH, -1), -1):
        if tokens[index].text in ".;:(":
            break
        for words, role in _cues("before").get(tokens[index].low, ()):
            first = index - len(words) + 1
            if first < 0 or any(tokens[first + step].low != word for step, word in enumerate(words)):
                continue
            if len(words) == 1 and words[0] in _WEAK:
                if (words[0] == "med" and index == start - 1) or named.actor.actor_type in _FUNDERS:
                    return role
                continue
            if index < start - 3 and role in ("partner", "twin"):
                continue
            return role
    return "funder" if _is_paying(tokens, start) else None


def _after(tokens: Sequence[Token], end: int) -> str | None:
    for index in range(end + 1, min(end + 3, len(tokens))):
        if tokens[index].kind == "mark" and tokens[index].text != "-":
            break
        for words, role in _cues("after").get(tokens[index].low, ()):
            if all(index + step < len(tokens) and tokens[index + step].low == word for step, word in enumerate(words)):
                return role
    return None
