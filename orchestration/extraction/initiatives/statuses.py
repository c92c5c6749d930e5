"""Status of an initiative: the cues of a sentence, and which of them speaks of which phrase.

Here: verbs and fixed expressions → status, with negation and future. Not here: what the phrase is, years, actors.
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from orchestration.extraction.language.event_verbs import PARTICLE_REACH, Verb, is_finite_verb, verb_forms
from orchestration.extraction.language.head_nouns import head_of
from orchestration.extraction.language.tokens import Token
from orchestration.extraction.lexicons import lexicon

STATUSES = (
    "cancelled", "paused", "proposed", "planned", "in_preparation", "idea", "completed", "established",
    "decided", "ongoing",
)  # fmt: skip
"""Fixed expressions win over each other in this order where two have the same words."""

# Verb group → status when it is still to come, when it goes on, when it is done.
_BY_TENSE = {
    "prepare": ("planned", "in_preparation", "completed"),
    "ready": ("planned", "in_preparation", "in_preparation"),
    "revise": ("planned", "in_preparation", "decided"),
    "decide": ("proposed", "decided", "decided"),
    "propose": ("in_preparation", "proposed", "proposed"),
    "found": ("planned", "planned", "established"),
    "start": ("planned", "planned", "ongoing"),
    "run": ("planned", "ongoing", "completed"),
    "take_part": ("planned", "ongoing", "ongoing"),
    "sign": ("planned", "established", "established"),
    "govern": ("decided", "established", "established"),
    "finish": ("ongoing", "ongoing", "completed"),
    "pause": ("paused", "paused", "paused"),
    "cancel": ("cancelled", "cancelled", "cancelled"),
    "consider": ("idea", "idea", "idea"),
    "plan": ("planned", "planned", "planned"),
    "apply": ("in_preparation", "in_preparation", "in_preparation"),
}
_DENIED = {
    "decide": "proposed", "found": "planned", "start": "planned", "prepare": "idea", "run": "planned",
    "finish": "ongoing", "revise": "established", "sign": "planned",
}  # fmt: skip
_REACHED = frozenset({"established", "completed", "ongoing", "decided"})
"""What a fixed expression says only where nothing before it puts it in the future: kommer att tas i drift."""
_FUTURE_BEFORE = 3
_COORDINATION_REACH = 30
_WEAK = frozenset({"govern", "take_part", "consider", "plan", "apply"})
_UNDER_WAY = frozenset({"found", "start", "run", "revise", "finish"})
_CONDITIONS = frozenset({"när", "om", "innan", "förrän", "sedan", "tills"})
_FUTURE_REACH = 5
_NEGATION_REACH = 3
_INSIDE = frozenset({"phrase", "decide", "propose", "plan", "pause", "cancel", "prepare"})
"""Participles inside a phrase that tell its status: den antagna planen. A revised plan may be anything."""
_BEFOREHAND = frozenset({"planned", "proposed", "idea"})
_INSIDE_DISTANCE = 4
"""How far away a participle counts that the sentence may overtake: den planerade banan har skjutits upp."""
_FARTHEST = 14
_LONGEST_ASIDE = 40
_CONTRAST_REACH = 9
_ENDED = frozenset({"cancelled", "paused"})
_TAKEN_BACK = frozenset({"cancelled", "paused", "proposed", "planned"})
_ASIDE = 4
"""How much less a relative clause or an insertion says than the main clause."""


class Cue(NamedTuple):
    """An expression of status: tokens first..last, the verb group ("phrase" for a fixed expression), the tense."""

    first: int
    last: int
    status: str
    group: str
    tense: str
    denied: bool = False


@cache
def _expressions() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """First word, or first and second with a space → (words, status), longest first."""
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for status in STATUSES:
        for expression in lexicon("initiative_statuses")[status]:
            found = tuple(expression.split())
            opening = " ".join(found[:2]) if len(found) > 1 and found[1] != "*" else found[0]
            table.setdefault(opening, []).append((found, status))
    return {first: tuple(sorted(entries, key=lambda entry: -len(entry[0]))) for first, entries in table.items()}


@cache
def _openings() -> frozenset[str]:
    return frozenset(first.partition(" ")[0] for first in _expressions())


@cache
def _set(key: str) -> frozenset[str]:
    return frozenset(lexicon("initiative_statuses")[key])


def find_cues(tokens: Sequence[Token]) -> list[Cue]:
    """All cues of a sentence, left to right; a verb inside a fixed expression is no cue of its own."""
    lows = [token.low for token in tokens]
    cues: list[Cue] = []
    index = 0
    openings, forms = _openings(), verb_forms()
    while index < len(lows):
        low = lows[index]
        cue = _expression(lows, index) if low in openings else None
        if cue is None and (verbs := forms.get(low)):
            cue = _verb(lows, index, verbs)
        if cue is None:
            index += 1
            continue
        cues.append(cue)
        index = cue.last + 1 if cue.group == "phrase" else index + 1
    return cues


def _expression(lows: Sequence[str], at: int) -> Cue | None:
    table = _expressions()
    pair = f"{lows[at]} {lows[at + 1]}" if at + 1 < len(lows) else ""
    for expression, status in (*table.get(pair, ()), *table.get(lows[at], ())):
        last = _match(lows, at, expression)
        if last is not None:
            if status in _REACHED and _set("future") & set(lows[max(0, at - _FUTURE_BEFORE) : at]):
                return Cue(at, last, "planned", "phrase", "future")
            return Cue(at, last, status, "phrase", "")
    return None


def _match(lows: Sequence[str], at: int, expression: tuple[str, ...]) -> int | None:
    index = at
    for number, word in enumerate(expression):
        if word == "*":
            following = expression[number + 1]
            gap = next(
                (step for step in range(1, 4) if index + step < len(lows) and lows[index + step] == following), None
            )
            if gap is None:
                return None
            index += gap
        elif index < len(lows) and lows[index] == word:
            index += 1
        else:
            return None
    return index - 1


def _verb(lows: Sequence[str], at: int, verbs: Sequence[Verb]) -> Cue | None:
    for verb in verbs:
        last = at
        if verb.particle:
            end = min(at + 2 + PARTICLE_REACH, len(lows))
            last = next((index for index in range(at + 1, end) if lows[index] == verb.particle), -1)
            if last < 0 or any(low[0].isdigit() for low in lows[at:last]):
                continue
        return _cue(lows, at, last, verb)
    return None


def _cue(lows: Sequence[str], at: int, last: int, verb: Verb) -> Cue:
    is_future = verb.tense == "infinitive" or (verb.tense == "present" and verb.passive)
    before = range(at - 1, max(at - 1 - _FUTURE_REACH, -1), -1)
    tense = "past" if verb.tense in ("past", "supine", "participle") else "present"
    if is_future and any(lows[index] in _set("future") for index in before):
        tense = "future"
    elif verb.tense == "infinitive" and not verb.passive:
        tense = "future" if _is_coordinated(lows, at) else "infinitive"
    place = {"future": 0, "present": 1, "infinitive": 1, "past": 2}[tense]
    status = _BY_TENSE[verb.group][place]
    if tense == "infinitive" and verb.group in _UNDER_WAY:
        status = "ongoing"
    if at and lows[at - 1] == "än":
        status = "ongoing"
    near = [*range(max(at - _NEGATION_REACH, 0), at), *range(at + 1, min(at + 1 + _NEGATION_REACH, len(lows)))]
    denied = any(lows[index] in ("inte", "ej", "aldrig") for index in near)
    if denied and verb.group in _DENIED:
        status = _DENIED[verb.group]
    return Cue(at, last, status, verb.group, tense, denied)


def _is_coordinated(lows: Sequence[str], at: int) -> bool:
    """Whether an infinitive shares the modal of an earlier one: "tänker vi skriva en plan, utreda en zon"."""
    if not at or lows[at - 1] not in (",", "och", "samt"):
        return False
    for index in range(at - 1, max(at - _COORDINATION_REACH, -1), -1):
        if lows[index] in (".", ";", ":"):
            return False
        if lows[index] in _set("future"):
            return True
    return False


def choose_cue(
    tokens: Sequence[Token], cues: Sequence[Cue], first: int, last: int, head: int, others: Sequence[int]
) -> tuple[Cue | None, int]:
    """The cue that speaks of the phrase first..last, and how far away it is; `others` are heads of other phrases."""
    best: tuple[int, int, Cue] | None = None
    is_governed = first > 0 and tokens[first - 1].low in _set("prepositions")
    aside = 0 if is_governed else _aside(tokens, last)
    is_verbless = bool(cues) and not any(token.kind == "word" and is_finite_verb(token.low) for token in tokens)
    for number, cue in enumerate(cues):
        if aside and cue.first >= aside:
            distance = _distance(tokens, cue, (first, max(last, aside - 1)), head, others, is_verbless=is_verbless)
        else:
            distance = _distance(tokens, cue, (first, last), head, others, is_verbless=is_verbless)
            distance += _ASIDE if aside and cue.first > last else 0
        if distance <= _FARTHEST and (best is None or (distance, number) < best[:2]):
            best = (distance, number, cue)
    if best is None:
        return None, _FARTHEST + 1
    return _contrast(tokens, cues, best[2], max(last, best[2].last), others) or best[2], best[0]


def got_cue(tokens: Sequence[Token], first: int) -> Cue | None:
    """What getting says of the thing right behind it: "Sjöbadet fick i våras en laddbrygga" — it stands there since."""
    for at in range(first - 1, max(-1, first - 1 - _GOT_REACH), -1):
        if tokens[at].kind == "mark" or tokens[at].low in ("och", "samt", "men"):
            return None
        if tokens[at].low in _got():
            status = _got()[tokens[at].low]
            return Cue(at, at, status, "found", "past" if status == "established" else "present")
    return None


_GOT_REACH = 4


@cache
def _got() -> dict[str, str]:
    return dict(entry.split() for entry in lexicon("initiative_statuses")["got"])


def _contrast(tokens: Sequence[Token], cues: Sequence[Cue], told: Cue, after: int, others: Sequence[int]) -> Cue | None:
    """What "men" takes back of what was told: "är utredd men har inte beslutats"."""
    near = range(after + 1, min(after + _CONTRAST_REACH, len(tokens)))
    turn = next((at for at in near if tokens[at].low == "men"), None)
    if turn is None or told.status in _ENDED:
        return None
    for cue in cues:
        names_another = any(head_of(tokens[at].low) for at in range(turn + 1, cue.first)) if cue.first > turn else True
        if cue.first > turn and cue.status in _ENDED and _points_back(tokens, cue):
            return cue
        if not names_another and not any(turn < other < cue.first for other in others):
            return cue if cue.status in _TAKEN_BACK and cue.first <= turn + _CONTRAST_REACH else None
    return None


def _points_back(tokens: Sequence[Token], cue: Cue) -> bool:
    """Whether the ending is said of "den", "tanken", "planerna": "… men vi har lagt ner den tanken"."""
    near = tokens[max(0, cue.first - 3) : cue.last + 4]
    return any(token.low in _set("ended_again") for token in near)


def _aside(tokens: Sequence[Token], last: int) -> int:
    """Where the main clause goes on after a relative clause or an insertion behind the phrase, or 0.

    "Den genomgång som inleddes 2023 | har avbrutits", "En bilpool, öppen för alla, | handlas upp".
    """
    if last + 2 >= len(tokens):
        return 0
    opening, stop = tokens[last + 1].low, min(len(tokens), last + _LONGEST_ASIDE)
    if opening == ",":
        for index in range(last + 2, stop):
            if tokens[index].text in ".;:":
                return 0
            if tokens[index - 1].text == "," and is_finite_verb(tokens[index].low) and index > last + 2:
                return index
        return 0
    if opening not in ("som", "vilken", "vilket", "vilka"):
        return 0
    is_open = False
    for index in range(last + 2, stop):
        low = tokens[index].low
        if tokens[index].text in ".;:," or low in ("och", "men", "samt", "att", "där"):
            return 0
        if low in _set("finite"):
            if is_open:
                return index
            is_open = True
        elif is_finite_verb(low):
            if is_open and tokens[index - 1].low not in _set("finite") and not low.endswith("t"):
                return index
            is_open = True
    return 0


def _distance(
    tokens: Sequence[Token], cue: Cue, phrase: tuple[int, int], head: int, others: Sequence[int], *, is_verbless: bool
) -> int:
    """How far the cue stands from the phrase, with what keeps them apart (nothing in a line without a verb)."""
    first, last = phrase
    if first <= cue.first and cue.last <= last:
        if cue.status in _BEFOREHAND:
            return _INSIDE_DISTANCE
        return 0 if cue.group in _INSIDE and cue.first < head else 8
    if cue.first > last:
        between, distance = range(last + 1, cue.first), cue.first - last
    else:
        between, distance = range(cue.last + 1, first), first - cue.last + 1
        if cue.first < first <= cue.last:
            return 1
    if len(between) > 3 * _FARTHEST:
        return len(between)
    if cue.last < first and " ".join(token.low for token in tokens[cue.first : cue.last + 1]) in _set("of_the_old"):
        return _FARTHEST + 1
    if cue.group == "phrase" and cue.first == cue.last and cue.status in ("proposed", "planned") and len(between) > 1:
        return _FARTHEST + 1
    if cue.group != "phrase" or not is_verbless:
        distance += sum(_hindrance(tokens, index) for index in between)
    distance += 4 * sum(1 for other in others if other in between)
    return max(distance + _weight(tokens, cue, first), 0)


def _hindrance(tokens: Sequence[Token], index: int) -> int:
    """How much a token between a cue and a phrase keeps them apart."""
    token = tokens[index]
    if token.text in ";:":
        return 8
    if token.text == ",":
        is_relative = index + 1 < len(tokens) and tokens[index + 1].low in ("som", "vilken", "vilket")
        return 0 if is_relative else 3
    if token.low in ("och", "men", "samt"):
        return 2
    return 1 if token.low in ("enligt", "genom", "för") else 0


def _weight(tokens: Sequence[Token], cue: Cue, first: int) -> int:
    """How much less (or, below 0, more) a cue says than its nearness: an end outweighs, mere being weighs little."""
    weight = 0
    if cue.tense == "infinitive":
        weight += 1 if 0 < first - cue.last <= 3 else 3
    elif cue.group in _WEAK:
        weight += 3
    begin = min(cue.first, first)
    if any(tokens[index].low in _CONDITIONS for index in range(max(0, begin - 2), begin)):
        weight += 5
    if cue.status in ("paused", "cancelled"):
        weight -= 3
    elif cue.status == "proposed" and cue.group == "phrase":
        weight -= 6
    elif cue.status == "idea" and tokens[cue.first].low in ("saknas", "saknar", "finns"):
        weight += 2
    elif cue.group == "phrase" and tokens[cue.first].low in ("arbetet", "arbete"):
        weight += 4
    elif cue.group == "phrase":
        weight -= 1
    return weight
