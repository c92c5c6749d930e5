"""Initiatives of a document: the mentions that name one thing joined, with the actors and later sentences about it.

Here: joining. Not here: words, phrases, candidates (initiative_mentions), attributes (initiative_facts).
"""

from collections.abc import Mapping, Sequence

from orchestration.contracts.model import Document, Municipality
from orchestration.extraction.actors.named import Named
from orchestration.extraction.actors.roles import role_of, runs_of
from orchestration.extraction.clauses.reference import speaking_year
from orchestration.extraction.facts import Initiative
from orchestration.extraction.initiatives.facts import Group, initiative_of
from orchestration.extraction.initiatives.mentions import Mention, Reading, read
from orchestration.extraction.initiatives.model import Model, committed
from orchestration.extraction.initiatives.noun_phrases import Phrase
from orchestration.extraction.initiatives.phrase_words import words
from orchestration.extraction.initiatives.statuses import Cue
from orchestration.extraction.language.head_nouns import head_of, is_generic
from orchestration.extraction.language.tokens import Token

_OPENS = 3
"""An actor among the first tokens of a sentence acts in all of it."""
_ANAPHORA_REACH = 2
_MOST_SEEN = 30
_MOST_WITH_A_WORD = 40
"""How many initiatives may share a word and still be compared by it: keeps long documents linear."""
_TELLING_LATER = frozenset({"paused", "cancelled", "proposed", "completed", "established", "decided", "in_preparation"})
_NOT_LATER = frozenset({"govern", "take_part", "run", "consider", "plan", "apply", "found"})


def find_initiatives(
    document: Document,
    municipality: Municipality,
    model: Model | None = None,
    tokens_of: Mapping[int, Sequence[Token]] | None = None,
) -> tuple[Initiative, ...]:
    """The initiatives of a document in the order of the text, each named one once; by the committed model where none
    is given. Pure and deterministic."""
    model = model or committed()
    readings = read(document, municipality, model, tokens_of)
    groups = _groups(readings, model.threshold)
    of_mention = {mention.order: group for group in groups for mention in group.mentions}
    recent: tuple[int, int, Group] | None = None
    seen: list[Group] = []
    company: tuple[Reading, int] | None = None
    for reading in readings:
        base = _points_back(reading)
        named = next((group for group in reversed(seen[-_MOST_SEEN:]) if base and _has_base(group, base)), None)
        if named and recent and reading.sentence.block - recent[0] <= 1:
            _add_later(reading, named, recent[1])
        mentions = [mention for mention in reading.mentions if mention.order in of_mention]
        if mentions:
            _tie_actors(reading, mentions, of_mention)
            if company and reading.tokens[0].low in words("company_again"):
                of_mention[mentions[0].order].actors.append(company)
            seen += [of_mention[mention.order] for mention in mentions]
            recent = (reading.sentence.block, reading.sentence.number, of_mention[mentions[-1].order])
        elif (
            named is None
            and recent
            and recent[0] == reading.sentence.block
            and reading.sentence.number - recent[1] <= _ANAPHORA_REACH
        ):
            _add_later(reading, recent[2], recent[1])
        companies = [n for n, a in enumerate(reading.actors) if a.actor.actor_type == "municipal_company"]
        company = (reading, companies[-1]) if companies else company
    spoken = speaking_year(document.raw)
    return tuple(initiative_of(document, group, spoken) for group in groups)


def _has_base(group: Group, base: str) -> bool:
    return any(
        mention.phrase.noun is not None and mention.phrase.noun.base.endswith(base) for mention in group.mentions[:3]
    )


def _groups(readings: Sequence[Reading], threshold: float) -> list[Group]:
    groups: list[Group] = []
    by_word: dict[str, list[int]] = {}
    for reading in readings:
        for mention in reading.mentions:
            places = sorted({place for word in mention.key for place in by_word.get(word, ())})
            place = next((place for place in places if _same(groups[place].mentions[0], mention)), None)
            if place is not None:
                groups[place].mentions.append(mention)
                continue
            for word in mention.key:
                of_word = by_word.setdefault(word, [])
                if len(of_word) < _MOST_WITH_A_WORD:
                    of_word.append(len(groups))
            groups.append(Group([mention], []))
    return [group for group in groups if max(mention.score for mention in group.mentions) >= threshold]


def _same(first: Mention, second: Mention) -> bool:
    """Whether two mentions name one initiative: most words shared, and the same head noun where both have one."""
    one, two = set(first.key), set(second.key)
    a, b = first.phrase.noun, second.phrase.noun
    if a and b and first.phrase.kind == second.phrase.kind == "noun" and a.name != b.name:
        return False
    return len(one & two) / min(len(one), len(two)) >= 0.6


def _tie_actors(reading: Reading, mentions: Sequence[Mention], of_mention: dict[int, Group]) -> None:
    """Tie every enumeration of actors to the nearest initiative; one that opens the sentence to the first two."""
    for run in runs_of(reading.tokens, reading.actors):
        if len(run) == 1 and _is_part_of_a_name(reading.actors[run[0]], mentions):
            continue
        first, last = reading.actors[run[0]].first, reading.actors[run[-1]].last
        if last < mentions[0].phrase.first and first <= _OPENS:
            is_label = last + 1 < len(reading.tokens) and reading.tokens[last + 1].text == ":"
            ends = (at for at in range(last, len(reading.tokens)) if reading.tokens[at].text == ";")
            stop = next(ends, len(reading.tokens))
            told = [mention for mention in mentions if mention.phrase.first < stop] or mentions[:1]
            near = [of_mention[mention.order] for mention in (told if is_label else told[:2])]
        else:
            gaps = [_gap(reading.tokens, mention.phrase, first, last) for mention in mentions]
            near = [of_mention[mentions[gaps.index(min(gaps))].order]]
        for group in near:
            group.actors += [(reading, number) for number in run]


def _is_part_of_a_name(named: Named, mentions: Sequence[Mention]) -> bool:
    """A municipality inside a proper name is no actor: Klimatråd Örebro."""
    names = [mention.phrase for mention in mentions if mention.phrase.kind == "named"]
    is_inside = any(phrase.head < named.first <= phrase.last for phrase in names)
    return is_inside and named.actor.actor_type == "municipality"


def _gap(tokens: Sequence[Token], phrase: Phrase, first: int, last: int) -> int:
    if phrase.first <= first <= phrase.last:
        return 0
    between = range(phrase.last + 1, first) if first > phrase.last else range(last + 1, phrase.first)
    apart = 6 * sum(tokens[index].text in ";:" for index in between)
    if first < phrase.first:  # what stands in front belongs to the phrase before it, unless nothing parts the two
        apart += 2 + 3 * sum(tokens[index].low in (",", "samt") for index in between)
    return len(between) + apart


def _add_later(reading: Reading, group: Group, number_before: int) -> None:
    """A sentence without an initiative of its own that goes on about the last one: "Projektet leds av …"."""
    opening = reading.tokens[0].low
    if group.mentions[-1].tokens[-1].text == "?" and group.later is None:
        group.later, group.later_in = _answer(reading), reading
    points_back = opening in words("anaphors") or _points_back(reading) is not None
    for run in runs_of(reading.tokens, reading.actors):
        has_role = any(role_of(reading.tokens, reading.actors, number)[1] for number in run)
        if points_back or has_role or reading.sentence.number == number_before + 1:
            group.actors += [(reading, number) for number in run]
    if (opening in words("status_anaphors") or _points_back(reading)) and group.later is None:
        group.later = next(
            (cue for cue in reading.cues if cue.status in _TELLING_LATER and cue.group not in _NOT_LATER), None
        )
        group.later_in = reading


def _answer(reading: Reading) -> Cue | None:
    """What the sentence after a question says of what was asked about: "Trängselskatt? Nej, det röstades ner."."""
    if reading.tokens[0].low == "nej":
        return Cue(0, 0, "cancelled", "phrase", "")
    return next((cue for cue in reading.cues if cue.group not in ("govern", "take_part")), None)


def _points_back(reading: Reading) -> str | None:
    """The base form of a head that only points back and opens the sentence: "Planen …", "En sådan plan …"."""
    tokens = reading.tokens
    at = 2 if len(tokens) > 2 and tokens[1].low in ("sådan", "sådant") else 0
    head = head_of(tokens[at].low)
    if any(mention.phrase.first <= at and mention.phrase.kind == "named" for mention in reading.mentions):
        return None
    return head.base if head and is_generic(head) and (head.definite or at) else None
