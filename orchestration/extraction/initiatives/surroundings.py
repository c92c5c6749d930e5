"""What stands around a candidate, farther than its own phrase and verb: section, other actors, clauses, neighbours.

Here: features of the surroundings. Not here: features of the phrase and its event (features).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from orchestration.extraction.initiatives.phrase_words import words

if TYPE_CHECKING:
    from orchestration.extraction.initiatives.mentions import Mention

_CLAUSE_REACH = 12
_NEGATION_REACH = 6
_ACTOR_NEAR = 6
_NEIGHBOUR_REACH = 4


def surrounding_features(mention: Mention) -> list[str]:
    """The section, the clause it is subordinate to, denials and actors near it, and the candidate right before it."""
    found = [f"section={mention.sentence.section}"]
    subordinated = _subordinated(mention)
    if subordinated:
        found.append(f"in a clause with {subordinated}")
    if _is_denied(mention):
        found.append("denied nearby")
    found += _actors(mention)
    if mention.rubric:
        found.append(f"below a rubric of {mention.rubric}")
    if mention.neighbour:
        found.append(f"behind another, {mention.neighbour}")
    return found


def _subordinated(mention: Mention) -> str:
    """The word that opens the subordinate clause which the phrase stands in: "där X …", "eftersom X …"."""
    tokens, first = mention.tokens, mention.phrase.first
    for index in range(first - 1, max(-1, first - _CLAUSE_REACH), -1):
        token = tokens[index]
        if token.text in ".;:":
            return ""
        if token.low in words("subordinators") or (index < first - 1 and token.low in words("clause_openers")):
            return token.low
    return ""


def _is_denied(mention: Mention) -> bool:
    phrase, tokens = mention.phrase, mention.tokens
    near = tokens[max(0, phrase.first - _NEGATION_REACH) : phrase.last + 1 + _NEGATION_REACH]
    return any(token.low in words("denials") for token in near)


def _actors(mention: Mention) -> list[str]:
    """The kinds of actors beside the phrase, on which side, and whether near."""
    phrase = mention.phrase
    found = set()
    for named in mention.actors:
        gap = named.first - phrase.last if named.first > phrase.last else phrase.first - named.last
        if gap > 0:
            side = "before" if named.last < phrase.first else "after"
            found.add(f"{named.actor.actor_type} {side}{', near' if gap < _ACTOR_NEAR else ''}")
    return sorted(found)


def neighbour_of(mention: Mention, before: Mention | None) -> str:
    """What joins a candidate to the one right before it in its sentence, or nothing: ":" in "Energiplan: upphandling"."""
    if before is None:
        return ""
    between = mention.tokens[before.phrase.last + 1 : mention.phrase.first]
    if len(between) > _NEIGHBOUR_REACH:
        return ""
    mark = next((token.low for token in between if token.low in words("telling_before")), "")
    return mark or ("close" if between else "adjoining")
