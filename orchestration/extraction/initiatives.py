"""Initiatives of a document: candidates, decision, attributes, and one initiative where several phrases name the same.

Here: putting the parts together. Not here: words, phrases, statuses, actors, weights.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from orchestration.contracts.model import Document, Municipality, Sentence, Span
from orchestration.extraction.actors import Named, find_actors
from orchestration.extraction.decisions import decision_of
from orchestration.extraction.facts import ActorMention, Evidence, Initiative
from orchestration.extraction.head_nouns import head_of, is_generic
from orchestration.extraction.initiative_candidates import candidates
from orchestration.extraction.initiative_model import Model, committed, features
from orchestration.extraction.initiative_years import is_ahead, years_of
from orchestration.extraction.lexicons import lexicon
from orchestration.extraction.noun_phrases import Phrase, words
from orchestration.extraction.reference import speaking_year
from orchestration.extraction.roles import role_of, runs_of
from orchestration.extraction.sectors import sectors_of
from orchestration.extraction.statuses import Cue, choose_cue, find_cues
from orchestration.extraction.tokens import Token, tokenize

SILENT_SECTIONS = frozenset(
    (
        "purpose", "parties", "viable_cities_commitments", "authority_commitments", "strategic_projects",
        "updates_viable_cities", "updates_authorities", "contract", "appendix",
    )
)  # fmt: skip
"""Sections that speak of others' work or of the contract itself."""

_GOVERNING = frozenset({"plan", "budget", "investment_plan", "regulation"})
_DEFAULT_STATUS = {
    "plan": "decided", "budget": "decided", "investment_plan": "planned", "regulation": "decided", "study": "completed",
    "organisation": "established", "network": "ongoing", "agreement": "ongoing", "programme": "ongoing",
    "project": "ongoing", "certification": "ongoing", "communication": "ongoing", "infrastructure": "ongoing",
    "procurement": "ongoing", "other": "ongoing", "process": "ongoing",
}  # fmt: skip
# What a status means for things that cannot have it: a study is not established, no meeting completes a network.
_FITTING = {
    ("study", "established"): "completed", ("network", "completed"): "ongoing",
    ("organisation", "completed"): "established",
    ("agreement", "completed"): "established", ("project", "established"): "ongoing",
    ("programme", "established"): "ongoing",
    ("communication", "decided"): "ongoing", ("study", "proposed"): "ongoing",
    
    ("budget", "completed"): "decided",
}  # fmt: skip
_DECIDED_TYPES = frozenset({"plan", "regulation", "budget", "investment_plan", "procurement"})
"""Types that are decided anew when they are revised; a network that is widened just goes on."""
_STANDING = frozenset({"infrastructure", "regulation", "organisation", "plan"})
"""Types of things that stand once they are used: "används", "finns" says established."""
_TYPE_OF_GROUP = {"process": "infrastructure"}
_NOT_YET = frozenset({"ongoing", "established"})
"""What a verb in the present says only until a year to come moves it: "startar 2026"."""
_OPENS = 3
"""An actor among the first tokens of a sentence acts in all of it."""
_ANAPHORA_REACH = 2
_LONGEST_SENTENCE = 300
"""Tokens read at once: a text without any stop is read in stretches of this length, which keeps the work linear."""
_MOST_SEEN = 30
_MOST_WITH_A_WORD = 40
"""How many initiatives may share a word and still be compared by it: keeps long documents linear."""
_TELLING_LATER = frozenset({"paused", "cancelled", "proposed", "completed", "established", "decided", "in_preparation"})
_NOT_LATER = frozenset({"govern", "take_part", "run", "consider", "plan", "apply", "found"})


@dataclass(frozen=True)
class Mention:
    """A candidate in its sentence, with what the sentence says of it."""

    sentence: Sentence
    tokens: Sequence[Token]
    phrase: Phrase
    cue: Cue | None
    distance: int
    actors: Sequence[Named]
    order: int
    key: tuple[str, ...]
    repeats: int = 1
    is_first: bool = True
    score: float = 0.0


def name_key(name: str) -> tuple[str, ...]:
    """The words of a name, without small ones and years: what makes two mentions the same initiative."""
    parts = name.casefold().replace("-", " ").replace("–", " ").split()
    told = (part.strip(".,\"”") for part in parts if part not in words("small") and not part[0].isdigit())
    told = (head.name if (head := head_of(part)) else part for part in told)
    return tuple(dict.fromkeys(told))


@dataclass(frozen=True)
class Reading:
    """A sentence read: its tokens, the actors and cues in it, the candidates with their scores."""

    sentence: Sentence
    tokens: Sequence[Token]
    actors: Sequence[Named]
    cues: Sequence[Cue]
    mentions: tuple[Mention, ...]


def read(document: Document, municipality: Municipality, model: Model) -> list[Reading]:
    """The sentences of the sections that speak of the municipality's own work."""
    readings: list[Reading] = []
    order = 0
    for sentence in document.sentences:
        if sentence.section in SILENT_SECTIONS or sentence.kind in ("heading", "cover"):
            continue
        whole = tokenize(sentence.text, sentence.span.start)
        for start in range(0, len(whole), _LONGEST_SENTENCE):
            tokens = whole[start : start + _LONGEST_SENTENCE]
            if len(tokens) >= 2:
                readings.append(_read(sentence, tokens, municipality, order))
                order += len(readings[-1].mentions)
    return _scored(readings, municipality, model)


def _scored(readings: Sequence[Reading], municipality: Municipality, model: Model) -> list[Reading]:
    """The readings with their mentions' scores; how often a document names a thing is part of the score."""
    repeats = Counter(mention.key for reading in readings for mention in reading.mentions)
    seen: set[tuple[str, ...]] = set()
    scored: list[Reading] = []
    for reading in readings:
        mentions = []
        for mention in reading.mentions:
            mention = replace(mention, repeats=repeats[mention.key], is_first=mention.key not in seen)
            seen.add(mention.key)
            mentions.append(replace(mention, score=model.score(features(mention, municipality))))
        scored.append(replace(reading, mentions=tuple(mentions)))
    return scored


def _read(sentence: Sentence, tokens: Sequence[Token], municipality: Municipality, order: int) -> Reading:
    actors = find_actors(tokens, municipality)
    cues = find_cues(tokens)
    phrases = candidates(tokens, cues, actors, municipality.name)
    mentions = []
    for number, phrase in enumerate(phrases):
        others = [other.head for other in phrases if other is not phrase]
        cue, distance = choose_cue(tokens, cues, phrase.first, phrase.last, phrase.head, others)
        key = name_key(phrase.name)
        mentions.append(Mention(sentence, tokens, phrase, cue, distance, actors, order + number, key))
    return Reading(sentence, tokens, actors, cues, tuple(mentions))


def find_mentions(document: Document, municipality: Municipality) -> Iterator[Mention]:
    """All candidates of a document with their scores, in the order of the text."""
    for reading in read(document, municipality, committed()):
        yield from reading.mentions


@dataclass
class _Group:
    """The mentions that name one initiative, the actors tied to it and what later sentences say of it."""

    mentions: list[Mention]
    actors: list[tuple[Reading, int]]
    later: Cue | None = None
    later_in: Reading | None = None


def find_initiatives(
    document: Document, municipality: Municipality, model: Model | None = None
) -> tuple[Initiative, ...]:
    """The initiatives of a document in the order of the text, each named one once; by the committed model where none
    is given. Pure and deterministic."""
    model = model or committed()
    readings = read(document, municipality, model)
    groups = _groups(readings, model.threshold)
    of_mention = {mention.order: group for group in groups for mention in group.mentions}
    recent: tuple[int, int, _Group] | None = None
    seen: list[_Group] = []
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
    return tuple(_initiative(document, group, spoken) for group in groups)


def _has_base(group: _Group, base: str) -> bool:
    return any(
        mention.phrase.noun is not None and mention.phrase.noun.base.endswith(base) for mention in group.mentions[:3]
    )


def _groups(readings: Sequence[Reading], threshold: float) -> list[_Group]:
    groups: list[_Group] = []
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
            groups.append(_Group([mention], []))
    return [group for group in groups if max(mention.score for mention in group.mentions) >= threshold]


def _same(first: Mention, second: Mention) -> bool:
    """Whether two mentions name one initiative: most words shared, and the same head noun where both have one."""
    one, two = set(first.key), set(second.key)
    a, b = first.phrase.noun, second.phrase.noun
    if a and b and first.phrase.kind == second.phrase.kind == "noun" and a.name != b.name:
        return False
    return len(one & two) / min(len(one), len(two)) >= 0.6


def _tie_actors(reading: Reading, mentions: Sequence[Mention], of_mention: dict[int, _Group]) -> None:
    """Tie every enumeration of actors to the nearest initiative; one that opens the sentence to the first two."""
    for run in runs_of(reading.tokens, reading.actors):
        if len(run) == 1 and _is_part_of_a_name(reading.actors[run[0]], mentions):
            continue
        first, last = reading.actors[run[0]].first, reading.actors[run[-1]].last
        if last < mentions[0].phrase.first and first <= _OPENS:
            is_label = last + 1 < len(reading.tokens) and reading.tokens[last + 1].text == ":"
            stop = next((at for at in range(last, len(reading.tokens)) if reading.tokens[at].text == ";"), len(reading.tokens))
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
    return len(between) + (2 if first < phrase.first else 0) + 6 * sum(tokens[index].text in ";:" for index in between)


def _add_later(reading: Reading, group: _Group, number_before: int) -> None:
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


def _initiative(document: Document, group: _Group, spoken: int) -> Initiative:
    mentions = group.mentions
    main = max(mentions, key=lambda mention: (mention.score, -mention.order))
    telling = min((m for m in mentions if m.cue), key=lambda m: (m.distance, m.order), default=main)
    cue = telling.cue
    initiative_type = _TYPE_OF_GROUP.get(main.phrase.group, main.phrase.group)
    status = cue.status if cue else _DEFAULT_STATUS[main.phrase.group]
    if cue is None and _is_paid_for(main):
        status = "ongoing" if status in ("completed", "established") else status
    if cue and cue.tense in ("present", "infinitive") and status in _NOT_YET and is_ahead(telling.tokens, cue, spoken):
        status = "planned"
    if group.later and not (cue and cue.status in ("cancelled", "paused")):
        status = group.later.status
    if cue and cue.group == "revise" and cue.status == "decided" and initiative_type not in _DECIDED_TYPES:
        status = "ongoing"
    if cue and status == "ongoing" and initiative_type in _STANDING and telling.tokens[cue.first].low in _stands():
        status = "established"
    status = _FITTING.get((initiative_type, status), status)
    start, end = years_of(main.phrase.name, main.tokens, main.phrase.first, main.phrase.last, main.cue,
                          initiative_type)  # fmt: skip
    spans = [_quote(document, mention) for mention in sorted(mentions, key=lambda m: (m is not main, m.order))]
    spans += _status_spans(document, group, telling, spans)
    body, date = decision_of(telling.tokens, cue) if cue else (None, None)
    evidence = Evidence(
        spans=tuple(dict.fromkeys(spans)), section=main.sentence.section,
        rule_id=_rule_id(main.phrase), confidence=round(main.score, 3),
    )  # fmt: skip
    name_words = [token.low for token in main.tokens[main.phrase.first : main.phrase.last + 1]]
    clause = [token.low for token in main.tokens]
    return Initiative(
        name=main.phrase.name, initiative_type=initiative_type, status=status, status_max=_status_max(telling),
        evidence=evidence,
        is_governing_document=initiative_type in _GOVERNING and main.phrase.kind in ("noun", "named"),
        start_year=start, end_year=end, decision_body=body, decision_date=date, sectors=sectors_of(name_words, clause, initiative_type),
        actors=_actors(document, group),
    )  # fmt: skip


def _is_paid_for(mention: Mention) -> bool:
    """Whether the sentence only says that there is money for it: "Från Boverket fick vi 2 miljoner till lador"."""
    return any(token.low in words("money") for token in mention.tokens[: mention.phrase.first])


@cache
def _stands() -> frozenset[str]:
    return frozenset(lexicon("initiative_statuses")["stands"])


def _status_max(mention: Mention) -> str | None:
    """The further status where the text leaves it open: "har påbörjats eller genomförts"."""
    cue, tokens = mention.cue, mention.tokens
    if cue is None or cue.last + 2 >= len(tokens) or tokens[cue.last + 1].low != "eller":
        return None
    further = find_cues(tokens[cue.last + 2 : cue.last + 5])
    return further[0].status if further and further[0].status != cue.status else None


def _rule_id(phrase: Phrase) -> str:
    return f"initiative.{phrase.kind.replace(' ', '_').replace(',', '_')}.{phrase.group}"


def _quote(document: Document, mention: Mention) -> Span:
    tokens, phrase = mention.tokens, mention.phrase
    return document.clean.raw_span(tokens[phrase.first].start, tokens[phrase.last].end)


def _status_spans(document: Document, group: _Group, telling: Mention, quotes: Sequence[Span]) -> list[Span]:
    """Where the status stands, if not within the name: phrase and cue in one stretch, and what a later sentence says."""
    found = []
    cue, tokens, phrase = telling.cue, telling.tokens, telling.phrase
    if cue and not phrase.first <= cue.first <= cue.last <= phrase.last:
        first, last = min(phrase.first, cue.first), max(phrase.last, cue.last)
        if last - first > _LONGEST_STATUS:
            first, last = _clause_of(tokens, cue)
        found.append(document.clean.raw_span(tokens[first].start, tokens[last].end))
    if group.later and group.later_in:
        tokens = group.later_in.tokens
        first, last = _clause_of(tokens, group.later)
        found.append(document.clean.raw_span(tokens[first].start, tokens[last].end))
    return [span for span in found if span not in quotes]


_LONGEST_STATUS = 24


def _clause_of(tokens: Sequence[Token], cue: Cue) -> tuple[int, int]:
    """The tokens of the cue's clause, up to marks and at most `_LONGEST_STATUS` away."""
    first, last = cue.first, cue.last
    while first > 0 and cue.first - first < _LONGEST_STATUS and tokens[first - 1].text not in ".,;:":
        first -= 1
    while last + 1 < len(tokens) and last - cue.last < _LONGEST_STATUS and tokens[last + 1].text not in ".,;:":
        last += 1
    return first, last


def _actors(document: Document, group: _Group) -> tuple[ActorMention, ...]:
    found: dict[tuple[str, str], ActorMention] = {}
    for reading, number in group.actors:
        named = reading.actors[number]
        role, is_told = role_of(reading.tokens, reading.actors, number)
        if role == "applied_to":
            continue
        span = document.clean.raw_span(reading.tokens[named.first].start, reading.tokens[named.last].end)
        evidence = Evidence(spans=(span,), section=reading.sentence.section,
                            rule_id=f"actor.{named.actor.actor_type}.{role}",
                            confidence=0.9 if is_told else 0.6)  # fmt: skip
        found.setdefault(
            (named.actor.actor_id, role),
            ActorMention(actor_id=named.actor.actor_id, actor_name=named.actor.name, actor_type=named.actor.actor_type,
                         role=role, evidence=evidence, municipality_id=named.actor.municipality_id),
        )  # fmt: skip
    return tuple(found.values())
