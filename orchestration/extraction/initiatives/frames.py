"""Possible initiatives that fixed frames announce: what is joined, driven or looked into by name or by question.

Here: "deltar i Små kommuner, stora steg", "driver vi Klimatsmart gäst", "undersöker vi om ån klarar mer skyfall",
"möjligheten att lagra koldioxid har utretts". Not here: head nouns (noun_phrases), runs of capitals (names), other
objects and subjects of verbs (candidates).
"""

from collections.abc import Sequence
from functools import cache

from orchestration.extraction.actors.named import Named
from orchestration.extraction.initiatives.names import covers, is_small_word
from orchestration.extraction.initiatives.noun_phrases import Phrase, generic_phrase
from orchestration.extraction.initiatives.phrase_edges import open_name_end, proper_end
from orchestration.extraction.initiatives.phrase_words import text_of, words, words_in_order
from orchestration.extraction.initiatives.rubrics import after_rubric
from orchestration.extraction.initiatives.statuses import Cue
from orchestration.extraction.language.event_verbs import is_finite_verb, readings
from orchestration.extraction.language.tokens import Token

_LONGEST_QUESTION = 16
_LOOKED_INTO_REACH = 4
_CHANCE_REACH = 18
_SKIPPED = 6
"""Small words that may stand between a verb and what it acts on: driver | vi sedan i våras | Klimatsmart gäst."""
_DRIVES = frozenset({"found", "start", "run", "prepare", "plan", "take_part", "sign", "revise", "finish", "pause"})


def study_of(low: str) -> str:
    """ "Utredning om" for utreder, utreds, utretts; empty for a verb that looks into nothing."""
    return next((name for begin, name in _studies() if low.startswith(begin)), "")


@cache
def _studies() -> tuple[tuple[str, str], ...]:
    return tuple((begin, name) for begin, _, name in (entry.partition(" ") for entry in words_in_order("looked_into")))


@cache
def _leads() -> dict[str, frozenset[tuple[str, ...]]]:
    """Last word → what stands in front of it in the expressions after which a name follows."""
    table: dict[str, set[tuple[str, ...]]] = {}
    for expression in words_in_order("before_names"):
        *before, last = expression.split()
        table.setdefault(last, set()).add(tuple(before))
    return {last: frozenset(befores) for last, befores in table.items()}


def joined_names(
    tokens: Sequence[Token], cues: Sequence[Cue], actors: Sequence[Named], found: Sequence[Phrase], own: str
) -> list[Phrase]:
    """Names after words of taking part or naming ("är med i X", "heter X"), and names that a verb acts on."""
    leads = _leads()
    starts = [
        at + 1
        for at, token in enumerate(tokens[:-1])
        if token.low in leads and tokens[at + 1].text[0].isupper() and _is_lead(tokens, at, leads[token.low])
    ]
    for cue in cues:
        if cue.group in _DRIVES and readings(tokens[cue.first].low):
            starts.append(skip_small(tokens, cue.last + 1))
    names: list[Phrase] = []
    for start in sorted(set(starts)):
        if start >= len(tokens) or not _opens_name(tokens, start, own):
            continue
        if any(named.first <= start <= named.last and named.actor.actor_type not in _JOINED for named in actors):
            continue
        last = open_name_end(tokens, start, max(start, proper_end(tokens, start)))
        last = _enumerated_end(tokens, last)
        if not covers([*found, *names], start, last):
            names.append(Phrase("joined", "project", text_of(tokens, start, last), start, last, start, None))
    return names


_JOINED = frozenset({"network", "programme_office"})


def _is_lead(tokens: Sequence[Token], at: int, befores: frozenset[tuple[str, ...]]) -> bool:
    """Whether one of `befores` stands right in front of the token."""
    lows = tuple(token.low for token in tokens[max(0, at - _LONGEST_LEAD) : at])
    return any(lows[len(lows) - length :] in befores for length in range(len(lows) + 1))


_LONGEST_LEAD = 3


def _opens_name(tokens: Sequence[Token], at: int, own: str) -> bool:
    token = tokens[at]
    is_capital = token.kind == "word" and token.text[0].isupper() and set(token.low) != {"x"}
    return is_capital and at > 0 and not is_small_word(token.low) and not token.text.startswith(own)


def _enumerated_end(tokens: Sequence[Token], last: int) -> int:
    """A comma inside a name, before small letters and a verbless end: Små kommuner, stora steg."""
    at = last + 1
    if at + 2 < len(tokens) and tokens[at].text == "," and tokens[at + 1].text.islower():
        stop = next((i for i in range(at + 1, min(at + 4, len(tokens))) if tokens[i].kind == "mark"), None)
        inner = tokens[at + 1 : stop] if stop else ()
        if len(inner) == 2 and not any(
            is_finite_verb(token.low) or is_small_word(token.low) or token.kind == "number" for token in inner
        ):
            return at + 2
    return last


def skip_small(tokens: Sequence[Token], start: int) -> int:
    """The first token from `start` that is no adverb, time or subject pronoun between a verb and its object."""
    at = start
    while at < min(len(tokens), start + _SKIPPED) and tokens[at].low in words("adverbs"):
        at += 1
    return at


def questions(tokens: Sequence[Token], cues: Sequence[Cue], found: Sequence[Phrase]) -> list[Phrase]:
    """What is looked into as a question or a chance: "undersöker vi om …", "möjligheten att … har utretts"."""
    asked: list[Phrase] = []
    for cue in cues:
        study = study_of(tokens[cue.first].low)
        if not study:
            continue
        phrase = _question(tokens, cue, study) or _chance(tokens, cue, study)
        if phrase and not covers([*found, *asked], phrase.first, phrase.last):
            asked.append(phrase)
    return asked


def _question(tokens: Sequence[Token], cue: Cue, study: str) -> Phrase | None:
    for at in range(cue.last + 1, min(cue.last + 1 + _LOOKED_INTO_REACH, len(tokens) - 1)):
        if tokens[at].low in words("question_words") or tokens[at].low == "om":
            end = _stop(tokens, at + 1, _LONGEST_QUESTION)
            if end <= at + 1 or (tokens[at].low == "om" and tokens[at + 1].kind != "word"):
                return None
            name = f"{study.removesuffix(' om')} om {text_of(tokens, at + (tokens[at].low == 'om'), end)}"
            return Phrase("looked into", "study", name, cue.first, end, at, None)
        if tokens[at].low not in words("adverbs"):
            return None
    return None


def _chance(tokens: Sequence[Token], cue: Cue, study: str) -> Phrase | None:
    """The chance, need or question that opens a clause whose verb looks into it."""
    if not any(verb.passive for verb in readings(tokens[cue.first].low)):
        return None
    begin = max(0, cue.first - _CHANCE_REACH)
    first = next((at for at in range(cue.first - 1, begin - 1, -1) if tokens[at].low in words("chances")), None)
    if first is None or any(tokens[at].text in ".;:" for at in range(first, cue.first)):
        return None
    end = cue.first - 1
    while end > first and (is_finite_verb(tokens[end].low) or tokens[end].low in words("adverbs")):
        end -= 1
    if end - first < 2 or tokens[first + 1].low not in ("att", "till", "för", "av", "om"):
        return None
    name = f"{study} {text_of(tokens, first + 1 + (tokens[first + 1].low != 'att'), end)}"
    return Phrase("looked into", "study", name, first, end, first, None)


def _stop(tokens: Sequence[Token], start: int, most: int) -> int:
    """The last token before the next mark, at most `most` tokens on."""
    end = start
    while end + 1 < len(tokens) and end - start < most and tokens[end + 1].kind != "mark":
        end += 1
    return end


def labels(tokens: Sequence[Token], found: Sequence[Phrase]) -> list[Phrase]:
    """The phrase before a colon that opens a line of notes: "Solkarta: väntar på ny laserdata"."""
    colon = next((at for at in range(1, min(len(tokens), 9)) if tokens[at].text == ":"), None)
    if colon is None or covers(found, 0, colon - 1):
        return []
    start = after_rubric(tokens)
    phrase = generic_phrase(tokens, start, colon)
    if phrase is None or phrase[2] != colon - 1 or any(is_finite_verb(t.low) for t in tokens[start:colon]):
        return []
    first, head, last = phrase
    return [Phrase("label", "infrastructure", text_of(tokens, first, last), first, last, head, None)]
