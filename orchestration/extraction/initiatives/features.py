"""What the decision looks at: a candidate's own words, what happens to it, whose it is, how its sentence goes on.

Here: features as names that a reader understands. Not here: their weights (model), what stands farther away
(surroundings).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from orchestration.contracts.model import Municipality
from orchestration.extraction.actors.named import Named
from orchestration.extraction.initiatives.noun_phrases import Phrase
from orchestration.extraction.initiatives.phrase_words import words, words_in_order
from orchestration.extraction.initiatives.sectors import sectors_of_word
from orchestration.extraction.initiatives.surroundings import surrounding_features
from orchestration.extraction.language.event_verbs import is_finite_verb
from orchestration.extraction.language.head_nouns import is_generic

if TYPE_CHECKING:
    from orchestration.extraction.initiatives.mentions import Mention
    from orchestration.extraction.language.tokens import Token


def features(mention: Mention, municipality: Municipality) -> list[str]:
    """The features of a candidate, each a name that a reader understands; the same candidate, the same list."""
    found = _own_features(mention, municipality)
    found += _event_features(mention, found[0].removeprefix("family="))
    found += _left_features(mention, municipality)
    found += _right_features(mention)
    found += _sentence_features(mention)
    found += surrounding_features(mention)
    return found


def _own_features(mention: Mention, municipality: Municipality) -> list[str]:
    """What the phrase shows by itself."""
    phrase, tokens, noun = mention.phrase, mention.tokens, mention.phrase.noun
    found = [f"family={_FAMILY[phrase.group] if noun else phrase.kind}"]
    if noun:
        is_specific = (
            bool(noun.first_part) + bool(phrase.complement) + bool(phrase.adjectives) + 2 * (phrase.kind == "named")
        )
        found.append(f"specific={min(is_specific, 3)}")
        if is_generic(noun) and phrase.kind == "noun":
            found.append(
                f"generic,{'complement' if phrase.complement else 'definite' if noun.definite else 'indefinite'}"
            )
        if phrase.kind == "noun":
            number = "definite" if noun.definite else "plural" if noun.plural else "singular"
            found += [f"{number} noun", f"{number} noun,{_article(phrase)}", f"{number} {_FAMILY[phrase.group]}"]
        else:
            found.append("proper name")
        found.append(f"base={noun.base}")
        first_part = sectors_of_word(noun.first_part) if noun.first_part else ()
        found += [f"first part of {sector}" for sector in first_part] if noun.first_part else [f"bare {noun.group}"]
        if tokens[phrase.first].kind == "number" or phrase.determiner in words("counts"):
            found.append("counted")
        found.append("climate word" if noun.first_part and sectors_of_word(noun.first_part) else "no climate word")
    else:
        head = tokens[phrase.head].low
        found.append(f"{phrase.kind},{'topic' if sectors_of_word(head) else 'no topic'}")
        found.append(f"verb's noun in -{_ending(head)}")
        if phrase.complement:
            found.append("verb's noun with complement")
        if tokens[phrase.first].kind == "number" or phrase.determiner in words("counts"):
            found.append("verb's noun, counted")
        if phrase.kind in _NAMES:
            found += _name_features(mention, municipality)
    found += [f"word={token.low}" for token in tokens[phrase.first : phrase.last + 1] if token.kind == "word"]
    capitals = sum(token.text[0].isupper() for token in tokens[phrase.first : phrase.last + 1])
    found.append(f"capitals {min(capitals, 3)} of {min(phrase.last - phrase.first + 1, 4)}")
    inside = tokens[phrase.head + 1 : phrase.last + 1]
    if inside:
        preposition = inside[0].low if inside[0].low in words("place") or inside[0].low in words("complement") else ""
        found.append(f"complement={preposition}")
        if any(token.text[0].isupper() for token in inside):
            found.append("complement with a name")
    if any(token.low in ("xxxx", "xxxxx", "xxxxxx") or _is_masked(token.text) for token in inside):
        found.append("masked name")
    if mention.repeats > 1:
        found.append("named again" if mention.is_first else "named before")
    return found


def _is_masked(text: str) -> bool:
    return len(text) > 2 and set(text.casefold()) == {"x"}


def _article(phrase: Phrase) -> str:
    return "indefinite" if phrase.determiner in words("indefinite") else "definite" if phrase.determiner else "none"


def _ending(low: str) -> str:
    return next((ending for ending in words_in_order("noun_endings") if low.endswith(ending)), "other")


def _event_features(mention: Mention, family: str) -> list[str]:
    """What happens to it, by the cue that speaks of it."""
    event, cue = _event(mention), mention.cue
    found = [event, f"{family},{event}"]
    if cue is None or mention.distance > _FAR:
        return found
    found += [f"event={cue.group}", f"event={cue.group},{cue.tense}", f"{family},{cue.group}"]
    found += [f"event={cue.status}", f"event in {mention.tokens[cue.first].low[:_CUE_LETTERS]}-"]
    if cue.denied:
        found.append("event denied")
    if 0 < mention.phrase.first - cue.last <= _BESIDE:
        found.append(f"right behind {cue.group}")
    found.append("event before" if cue.last < mention.phrase.first else "event after")
    return found


def _left_features(mention: Mention, municipality: Municipality) -> list[str]:
    """Whose it is, and what stands before it."""
    phrase, tokens = mention.phrase, mention.tokens
    found = [f"article={_article(phrase)}"]
    if phrase.determiner in words("telling_determiners"):
        found.append(f"determiner={phrase.determiner}")
    if phrase.owner:
        is_own = phrase.owner.casefold() in words("own") or phrase.owner.startswith(municipality.name)
        found.append("owner=own" if is_own else "owner=other")
    left = {token.low for token in tokens[phrase.first : phrase.head]}
    found += [f"with {low}" for low in sorted(left & words("telling_adjectives"))]
    if any(token.low in words("others") for token in tokens[max(0, phrase.first - 1) : phrase.head + 1]):
        found.append("others'")
    if any(token.low in words("former") for token in tokens[max(0, phrase.first - 2) : phrase.head]):
        found.append("former")
    if _is_someone_elses(mention):
        found.append("someone else acts")
    found += _subject_features(mention, municipality)
    before = tokens[phrase.first - 1].low if phrase.first else "^"
    if before in words("telling_before"):
        found.append(f"before={before}")
    elif before == "^":
        found.append("opens the sentence")
    elif is_finite_verb(before):
        found.append("right behind a verb")
    lead = [token.low for token in tokens[max(0, phrase.first - 2) : phrase.first]]
    if len(lead) == 2 and lead[1] in ("på", "om", "av", "till", "med") and lead[0] in words("governs_no_initiative"):
        found.append("governed by a noun of number or demand")
    return found


def _subject_features(mention: Mention, municipality: Municipality) -> list[str]:
    """Who acts in the clause: the municipality, one of its companies, or another actor right beside a finite verb."""
    tokens = mention.tokens
    begin, end = _clause(tokens, mention.phrase.first, mention.phrase.last)
    found = []
    if any(token.low in words("own_subjects") or token.text == municipality.name for token in tokens[begin:end]):
        found.append("own subject")
    for named in mention.actors:
        if not (begin <= named.first and named.last < end) or _overlaps(named, mention.phrase):
            continue
        beside = [tokens[at].low for at in (named.first - 1, named.last + 1) if begin <= at < end]
        if any(is_finite_verb(low) for low in beside):
            found.append(f"subject is a {named.actor.actor_type}")
            break
    return found


def _overlaps(named: Named, phrase: Phrase) -> bool:
    return named.first <= phrase.last and phrase.first <= named.last


def _clause(tokens: Sequence[Token], first: int, last: int) -> tuple[int, int]:
    """The tokens around first..last up to the next semicolon, colon or "men", at most `_CLAUSE_REACH` on each side."""
    begin, end = first, last + 1
    while begin > 0 and first - begin < _CLAUSE_REACH and tokens[begin - 1].low not in _CLAUSE_ENDS:
        begin -= 1
    while end < len(tokens) and end - last < _CLAUSE_REACH and tokens[end].low not in _CLAUSE_ENDS:
        end += 1
    return begin, end


_CLAUSE_REACH = 16
_CLAUSE_ENDS = frozenset({";", ":", "men", "medan"})


def _right_features(mention: Mention) -> list[str]:
    """What follows it: the end of a clause, a relative clause, its verb."""
    phrase, tokens = mention.phrase, mention.tokens
    following = tokens[phrase.last + 1] if phrase.last + 1 < len(tokens) else None
    if following is None or following.text in ".,:;":
        return ["ends a clause", f"ends at {following.text if following else 'the end'}"]
    if following.low in ("som", "vilken", "vilket"):
        is_told = phrase.determiner in ("den", "det", "de") and phrase.noun is not None and not phrase.noun.definite
        return ["relative clause", "the one that"] if is_told else ["relative clause"]
    if is_finite_verb(following.low):
        return ["subject", f"subject of {following.low}"] if following.low in words("telling_verbs") else ["subject"]
    return [f"followed by {following.low}"] if following.low in words("telling_before") else []


def _sentence_features(mention: Mention) -> list[str]:
    """What kind of sentence it stands in."""
    tokens = mention.tokens
    found = []
    last = mention.phrase.last
    if any(token.low in words("renamed") for token in tokens[last + 1 : last + 9]):
        found.append("renamed")
    if mention.sentence.kind == "bullet":
        found.append("bullet")
    if not mention.lows.isdisjoint(_FIGURES):
        found.append("figures in the sentence")
    if not mention.lows.isdisjoint(words("aim_cues")):
        found.append("noun beside an aim" if mention.phrase.noun else "verb's noun beside an aim")
    return found


_FIGURES = frozenset({"procent", "%", "ton"})
_NAMES = frozenset({"name", "quoted", "introduced", "explained", "joined"})


def _name_features(mention: Mention, municipality: Municipality) -> list[str]:
    """What a proper name without a head noun shows: a year, English words, an award beside it, taking part."""
    phrase, tokens = mention.phrase, mention.tokens
    inside = [token.low for token in tokens[phrase.first : phrase.last + 1]]
    around = [token.low for token in tokens[max(0, phrase.first - 8) : phrase.last + 9]]
    found = []
    if any(low.isdigit() and len(low) == 4 for low in inside):
        found.append("name with a year")
    if any(low in words("english") for low in inside):
        found.append("name in English")
    if municipality.name.casefold() in inside and len(inside) > 1:
        found.append("name with the municipality's")
    if any(low in words("awards") for low in around):
        found.append("name beside an award")
    if any(low in words("taking_part") for low in around):
        found.append("name of something taken part in")
    if any(named.first <= phrase.last and phrase.first <= named.last for named in mention.actors):
        found.append("name with an actor's")
    return found


def _is_someone_elses(mention: Mention) -> bool:
    """Whether the sentence opens with an actor that is neither the municipality nor one of its companies."""
    opening = [named for named in mention.actors if named.first <= 1 and named.last < mention.phrase.first]
    return any(named.actor.actor_type in _OTHERS for named in opening) or any(
        token.low in words("others") for token in mention.tokens[:2]
    )


_OTHERS = frozenset(
    {"national_agency", "company", "eu_institution", "county_board", "region", "programme_office", "ngo"}
)


def _event(mention: Mention) -> str:
    if mention.cue is None or mention.distance > _FAR:
        return "no event"
    strength = "weak" if mention.cue.group in _WEAK_EVENTS else "strong"
    return f"{strength} event,{'near' if mention.distance <= _NEAR else 'far'}"


_NEAR, _FAR = 5, 11
_CUE_LETTERS = 5
_BESIDE = 2
_WEAK_EVENTS = frozenset({"govern", "take_part", "consider", "plan"})
_FAMILY = {
    "plan": "document", "budget": "document", "investment_plan": "document", "regulation": "rule",
    "organisation": "body",
    "network": "network", "agreement": "agreement", "project": "work", "programme": "work", "study": "study",
    "infrastructure": "thing", "procurement": "rule", "certification": "rule", "communication": "communication",
    "other": "money", "process": "process",
}  # fmt: skip
