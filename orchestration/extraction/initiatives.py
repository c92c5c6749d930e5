"""Initiatives of a document: candidates, decision, attributes, and one initiative where several phrases name the same.

Here: putting the parts together. Not here: words, phrases, statuses, actors, weights.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from orchestration.contracts.model import Document, Municipality, Sentence, Span
from orchestration.extraction.actors import Named, find_actors
from orchestration.extraction.facts import ActorMention, Evidence, Initiative
from orchestration.extraction.initiative_candidates import candidates
from orchestration.extraction.initiative_model import THRESHOLD, features, score
from orchestration.extraction.initiative_years import years_of
from orchestration.extraction.noun_phrases import Phrase
from orchestration.extraction.roles import role_of
from orchestration.extraction.sectors import sectors_of
from orchestration.extraction.statuses import Cue, choose_cue, find_cues
from orchestration.extraction.tokens import Token, tokenize

SILENT_SECTIONS = frozenset(
    "purpose parties viable_cities_commitments authority_commitments strategic_projects updates_viable_cities "
    "updates_authorities contract appendix".split()
)
"""Sections that speak of others' work or of the contract itself."""

_GOVERNING = frozenset({"plan", "budget", "investment_plan", "regulation"})
_DEFAULT_STATUS = {
    "plan": "decided", "budget": "decided", "investment_plan": "planned", "regulation": "decided", "study": "completed",
    "organisation": "established", "network": "ongoing", "agreement": "ongoing", "programme": "ongoing",
    "project": "ongoing", "certification": "ongoing", "communication": "ongoing", "infrastructure": "ongoing",
    "procurement": "ongoing", "other": "ongoing", "process": "ongoing",
}  # fmt: skip
_TYPE_OF_GROUP = {"process": "infrastructure"}
_SMALL = frozenset("för och i om av med till en ett den det de på som the of and to vid kring inom från".split())
_CUE_REACH = 9


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
    score: float = 0.0
    own_actors: tuple[int, ...] = field(default=())

    @property
    def key(self) -> frozenset[str]:
        """The name's words, without small ones and years: what makes two mentions the same initiative."""
        words = self.phrase.name.casefold().replace("-", " ").replace("–", " ").split()
        return frozenset(word.strip(".,\"”") for word in words if word not in _SMALL and not word[0].isdigit())


def find_mentions(document: Document, municipality: Municipality) -> Iterator[Mention]:
    """All candidates of a document with their scores, in the order of the text."""
    order = 0
    for sentence in document.sentences:
        if sentence.section in SILENT_SECTIONS or sentence.kind in ("heading", "footnote", "cover"):
            continue
        tokens = tokenize(sentence.text, sentence.span.start)
        if len(tokens) < 2:
            continue
        actors = find_actors(tokens, municipality)
        cues = find_cues(tokens)
        phrases = candidates(tokens, cues, actors, municipality.name)
        for number, phrase in enumerate(phrases):
            others = [other.head for other in phrases if other is not phrase]
            cue, distance = choose_cue(tokens, cues, phrase.first, phrase.last, others)
            mention = Mention(sentence, tokens, phrase, cue, distance, actors, order,
                              own_actors=_own_actors(phrases, number, actors))  # fmt: skip
            yield Mention(**{**mention.__dict__, "score": score(features(mention, municipality))})
            order += 1


def _own_actors(phrases: Sequence[Phrase], number: int, actors: Sequence[Named]) -> tuple[int, ...]:
    """The actors that stand nearest to this phrase among the phrases of the sentence."""
    own = []
    for index, named in enumerate(actors):
        gaps = [
            0 if phrase.first <= named.first <= phrase.last
            else named.first - phrase.last if named.first > phrase.last else phrase.first - named.last + 2
            for phrase in phrases
        ]  # fmt: skip
        if gaps[number] == min(gaps):
            own.append(index)
    return tuple(own)


def find_initiatives(document: Document, municipality: Municipality) -> tuple[Initiative, ...]:
    """The initiatives of a document in the order of the text, each named one once. Pure and deterministic."""
    groups: list[list[Mention]] = []
    for mention in find_mentions(document, municipality):
        group = next((group for group in groups if _same(group[0], mention)), None)
        if group is None:
            groups.append([mention])
        else:
            group.append(mention)
    kept = [group for group in groups if max(mention.score for mention in group) >= THRESHOLD]
    return tuple(_initiative(document, group, municipality) for group in kept)


def _same(first: Mention, second: Mention) -> bool:
    """Whether two mentions name one initiative: most words shared, and the same head noun where both have one."""
    one, two = first.key, second.key
    if not one or not two:
        return False
    a, b = first.phrase.noun, second.phrase.noun
    if a and b and first.phrase.kind == second.phrase.kind == "noun" and a.name != b.name:
        return False
    return len(one & two) / min(len(one), len(two)) >= 0.6


def _initiative(document: Document, group: Sequence[Mention], municipality: Municipality) -> Initiative:
    main = max(group, key=lambda mention: (mention.score, -mention.order))
    telling = min((m for m in group if m.cue), key=lambda m: (m.distance, m.order), default=main)
    cue = telling.cue
    initiative_type = _TYPE_OF_GROUP.get(main.phrase.group, main.phrase.group)
    status = cue.status if cue else _DEFAULT_STATUS[main.phrase.group]
    start, end = years_of(main.phrase.name, main.tokens, main.phrase.first, main.phrase.last, cue if telling is main else None,
                          (0, len(main.tokens) - 1))  # fmt: skip
    spans = [_quote(document, mention) for mention in sorted(group, key=lambda m: (m is not main, m.order))]
    evidence = Evidence(
        spans=tuple(dict.fromkeys(spans)), section=main.sentence.section,
        rule_id=f"initiative.{main.phrase.kind}.{main.phrase.group}", confidence=round(main.score, 3),
    )  # fmt: skip
    name_words = [token.low for token in main.tokens[main.phrase.first : main.phrase.last + 1]]
    clause = [token.low for token in main.tokens]
    return Initiative(
        name=main.phrase.name, initiative_type=initiative_type, status=status, evidence=evidence,
        is_governing_document=initiative_type in _GOVERNING and main.phrase.kind in ("noun", "named"),
        start_year=start, end_year=end, sectors=sectors_of(name_words, clause, initiative_type),
        actors=_actors(document, group),
    )  # fmt: skip


def _quote(document: Document, mention: Mention) -> Span:
    tokens, phrase = mention.tokens, mention.phrase
    return document.clean.raw_span(tokens[phrase.first].start, tokens[phrase.last].end)


def _actors(document: Document, group: Sequence[Mention]) -> tuple[ActorMention, ...]:
    found: dict[tuple[str, str], ActorMention] = {}
    for mention in group:
        for number in mention.own_actors:
            named = mention.actors[number]
            role = role_of(mention.tokens, mention.actors, number)
            span = document.clean.raw_span(mention.tokens[named.first].start, mention.tokens[named.last].end)
            evidence = Evidence(spans=(span,), section=mention.sentence.section, rule_id=f"actor.{named.actor.actor_type}.{role}", confidence=0.8)
            found.setdefault(
                (named.actor.actor_id, role),
                ActorMention(actor_id=named.actor.actor_id, actor_name=named.actor.name, actor_type=named.actor.actor_type,
                             role=role, evidence=evidence, municipality_id=named.actor.municipality_id),
            )  # fmt: skip
    return tuple(found.values())
