"""Who gave: the funders of granted money and the awarders of a prize, where the text names them.

Here: actors of a funding or a recognition. Not here: finding names (actors), roles in general (roles).
"""

from orchestration.contracts.model import Municipality
from orchestration.extraction.actors.named import find_actors
from orchestration.extraction.actors.roles import role_of
from orchestration.extraction.clauses.clause import Clause
from orchestration.extraction.clauses.own import Own
from orchestration.extraction.facts import ActorMention, Evidence

_ROLES = {"funding": "funder", "recognition": "awarder"}


def givers(clause: Clause, outcome_type: str, evidence: Evidence, own: Municipality) -> tuple[ActorMention, ...]:
    """The actors of the clause that funded or awarded; empty for other types of outcome."""
    wanted = _ROLES.get(outcome_type)
    if wanted is None:
        return ()
    tokens = clause.tagged.tokens[clause.i : clause.j]
    named = find_actors(tokens, own)
    return tuple(
        ActorMention(
            actor_id=one.actor.actor_id,
            actor_name=one.actor.name,
            actor_type=one.actor.actor_type,
            role=wanted,
            evidence=evidence,
            municipality_id=one.actor.municipality_id,
        )
        for number, one in enumerate(named)
        if role_of(tokens, named, number)[0] == wanted
    )


def names_elsewhere(clause: Clause, own: Own) -> bool:
    """ "I Karlstad har 60 företag": whether the clause opens with another municipality or another place's actor."""
    tokens = clause.tagged.tokens[clause.i : min(clause.i + _OPENING, clause.j)]
    if not any(token.kind == "word" and token.text[0].isupper() and not own.owns(token.low) for token in tokens):
        return False
    return any(
        named.actor.actor_type in ("municipality", "region", "foreign_city")
        and named.actor.municipality_id != own.municipality.municipality_id
        for named in find_actors(tokens, own.municipality)
    )


_OPENING = 5
"""Tokens at the head of a clause that say where it is."""
