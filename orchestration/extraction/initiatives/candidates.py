"""Possible initiatives of a sentence: phrases with a head noun, proper names, subjects and objects of event verbs.

Here: finding them, wide. Not here: deciding which are initiatives (initiative_model), joining them (initiatives).
"""

from collections.abc import Sequence
from dataclasses import replace

from orchestration.extraction.actors.named import Named
from orchestration.extraction.initiatives.frames import joined_names, labels, questions, skip_small, study_of
from orchestration.extraction.initiatives.names import covers, introduced_names, proper_names
from orchestration.extraction.initiatives.noun_phrases import Phrase, generic_phrase, phrase_at
from orchestration.extraction.initiatives.phrase_words import text_of, words
from orchestration.extraction.initiatives.rubrics import after_rubric
from orchestration.extraction.initiatives.sectors import sectors_of_word
from orchestration.extraction.initiatives.statuses import Cue
from orchestration.extraction.language.event_verbs import is_finite_verb, readings
from orchestration.extraction.language.head_nouns import head_of, is_empty_act
from orchestration.extraction.language.tokens import Token

_SUBJECT_GROUPS = frozenset({"found", "start", "pause", "cancel", "run", "prepare", "consider", "plan"})
_OBJECT_GROUPS = frozenset({"found", "start", "run", "prepare", "plan", "consider", "pause", "cancel"})


def candidates(tokens: Sequence[Token], cues: Sequence[Cue], actors: Sequence[Named], own: str) -> list[Phrase]:
    """The candidates of one sentence, left to right, without overlap (the wider one stays)."""
    heads = [at for at, token in enumerate(tokens) if token.kind == "word" and head_of(token.low) is not None]
    found = [phrase for at in heads if (phrase := phrase_at(tokens, at))]
    found = [phrase for phrase in found if tokens[phrase.head].text.removesuffix("s") != own]
    found = _without_actors(found, actors)
    found = _outermost(found)
    found += _members(actors, found)
    found += introduced_names(tokens, actors, found)
    found += proper_names(tokens, actors, found)
    found += joined_names(tokens, cues, actors, found, own)
    found += questions(tokens, cues, found)
    found += labels(tokens, found)
    found += _governed(tokens, found, own)
    found += _objects(tokens, cues, found, own)
    found += _verbless(tokens, found, own)
    found += _listed(tokens, found, own)
    found += _subjects(tokens, cues, actors, found, own)
    found = [
        phrase for phrase in found if not _is_aim_or_chapter(tokens, phrase) and not _is_waited_for(tokens, phrase)
    ]
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
    opens = first == 0 or tokens[first - 1].kind == "mark"
    return opens and phrase.noun is None and len(letters) > 1 and all(text.isupper() for text in letters[:2])


def _is_waited_for(tokens: Sequence[Token], phrase: Phrase) -> bool:
    """ "i väntan på den statliga utredningen": what others do, and why one's own work stands still."""
    before = [token.low for token in tokens[max(0, phrase.first - 4) : phrase.first]]
    return any(before[at : at + 3] in (["i", "väntan", "på"], ["i", "avvaktan", "på"]) for at in range(len(before)))


def _explained(tokens: Sequence[Token], found: list[Phrase]) -> list[Phrase]:
    """A name and the noun that explains it are one: "Klimat 2030 är en regional kraftsamling"."""
    kept = sorted(found, key=lambda phrase: (phrase.first, phrase.last))
    number = 1
    while number < len(kept):
        name, noun = kept[number - 1], kept[number]
        between = [token.low for token in tokens[name.last + 1 : noun.first]]
        is_explained = between in (
            ["är"],
            ["blev"],
            [","],
            ["–"],
            ["–", "är"],
            [",", "är"],
        ) and noun.determiner in words("explains")
        if is_explained and noun.noun is not None and (noun.kind == "noun" or name.noun is None):
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


def _members(actors: Sequence[Named], found: Sequence[Phrase]) -> list[Phrase]:
    """A network that the register knows is an initiative where the municipality takes part."""
    return [
        Phrase("member", "network", named.actor.name, named.first, named.last, named.first, None)
        for named in actors
        if named.actor.actor_type == "network" and not covers(found, named.first, named.last)
    ]


def _governed(tokens: Sequence[Token], found: Sequence[Phrase], own: str) -> list[Phrase]:
    """What a noun of work or money governs: "arbete med X", "beslut om X", "4 miljoner kronor för X"."""
    governed: list[Phrase] = []
    for index in range(1, len(tokens) - 1):
        low = tokens[index].low
        if low not in ("med", "om", "på", "för", "till", "av", "avseende"):
            continue
        kind = "worked on" if tokens[index - 1].low in words("governors") else ""
        if low in ("för", "till") and any(
            token.low in words("money") for token in tokens[max(0, index - _MONEY_REACH) : index]
        ):
            kind = "funded"
        phrase = generic_phrase(tokens, index + 1, min(len(tokens), index + 13)) if kind else None
        if phrase is None or covers([*found, *governed], phrase[0], phrase[2]) or _is_pronoun(tokens, phrase, own):
            continue
        governed.append(_verbal(kind, tokens, phrase))
    return governed


def _verbless(tokens: Sequence[Token], found: Sequence[Phrase], own: str) -> list[Phrase]:
    """The phrase that opens a line without any verb: "Elbilspool i hemtjänsten."."""
    start = after_rubric(tokens)
    if len(tokens) > _LONGEST_LINE or any(
        token.kind == "word" and is_finite_verb(token.low) for token in tokens[start:]
    ):
        return []
    phrase = generic_phrase(tokens, start, len(tokens))
    if phrase is None or covers(found, phrase[0], phrase[2]) or _is_pronoun(tokens, phrase, own):
        return []
    return [_verbal("line", tokens, phrase)]


_LONGEST_LINE = 20
_MONEY_REACH = 5


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
        start = skip_small(tokens, cue.last + 1)
        if start >= len(tokens) or tokens[start].low in words("months"):
            continue
        phrase = generic_phrase(tokens, start, min(len(tokens), start + 12))
        if phrase is None or covers(found, phrase[0], phrase[2]) or _is_pronoun(tokens, phrase, own):
            continue
        first, head, last = phrase
        if not is_strong and not sectors_of_word(tokens[head].low):
            continue
        lead = study_of(tokens[cue.first].low)
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
    opening, *_ = starts = _clause_starts(tokens)
    for start in starts:
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
            and tokens[after + 1].low in words("asides")
        ):
            after += 3
        if after >= len(tokens) or not is_finite_verb(tokens[after].low) or covers([*found, *subjects], first, last):
            continue
        if any(named.first <= first <= named.last for named in actors) or _is_pronoun(tokens, phrase, own):
            continue
        cue = next((cue for cue in cues if after - 1 <= cue.first <= after + 4), None)
        is_explained = start == opening and tokens[after].low in words("copulas") and _is_explanation(tokens, after + 1)
        if is_explained:
            subjects.append(Phrase("explained", "project", _bare_name(tokens, first, last), first, last, head, None,
                                   determiner=_determiner(tokens, first)))  # fmt: skip
            continue
        if cue is None or (cue.group not in _SUBJECT_GROUPS and cue.group != "phrase"):
            if start == opening:
                subjects.append(_verbal("opening", tokens, phrase))
            continue
        study = study_of(tokens[cue.first].low)
        if study and readings(tokens[cue.first].low)[0].passive:
            name = _bare_name(tokens, first, last)
            subjects.append(Phrase("looked into", "study", f"{study} {_lowered(name)}", first, last, head, None))
            continue
        if cue.group != "phrase" and cue.group not in ("pause", "cancel", "start") and not any(
            verb.passive for verb in readings(tokens[cue.first].low)
        ) and not tokens[cue.first].low.startswith("öppna"):  # fmt: skip
            if start == opening:
                subjects.append(_verbal("opening", tokens, phrase))
            continue
        subjects.append(_verbal("subject", tokens, phrase))
    return subjects


def _is_explanation(tokens: Sequence[Token], at: int) -> bool:
    """Whether "en … satsning" follows: an article and a head noun."""
    has_article = any(token.low in words("explains") for token in tokens[at : at + 2])
    return has_article and any(head_of(token.low) for token in tokens[at + 1 : at + 4])


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
        if phrase and not covers(found, phrase[0], phrase[2]) and not _is_pronoun(tokens, phrase, own):
            listed.append(_verbal("listed", tokens, phrase))
        start = next(
            (at + 1 for at in range(start, len(tokens)) if tokens[at].low in (",", "och", "samt")), len(tokens)
        )
    return listed


def _clause_starts(tokens: Sequence[Token]) -> list[int]:
    starts = [after_rubric(tokens)]
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
