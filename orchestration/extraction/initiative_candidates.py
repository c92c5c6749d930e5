"""Possible initiatives of a sentence: phrases with a head noun, proper names, subjects and objects of event verbs.

Here: finding them, wide. Not here: deciding which are initiatives (initiative_model), joining them (initiatives).
"""

from collections.abc import Sequence

from orchestration.extraction.actors import Named
from orchestration.extraction.event_verbs import is_finite_verb, readings
from orchestration.extraction.noun_phrases import Phrase, _complement_end, _right, phrase_at, text_of, words
from orchestration.extraction.statuses import Cue
from orchestration.extraction.tokens import Token

_SUBJECT_GROUPS = frozenset({"found", "start", "pause", "cancel", "run"})
_OBJECT_VERBS = {
    "utreder": "Utredning om", "utreda": "Utredning om", "utrett": "Utredning om", "utreds": "Utredning om",
    "kartlägger": "Kartläggning av", "kartlägga": "Kartläggning av", "kartlagt": "Kartläggning av",
    "klimatberäknas": "Klimatberäkning av",
}  # fmt: skip
_QUOTES = frozenset("”\"“»«")
_LONGEST_SUBJECT = 9


def candidates(tokens: Sequence[Token], cues: Sequence[Cue], actors: Sequence[Named]) -> list[Phrase]:
    """The candidates of one sentence, left to right, without overlap (the wider one stays)."""
    found = [phrase for at in range(len(tokens)) if (phrase := phrase_at(tokens, at))]
    found = _without_actors(found, actors)
    found = _outermost(found)
    found += _members(tokens, actors, found)
    found += _names(tokens, actors, found)
    found += _objects(tokens, found)
    found += _subjects(tokens, cues, actors, found)
    return sorted(found, key=lambda phrase: (phrase.first, phrase.last))


def _without_actors(found: list[Phrase], actors: Sequence[Named]) -> list[Phrase]:
    """A head inside an actor's name is no initiative: Klimatkommunerna stay, Norrköping Science Park goes."""
    kept = []
    for phrase in found:
        owner = next((named for named in actors if named.first <= phrase.head <= named.last), None)
        if owner is None:
            kept.append(phrase)
    return kept


def _outermost(found: list[Phrase]) -> list[Phrase]:
    """A head inside another phrase's complement stays only as that complement: kartläggning av transportflöden."""
    kept: list[Phrase] = []
    for phrase in found:
        holder = next((other for other in kept if other.first <= phrase.head <= other.last), None)
        if holder is None:
            kept.append(phrase)
        elif holder.group == "process":
            kept.remove(holder)
            kept.append(phrase)
    return kept


def _covers(found: Sequence[Phrase], first: int, last: int) -> bool:
    return any(phrase.first <= last and first <= phrase.last for phrase in found)


def _members(tokens: Sequence[Token], actors: Sequence[Named], found: Sequence[Phrase]) -> list[Phrase]:
    """A network that the register knows is an initiative where the municipality takes part."""
    return [
        Phrase("member", "network", named.actor.name, named.first, named.last, named.first, None)
        for named in actors
        if named.actor.actor_type == "network" and not _covers(found, named.first, named.last)
    ]


def _names(tokens: Sequence[Token], actors: Sequence[Named], found: Sequence[Phrase]) -> list[Phrase]:
    """Proper names of several words inside a sentence, and names in quotation marks."""
    taken = [(named.first, named.last) for named in actors]
    names: list[Phrase] = []
    index = 0
    while index < len(tokens):
        end = index
        if tokens[index].text in _QUOTES:
            close = next((at for at in range(index + 2, min(index + 12, len(tokens))) if tokens[at].text in _QUOTES), None)
            if close and tokens[index + 1].text[0].isupper() and not _covers(found, index + 1, close - 1):
                names.append(Phrase("quoted", "project", text_of(tokens, index + 1, close - 1), index + 1, close - 1, index + 1, None))
            index = (close or index) + 1
            continue
        if index > 0 and _is_capital(tokens[index]):
            while end + 1 < len(tokens) and (_is_capital(tokens[end + 1]) or _is_year_in_name(tokens[end + 1])):
                end += 1
            is_name = end > index and tokens[index - 1].text not in ".:?!" and any(len(t.text) > 3 for t in tokens[index : end + 1])
            is_actor = any(first <= end and index <= last for first, last in taken)
            is_initiative_name = _is_year_in_name(tokens[end]) or not is_actor
            if is_name and is_initiative_name and not _covers(found, index, end) and not any(f <= index and end <= l for f, l in taken):
                names.append(Phrase("name", "project", text_of(tokens, index, end), index, end, index, None))
        index = end + 1
    return names


def _is_capital(token: Token) -> bool:
    return token.kind == "word" and token.text[0].isupper() and not (len(token.text) > 2 and set(token.low) == {"x"})


def _is_year_in_name(token: Token) -> bool:
    return token.kind == "number" and token.text.isdigit() and len(token.text) == 4


def _objects(tokens: Sequence[Token], found: Sequence[Phrase]) -> list[Phrase]:
    """What is looked into, where a verb says so: "utreder koldioxidinfångning vid kraftvärmeverket"."""
    objects = []
    for index in range(len(tokens) - 1):
        lead = _OBJECT_VERBS.get(tokens[index].low)
        if lead is None or tokens[index].low.endswith("s"):
            continue
        end = _complement_end(tokens, index + 1, min(len(tokens), index + 9), loose=False)
        if end is None:
            continue
        last, _ = _right(tokens, end)
        if _covers(found, index + 1, last):
            continue
        objects.append(Phrase("object", "study", f"{lead} {text_of(tokens, index + 1, last)}", index, last, index, None))
    return objects


def _subjects(tokens: Sequence[Token], cues: Sequence[Cue], actors: Sequence[Named], found: Sequence[Phrase]) -> list[Phrase]:
    """The first phrase of a sentence before an event verb: "Bilfria skolgator infördes vid Strömslundsskolan"."""
    finite = next((at for at, token in enumerate(tokens) if token.kind == "word" and is_finite_verb(token.low) and at > 0), None)
    if finite is None or finite > _LONGEST_SUBJECT or _covers(found, 0, finite - 1):
        return []
    first = tokens[0]
    if first.kind != "word" or first.low in words("stops") or first.low in words("place") or not first.text[0].isupper():
        return []
    if any(named.first == 0 for named in actors) or any(token.kind == "mark" and token.text not in "-–" for token in tokens[:finite]):
        return []
    cue = next((cue for cue in cues if finite <= cue.first <= finite + 5), None)
    if cue is None or cue.group not in _SUBJECT_GROUPS and cue.status not in ("paused", "cancelled", "idea"):
        return []
    if not any(verb.passive for verb in readings(tokens[cue.first].low)) and cue.group == "run":
        return []
    return [Phrase("subject", "infrastructure", text_of(tokens, 0, finite - 1), 0, finite - 1, 0, None)]
