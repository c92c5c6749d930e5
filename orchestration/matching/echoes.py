"""Words of a fact in a text that holds no fact for its entity: before anything is said to be gone, or new.

The extractor misses facts. An absence of a fact is an absence in the text only where the text doesn't hold its words.
Here: looking for them. Not here: what an echo makes of a change (dbt).
"""

from collections.abc import Sequence

from orchestration.matching import goals, initiatives
from orchestration.matching.declarations import cues, own_sentences
from orchestration.matching.model import Echo, FactKey, GoalFact, InitiativeFact, Kind, Version
from orchestration.matching.words import Words, same_word, telling, tokens, weight

LEAST_SHARE = 0.4
"""Echoes fainter than this are not worth a row."""
_FIGURES, _SHARE_OF_FIGURES = 3, 0.6
"""A sentence with all of a fact's figures, when it has so many, echoes it in other words."""
_LONG_HEAD, _SHARE_OF_HEAD = 10, 0.6
"""A sentence with a name's longest word, when it is so long or the sentence renames something, echoes the name."""


_DOUBT, _SHARE_IN_DOUBT = 0.4, 0.5
"""A fact this much like one that is gone, and like no other, may be it in quite other words: no removal is told."""


def echoes(
    older: Version, newer: Version, kind: Kind, entity_of: dict[FactKey, str], names: frozenset[str]
) -> list[Echo]:
    """The best echo of every entity that has a fact in one of two consecutive versions and none in the other."""
    sides = [(older, newer), (newer, older)]
    found = []
    for here, there in sides:
        present = {entity_of[fact.key] for fact in _facts(there, kind)}
        known = {entity_of[fact.key] for fact in _facts(here, kind)}
        strangers = [fact for fact in _facts(there, kind) if entity_of[fact.key] not in known]
        taken = [(fact.char_start, fact.char_start + len(fact.quote)) for fact in _facts(there, kind)]
        for fact in _facts(here, kind):
            entity_id = entity_of[fact.key]
            if entity_id in present:
                continue
            best = _best(fact, there, taken, names)
            if best is None or best[1] < _SHARE_IN_DOUBT:
                best = _nearly(fact, strangers, names) or best
            if best:
                is_literal, share, quote, start = best
                found.append(
                    Echo(older.document_id, newer.document_id, kind, entity_id, is_literal, share, quote, start,
                         start + len(quote))
                )  # fmt: skip
    return sorted(found, key=lambda echo: echo.entity_id)


def _facts(version: Version, kind: Kind) -> Sequence[GoalFact | InitiativeFact]:
    return version.goals if kind == "goal" else version.initiatives


def _best(
    fact: GoalFact | InitiativeFact, there: Version, taken: Sequence[tuple[int, int]], names: frozenset[str]
) -> tuple[bool, float, str, int] | None:
    text = fact.name if isinstance(fact, InitiativeFact) else fact.quote
    sought, words = telling(text), Words.of(text, names)
    figures = {token for token in tokens(text) if token[0].isdigit()}
    best: tuple[bool, float, str, int] | None = None
    head = max((token for token in sought if weight(token) >= 1.0), key=lambda token: (len(token), token), default="")
    renaming = {cue.sentence.char_start for cue in cues(there) if cue.name in ("renamed", "replaced")}
    for sentence in own_sentences(there.sentences):
        share = round(words.coverage(_of(sentence.quote, names)), 4)
        if len(figures) >= _FIGURES and figures <= set(tokens(sentence.quote)):
            share = max(share, _SHARE_OF_FIGURES)
        if isinstance(fact, InitiativeFact) and head and any(same_word(head, token) for token in tokens(sentence.quote)):
            share = max(share, _SHARE_OF_HEAD if len(head) >= _LONG_HEAD or sentence.char_start in renaming else share)
        if share < LEAST_SHARE:
            continue
        is_literal = _holds(telling(sentence.quote), sought)
        is_taken = any(start < sentence.char_end and sentence.char_start < end for start, end in taken)
        if is_taken and not is_literal:
            share = round(share * 0.8, 4)  # its words are, at least in part, another fact's
        candidate = (is_literal, share, sentence.quote, sentence.char_start)
        if share >= LEAST_SHARE and (best is None or candidate[:2] > best[:2]):
            best = candidate
    return best


def _nearly(
    fact: GoalFact | InitiativeFact, strangers: Sequence[GoalFact | InitiativeFact], names: frozenset[str]
) -> tuple[bool, float, str, int] | None:
    """The unpaired fact of the other version that is most like this one, if it is in doubt whether it is the same."""
    scored = []
    for other in strangers:
        if isinstance(fact, GoalFact) and isinstance(other, GoalFact):
            scored.append((goals.likeness(fact, other, names), other.quote, other.char_start))
        elif isinstance(fact, InitiativeFact) and isinstance(other, InitiativeFact):
            scored.append((initiatives.likeness(fact, other, names), other.quote, other.char_start))
    best = max(scored, default=(0.0, "", 0))
    return (False, _SHARE_IN_DOUBT, best[1], best[2]) if best[0] >= _DOUBT else None


def _of(quote: str, names: frozenset[str]) -> Words:
    return Words.of(quote, names)


def _holds(text: Sequence[str], sought: Sequence[str]) -> bool:
    """Whether the words stand in the text one after another."""
    if not sought:
        return False
    return any(
        tuple(text[at : at + len(sought)]) == tuple(sought) for at in range(len(text) - len(sought) + 1)
    )
