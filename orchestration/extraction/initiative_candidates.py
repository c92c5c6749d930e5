"""Possible initiatives of a sentence: phrases with a head noun, proper names, subjects and objects of event verbs.

Here: finding them, wide. Not here: deciding which are initiatives (initiative_model), joining them (initiatives).
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from orchestration.extraction.actors import Named
from orchestration.extraction.event_verbs import is_finite_verb, readings
from orchestration.extraction.head_nouns import head_of, is_empty_act
from orchestration.extraction.noun_phrases import Phrase, generic_phrase, phrase_at
from orchestration.extraction.phrase_words import text_of, words, words_in_order
from orchestration.extraction.sectors import sectors_of_word
from orchestration.extraction.statuses import Cue
from orchestration.extraction.tokens import Token

_SUBJECT_GROUPS = frozenset({"found", "start", "pause", "cancel", "run", "prepare", "consider", "plan"})
_OBJECT_GROUPS = frozenset({"found", "start", "run", "prepare", "plan", "consider", "pause", "cancel"})
_COPULAS = frozenset({"är", "blev", "heter"})
_ASIDES = frozenset({"däremot", "dock", "emellertid", "däremellan"})
_QUOTES = frozenset('”"“»«')


def candidates(tokens: Sequence[Token], cues: Sequence[Cue], actors: Sequence[Named], own: str) -> list[Phrase]:
    """The candidates of one sentence, left to right, without overlap (the wider one stays)."""
    found = [phrase for at in range(len(tokens)) if (phrase := phrase_at(tokens, at))]
    found = [phrase for phrase in found if tokens[phrase.head].text.removesuffix("s") != own]
    found = _without_actors(found, actors)
    found = _outermost(found)
    found += _members(actors, found)
    found += _introduced(tokens, actors, found)
    found += _names(tokens, actors, found)
    found += _governed(tokens, found, own)
    found += _objects(tokens, cues, found, own)
    found += _verbless(tokens, found, own)
    found += _listed(tokens, found, own)
    found += _subjects(tokens, cues, actors, found, own)
    found = [phrase for phrase in found if not _is_aim_or_chapter(tokens, phrase)]
    found = _explained(tokens, found)
    return sorted(found, key=lambda phrase: (phrase.first, phrase.last))


def _is_aim_or_chapter(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """målet om utsläppsfri stadstrafik; avsnitt 3.4 – ”Samverkan …”; a heading in capitals."""
    first = phrase.first
    if first >= 2 and tokens[first - 1].low in ("om", "att", "på") and tokens[first - 2].low in words("aims"):
        return True
    if any(token.low in words("chapters") for token in tokens[max(0, first - 5) : first]):
        return True
    letters = [token.text for token in tokens[first : phrase.last + 1] if token.kind == "word"]
    return phrase.noun is None and len(letters) > 1 and all(text.isupper() for text in letters[:2])


def _explained(tokens: Sequence[Token], found: list[Phrase]) -> list[Phrase]:
    """A name and the noun that explains it are one: "Klimat 2030 är en regional kraftsamling"."""
    kept = sorted(found, key=lambda phrase: (phrase.first, phrase.last))
    number = 1
    while number < len(kept):
        name, noun = kept[number - 1], kept[number]
        between = [token.low for token in tokens[name.last + 1 : noun.first]]
        is_explained = (
            between in (["är"], ["blev"], [","], ["–"], ["–", "är"], [",", "är"]) and noun.determiner in _EXPLAINS
        )
        if is_explained and noun.noun is not None and noun.kind == "noun":
            kept[number - 1] = replace(name, group=name.group if name.kind == "noun" else noun.group)
            del kept[number]
        else:
            number += 1
    return kept


def _without_actors(found: list[Phrase], actors: Sequence[Named]) -> list[Phrase]:
    """A head inside an actor's name is no initiative: Klimatkommunerna stay, Norrköping Science Park goes."""
    kept = []
    for phrase in found:
        owner = next((a for a in actors if a.first <= phrase.head <= a.last and not a.is_funding), None)
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
        elif holder.noun is not None and is_empty_act(holder.noun):
            kept.remove(holder)
            kept.append(phrase)
    return kept


def _covers(found: Sequence[Phrase], first: int, last: int) -> bool:
    return any(phrase.first <= last and first <= phrase.last for phrase in found)


def _members(actors: Sequence[Named], found: Sequence[Phrase]) -> list[Phrase]:
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
            close = next(
                (at for at in range(index + 2, min(index + 12, len(tokens))) if tokens[at].text in _QUOTES), None
            )
            if close and tokens[index + 1].text[0].isupper() and not _covers(found, index + 1, close - 1):
                names.append(
                    Phrase(
                        "quoted",
                        "project",
                        text_of(tokens, index + 1, close - 1),
                        index + 1,
                        close - 1,
                        index + 1,
                        None,
                    )
                )
            index = (close or index) + 1
            continue
        if _is_capital(tokens[index]) and not (index == 0 and _is_small_word(tokens[0].low)):
            if not _is_actor_at(actors, index) and index > 0:
                end = _goes_on(tokens, index)
            while end + 1 < len(tokens) and (_is_capital(tokens[end + 1]) or _is_year_in_name(tokens[end + 1])):
                end += 1
            if end > index and not _is_year_in_name(tokens[end]):
                end = max(end, _goes_on(tokens, end))
            is_name = (end > index or _is_camel(tokens[index])) and any(
                len(t.text) > 3 for t in tokens[index : end + 1]
            )
            is_actor = any(first <= end and index <= last for first, last in taken)
            is_initiative_name = _is_year_in_name(tokens[end]) or not is_actor
            if (
                is_name
                and is_initiative_name
                and not _covers(found, index, end)
                and not any(start <= index and end <= stop for start, stop in taken)
            ):
                names.append(Phrase("name", "project", text_of(tokens, index, end), index, end, index, None))
        index = end + 1
    return names


def _is_capital(token: Token) -> bool:
    return token.kind == "word" and token.text[0].isupper() and not (len(token.text) > 2 and set(token.low) == {"x"})


def _is_small_word(low: str) -> bool:
    return low in words("stops") or low in words("place") or low in words("complement") or low in words("determiners")


def _introduced(tokens: Sequence[Token], actors: Sequence[Named], found: Sequence[Phrase]) -> list[Phrase]:
    """A name that its apposition explains: "Matlandet, ett projekt om lokal mat"."""
    names: list[Phrase] = []
    for index in range(1, len(tokens) - 2):
        if tokens[index].text not in (",", "–", "-") or tokens[index + 1].low not in _EXPLAINS:
            continue
        if not any(head_of(token.low) for token in tokens[index + 2 : index + 6]):
            continue
        start = index - 1
        while start >= 0 and index - start <= 5 and tokens[start].kind != "mark" and not _is_capital(tokens[start]):
            start -= 1
        if (
            start < 0
            or index - start > 5
            or not _is_capital(tokens[start])
            or _covers([*found, *names], start, index - 1)
        ):
            continue
        while start > 0 and _is_capital(tokens[start - 1]) and not (start == 1 and _is_small_word(tokens[0].low)):
            start -= 1
        if any(named.first <= start <= named.last for named in actors) or _is_small_word(tokens[start].low):
            continue
        names.append(Phrase("introduced", "project", text_of(tokens, start, index - 1), start, index - 1, start, None))
    return names


_EXPLAINS = frozenset({"en", "ett", "vår", "vårt", "våra", "kommunens", "stadens", "regionens", "det", "den"})


def _is_actor_at(actors: Sequence[Named], at: int) -> bool:
    return any(named.first <= at <= named.last for named in actors)


def _goes_on(tokens: Sequence[Token], end: int) -> int:
    """A name may end in small words and a year: Fossilfri kommun 2030."""
    for at in range(end + 1, min(end + 4, len(tokens))):
        if _is_year_in_name(tokens[at]):
            return at
        if tokens[at].kind != "word" or is_finite_verb(tokens[at].low) or _is_small_word(tokens[at].low):
            break
    return end


def _is_camel(token: Token) -> bool:
    """LundaEko, ClimateOS: a capital inside the word shows a name."""
    return (
        any(letter.isupper() for letter in token.text[1:])
        and not token.text.isupper()
        and "-" not in token.text
        and ":" not in token.text
    )


def _is_year_in_name(token: Token) -> bool:
    return token.kind == "number" and token.text.isdigit() and len(token.text) == 4


def _governed(tokens: Sequence[Token], found: Sequence[Phrase], own: str) -> list[Phrase]:
    """What a noun of work or money governs: "arbete med X", "beslut om X", "4 miljoner kronor för X"."""
    governed: list[Phrase] = []
    for index in range(1, len(tokens) - 1):
        low = tokens[index].low
        if low not in ("med", "om", "på", "för", "till", "av", "avseende"):
            continue
        kind = "worked on" if tokens[index - 1].low in words("governors") else ""
        if low in ("för", "till") and any(token.low in words("money") for token in tokens[max(0, index - 3) : index]):
            kind = "funded"
        phrase = generic_phrase(tokens, index + 1, min(len(tokens), index + 13)) if kind else None
        if phrase is None or _covers([*found, *governed], phrase[0], phrase[2]) or _is_pronoun(tokens, phrase, own):
            continue
        governed.append(_verbal(kind, tokens, phrase))
    return governed


def _verbless(tokens: Sequence[Token], found: Sequence[Phrase], own: str) -> list[Phrase]:
    """The phrase that opens a line without any verb: "Elbilspool i hemtjänsten."."""
    if len(tokens) > _LONGEST_LINE or any(token.kind == "word" and is_finite_verb(token.low) for token in tokens):
        return []
    phrase = generic_phrase(tokens, 0, len(tokens))
    if phrase is None or _covers(found, phrase[0], phrase[2]) or _is_pronoun(tokens, phrase, own):
        return []
    return [_verbal("line", tokens, phrase)]


_LONGEST_LINE = 14


def _objects(tokens: Sequence[Token], cues: Sequence[Cue], found: Sequence[Phrase], own: str) -> list[Phrase]:
    """What an event verb acts on, whatever noun it is: "bygger batterilager", "inför avgiftsfria resor"."""
    objects = []
    for cue in cues:
        if cue.group in ("phrase", "govern"):
            continue
        is_strong = cue.group in _OBJECT_GROUPS
        verbs = readings(tokens[cue.first].low)
        if not verbs:
            continue
        start = cue.last + 1
        while start < min(len(tokens), cue.last + 4) and tokens[start].low in words("adverbs"):
            start += 1
        if start >= len(tokens) or tokens[start].low in words("months"):
            continue
        phrase = generic_phrase(tokens, start, min(len(tokens), start + 12))
        if phrase is None or _covers(found, phrase[0], phrase[2]) or _is_pronoun(tokens, phrase, own):
            continue
        first, head, last = phrase
        if not is_strong and not sectors_of_word(tokens[head].low):
            continue
        lead = _study_of(tokens[cue.first].low)
        voice = "passive" if verbs[0].passive else "active"
        if lead and voice == "active":
            objects.append(
                Phrase("looked into", "study", f"{lead} {text_of(tokens, first, last)}", cue.first, last, head, None)
            )
        else:
            objects.append(_verbal(f"object,{voice}", tokens, phrase))
    return objects


def _subjects(
    tokens: Sequence[Token], cues: Sequence[Cue], actors: Sequence[Named], found: Sequence[Phrase], own: str
) -> list[Phrase]:
    """The phrase that opens a clause before an event verb: "Bilfria skolgator infördes vid Strömslundsskolan"."""
    subjects: list[Phrase] = []
    for start in _clause_starts(tokens):
        phrase = generic_phrase(tokens, start, min(len(tokens), start + 12))
        if phrase is None:
            continue
        first, head, last = phrase
        after = last + 1
        if after < len(tokens) and tokens[after].text == "?":
            subjects.append(
                Phrase("question", "infrastructure", _bare_name(tokens, first, last), first, last, head, None)
            )
            continue
        while (
            after < len(tokens)
            and tokens[after].text == ","
            and after + 1 < len(tokens)
            and tokens[after + 1].low in _ASIDES
        ):
            after += 3
        if after >= len(tokens) or not is_finite_verb(tokens[after].low) or _covers([*found, *subjects], first, last):
            continue
        if any(named.first <= first <= named.last for named in actors) or _is_pronoun(tokens, phrase, own):
            continue
        cue = next((cue for cue in cues if after - 1 <= cue.first <= after + 4), None)
        is_explained = tokens[after].low in _COPULAS and start == 0 and any(
            tokens[at].low in _EXPLAINS and at + 1 < len(tokens) for at in range(after + 1, min(after + 3, len(tokens)))
        ) and any(head_of(token.low) for token in tokens[after + 2 : after + 5])  # fmt: skip
        if is_explained:
            subjects.append(Phrase("explained", "project", _bare_name(tokens, first, last), first, last, head, None,
                                   determiner=_determiner(tokens, first)))  # fmt: skip
            continue
        if cue is None or (cue.group not in _SUBJECT_GROUPS and cue.group != "phrase"):
            if start == 0 and sectors_of_word(tokens[head].low):
                subjects.append(_verbal("opening", tokens, phrase))
            continue
        study = _study_of(tokens[cue.first].low)
        if study and readings(tokens[cue.first].low)[0].passive:
            name = _bare_name(tokens, first, last)
            subjects.append(Phrase("looked into", "study", f"{study} {_lowered(name)}", first, last, head, None))
            continue
        if cue.group != "phrase" and cue.group not in ("pause", "cancel", "start") and not any(
            verb.passive for verb in readings(tokens[cue.first].low)
        ) and not tokens[cue.first].low.startswith("öppna"):  # fmt: skip
            if start == 0 and sectors_of_word(tokens[head].low):
                subjects.append(_verbal("opening", tokens, phrase))
            continue
        subjects.append(_verbal("subject", tokens, phrase))
    return subjects


def _study_of(low: str) -> str:
    """ "Utredning om" for utreder, utreds, utretts; empty for a verb that looks into nothing."""
    return next((name for begin, name in _studies() if low.startswith(begin)), "")


@cache
def _studies() -> tuple[tuple[str, str], ...]:
    return tuple((begin, name) for begin, _, name in (entry.partition(" ") for entry in words_in_order("looked_into")))


def _lowered(name: str) -> str:
    """A name inside another one: small at the start unless it is an abbreviation."""
    return name if name[:2].isupper() else name[0].lower() + name[1:]


def _verbal(kind: str, tokens: Sequence[Token], phrase: tuple[int, int, int]) -> Phrase:
    first, head, last = phrase
    return Phrase(kind, "infrastructure", _bare_name(tokens, first, last), first, last, head, None,
                  determiner=_determiner(tokens, first), complement="x" if last > head else "")  # fmt: skip


def _listed(tokens: Sequence[Token], found: Sequence[Phrase], own: str) -> list[Phrase]:
    """The members of a list after a colon: "Nytt i år: klimatkaféer, en byteshylla och gratis buss för äldre"."""
    colon = next((at for at, token in enumerate(tokens) if token.text == ":"), None)
    if colon is None or any(token.kind == "word" and is_finite_verb(token.low) for token in tokens[colon:]):
        return []
    listed: list[Phrase] = []
    start = colon + 1
    while start < len(tokens):
        phrase = generic_phrase(tokens, start, min(len(tokens), start + 10))
        if phrase and not _covers(found, phrase[0], phrase[2]) and not _is_pronoun(tokens, phrase, own):
            listed.append(_verbal("listed", tokens, phrase))
        start = next(
            (at + 1 for at in range(start, len(tokens)) if tokens[at].low in (",", "och", "samt")), len(tokens)
        )
    return listed


def _clause_starts(tokens: Sequence[Token]) -> list[int]:
    starts = [0]
    for index in range(1, len(tokens) - 1):
        mark = tokens[index].low
        if (
            mark in (";", ":", "–", "att")
            or mark in ("och", "men", "samt")
            or (mark == "," and tokens[index + 1].low not in ("och", "men"))
        ) or (mark in ("har", "kommer", "ska") and tokens[index + 1].low in words("determiners")):
            starts.append(index + 1)
    return starts


def _is_pronoun(tokens: Sequence[Token], phrase: tuple[int, int, int], own: str) -> bool:
    first, head, last = phrase
    low = tokens[head].low
    if tokens[first].text.startswith(own) or (head == first and tokens[head].text[0].isupper() and first > 0):
        return True
    is_short = len(low) < 4 and tokens[head].text.islower()
    return is_short or low in words("never") or (low in words("no_names") and last == head)


def _determiner(tokens: Sequence[Token], first: int) -> str:
    return tokens[first].low if tokens[first].low in words("determiners") else ""


def _bare_name(tokens: Sequence[Token], first: int, last: int) -> str:
    while first < last and tokens[first].low in words("determiners"):
        first += 1
    name = text_of(tokens, first, last)
    return name[0].upper() + name[1:]
