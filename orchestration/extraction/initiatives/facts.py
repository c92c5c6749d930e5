"""The fact that the mentions of one initiative make: name, type, status, years, decision, sectors, actors, evidence.

Here: choosing among what the mentions tell. Not here: which mentions belong together (initiatives).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from orchestration.contracts.model import Document, Span
from orchestration.extraction.actors.roles import role_of
from orchestration.extraction.facts import ActorMention, Evidence, Initiative
from orchestration.extraction.initiatives.decisions import decision_of
from orchestration.extraction.initiatives.mentions import Mention, Reading
from orchestration.extraction.initiatives.noun_phrases import Phrase
from orchestration.extraction.initiatives.phrase_words import words
from orchestration.extraction.initiatives.sectors import sectors_of
from orchestration.extraction.initiatives.statuses import STATUSES, Cue, find_cues
from orchestration.extraction.initiatives.years import is_ahead, years_of
from orchestration.extraction.language.tokens import Token
from orchestration.extraction.lexicons import lexicon

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
_LONGEST_STATUS = 24


@dataclass
class Group:
    """The mentions that name one initiative, the actors tied to it and what later sentences say of it."""

    mentions: list[Mention]
    actors: list[tuple[Reading, int]]
    later: Cue | None = None
    later_in: Reading | None = None


def initiative_of(document: Document, group: Group, spoken: int) -> Initiative:
    """The fact of a group of mentions; `spoken` is the year the text speaks in."""
    mentions = group.mentions
    main = max(mentions, key=lambda mention: (mention.score, -mention.order))
    told = [m for m in mentions if m.cue]
    told = [m for m in told if not _is_former(m)] or told
    telling = min(told, key=lambda m: (m.distance, m.order), default=main)
    cue = telling.cue
    initiative_type = _TYPE_OF_GROUP.get(main.phrase.group, main.phrase.group)
    if initiative_type == "study" and any(part in words("every") for part in main.phrase.name.casefold().split()):
        initiative_type = "regulation"  # a study that is made every time is a rule: klimatkalkyl i alla ärenden
    status = _status(group, main, telling, initiative_type, spoken)
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
        name=_name(main, mentions), initiative_type=initiative_type, status=status, status_max=_status_max(telling),
        evidence=evidence,
        is_governing_document=initiative_type in _GOVERNING and main.phrase.kind in ("noun", "named"),
        start_year=start, end_year=end, decision_body=body, decision_date=date,
        sectors=sectors_of(name_words, clause, initiative_type),
        actors=_actors(document, group),
    )  # fmt: skip


def _name(main: Mention, mentions: Sequence[Mention]) -> str:
    """The name as the main mention has it, in the base form where another mention shows that ("en klimatfond")."""
    name, noun = main.phrase.name, main.phrase.noun
    if noun is None or main.phrase.kind != "noun" or not noun.definite:
        return name
    others = (m.phrase.noun for m in mentions if m is not main and m.phrase.noun is not None)
    if not any(other.name == noun.name and not other.definite for other in others):
        return name
    word = main.tokens[main.phrase.head].low
    return " ".join(_recased(part, noun.name) if part.casefold() == word else part for part in name.split())


def _recased(old: str, new: str) -> str:
    return new[0].upper() + new[1:] if old[0].isupper() else new


def _status(group: Group, main: Mention, telling: Mention, initiative_type: str, spoken: int) -> str:
    """The status that the cues give, by the type of thing and the year the text speaks in; by type where none does."""
    cue = telling.cue
    status = cue.status if cue else _status_without_cue(main)
    is_present = cue is not None and (cue.tense in ("present", "infinitive") or cue.group == "phrase")
    if cue and is_present and status in _NOT_YET and is_ahead(telling.tokens, cue, spoken):
        status = "planned"
    if cue and status in _NOT_YET and cue.tense != "past" and main.rubric == "planned":
        status = "planned"
    if status in _EVENTS_NOW and _has_taken_place(telling, initiative_type):
        status = "completed"
    if group.later and not (cue and cue.status in ("cancelled", "paused")):
        status = group.later.status
    if cue and cue.group == "revise" and cue.status == "decided" and initiative_type not in _DECIDED_TYPES:
        status = "ongoing"
    if cue and status == "ongoing" and initiative_type in _STANDING and telling.tokens[cue.first].low in _stands():
        status = "established"
    return _FITTING.get((initiative_type, status), status)


def _status_without_cue(main: Mention) -> str:
    """The status by the rubric above, else by type."""
    if main.rubric in STATUSES:
        return main.rubric
    status = _DEFAULT_STATUS[main.phrase.group]
    return "ongoing" if _is_paid_for(main) and status in ("completed", "established") else status


_EVENTS_NOW = frozenset({"ongoing", "established"})


def _has_taken_place(mention: Mention, initiative_type: str) -> bool:
    """Whether an event is told of in the past: "Klimatmässan lockade 900 besökare"."""
    noun = mention.phrase.noun
    if initiative_type != "communication" or noun is None or noun.plural or noun.base not in _events("event_heads"):
        return False
    tokens, phrase = mention.tokens, mention.phrase
    near = tokens[max(0, phrase.first - _EVENT_REACH) : phrase.last + _EVENT_REACH]
    return any(token.low in _events("event_verbs") for token in near)


_EVENT_REACH = 6


@cache
def _events(key: str) -> frozenset[str]:
    return frozenset(lexicon("initiative_statuses")[key])


def _is_former(mention: Mention) -> bool:
    """Whether a mention is of the predecessor: "den tidigare strategin upphävdes"."""
    near = mention.tokens[max(0, mention.phrase.first - 1) : mention.phrase.head]
    return any(token.low in words("former") for token in near)


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


def _status_spans(document: Document, group: Group, telling: Mention, quotes: Sequence[Span]) -> list[Span]:
    """Where the status stands, if not within the name: phrase and cue as one, and what a later sentence says."""
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


def _clause_of(tokens: Sequence[Token], cue: Cue) -> tuple[int, int]:
    """The tokens of the cue's clause, up to marks and at most `_LONGEST_STATUS` away."""
    first, last = cue.first, cue.last
    while first > 0 and cue.first - first < _LONGEST_STATUS and tokens[first - 1].text not in ".,;:":
        first -= 1
    while last + 1 < len(tokens) and last - cue.last < _LONGEST_STATUS and tokens[last + 1].text not in ".,;:":
        last += 1
    return first, last


def _actors(document: Document, group: Group) -> tuple[ActorMention, ...]:
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
