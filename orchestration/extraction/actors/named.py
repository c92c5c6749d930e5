"""Actors named in a sentence: municipalities, agencies, universities, funds, companies.

Here: the register (lexicon/actors.toml and the 290 municipalities) and patterns for names that no list holds, longest
match first. Not here: what an actor does (roles). Masked names never become actors.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from orchestration.contracts.model import Municipality
from orchestration.contracts.municipalities import municipalities, slug
from orchestration.extraction.actors.ids import actor_id, is_county
from orchestration.extraction.language.event_verbs import is_finite_verb
from orchestration.extraction.language.head_nouns import head_of
from orchestration.extraction.language.tokens import Token, tokenize
from orchestration.extraction.lexicons import lexicon

ACTOR_TYPES = (
    "national_agency", "programme_office", "eu_institution", "fund", "network", "ngo", "research_institute",
    "university",
    "company", "industry_cluster", "municipal_department", "foreign_city", "municipal_company",
)  # fmt: skip
_MASKED = re.compile(r"[Xx]{3,}$")
_ABBREVIATED = re.compile(r"[A-ZÅÄÖ]{2,}AB$")
"""HEMAB, ÖBOAB: a company's initials with its form."""
_LONGEST_PATTERN = 4
_PATTERN_NOUNS = frozenset({"högskolan", "länsstyrelsen", "energikontoret", "region"})
_JOINS = frozenset({"och", "&"})
_FOLLOWED = frozenset({"med", "av", "från"})
"""Prepositions between a verb and whoever takes part in what it says: "köpts in från", "provkörs med"."""


class Actor(NamedTuple):
    """An actor of the register or found by pattern."""

    actor_id: str
    name: str
    actor_type: str
    municipality_id: str | None = None


class Named(NamedTuple):
    """An actor where a sentence names it: tokens first..last."""

    first: int
    last: int
    actor: Actor
    is_funding: bool = False
    """Whether the word itself says that the actor pays: Vinnovaprojektet, LONA-medel."""


_Trie = dict[str, list[tuple[tuple[str, ...], Actor]]]


@cache
def _register() -> _Trie:
    """First word → (words, actor), longest first."""
    table: _Trie = {}
    for actor_type in ACTOR_TYPES:
        for entry in lexicon("actors")[actor_type]:
            name, *forms = [form.strip() for form in entry.split("|")]
            actor = Actor(slug(name), name, actor_type)
            for form in forms if "(" in name else (name, *forms):
                words = tuple(token.text for token in tokenize(form))
                table.setdefault(words[0], []).append((words, actor))
    for form, municipality in municipalities().forms.items():
        words = tuple(token.text for token in tokenize(form))
        actor = Actor(municipality.slug, municipality.name, "municipality", municipality.municipality_id)
        table.setdefault(words[0], []).append((words, actor))
    return {first: sorted(entries, key=lambda entry: -len(entry[0])) for first, entries in table.items()}


@cache
def _also_words() -> frozenset[str]:
    return frozenset(lexicon("actors")["patterns"]["also_words"])


def find_actors(tokens: Sequence[Token], own: Municipality) -> list[Named]:
    """The actors that a sentence names, left to right, without the municipality itself."""
    found: list[Named] = []
    openings = _openings()
    index = 0
    while index < len(tokens):
        text = tokens[index].text
        if not text[0].isupper() and text not in openings:
            index += 1
            continue
        named = _at(tokens, index, own)
        named = named or _unlisted(tokens, index, found) or _in_brackets(tokens, index) or _foreign(tokens, index)
        if named is None:
            index += 1
            continue
        if named.actor.municipality_id != own.municipality_id or named.actor.actor_type != "municipality":
            found += [*_listed_before(tokens, named, found), named]
        index = named.last + 1
    return _without_mere_words(tokens, found)


@cache
def _openings() -> frozenset[str]:
    """The words in small letters with which an actor may start."""
    return frozenset(_register()) | _company_nouns() | _PATTERN_NOUNS


def _listed_before(tokens: Sequence[Token], named: Named, found: Sequence[Named]) -> list[Named]:
    """An unlisted name joined to a listed one that follows: "Lions och Röda Korset"."""
    at = named.first - 2
    is_joined = at > 0 and tokens[at + 1].low in ("och", "samt") and _is_name(tokens, at)
    if not is_joined or named.actor.actor_type == "municipality" or (found and found[-1].last >= at):
        return []
    first = at
    while first > 1 and _is_name(tokens, first - 1):
        first -= 1
    if head_of(tokens[at].low) or (found and found[-1].last >= first):
        return []
    return [_named(tokens, first, at, "company")]


def _at(tokens: Sequence[Token], at: int, own: Municipality) -> Named | None:
    token = tokens[at]
    if token.kind != "word" or _MASKED.match(token.text):
        return None
    known = _known(tokens, at) or _paying(token, at)
    patterned = _pattern(tokens, at, own) if token.text[0].isupper() or token.low in _company_nouns() else None
    if known and patterned:
        return known if known.last >= patterned.last else patterned
    return known or patterned


def _unlisted(tokens: Sequence[Token], at: int, found: Sequence[Named]) -> Named | None:
    """A capitalised name that no list holds, right after words that only an actor follows: "tillsammans med Xylem"."""
    if at < 2 or not _is_name(tokens, at) or tokens[at].low.startswith("klimat"):
        return None
    pair = (tokens[at - 2].low, tokens[at - 1].low)
    goes_on = bool(found) and found[-1].last >= at - 3 and tokens[at - 1].low in ("och", "samt", ",", "&")
    follows_verb = pair[1] in _FOLLOWED and (is_finite_verb(pair[0]) or pair[0] in ("in", "fram", "upp", "ihop"))
    if " ".join(pair) not in _leading_words() and not goes_on and not follows_verb:
        return None
    return _named(tokens, at, _run(tokens, at, 4), "company")


@cache
def _leading_words() -> frozenset[str]:
    return frozenset(lexicon("actors")["patterns"]["leading_words"])


def _in_brackets(tokens: Sequence[Token], at: int) -> Named | None:
    """A capitalised name that opens a bracket and is followed by a comma or its end: "gapanalysen (Trivector, juni)"."""
    if at < 2 or tokens[at - 1].text != "(" or not _is_name(tokens, at) or head_of(tokens[at].low):
        return None
    last = _run(tokens, at, 4)
    is_told = any(letter.islower() for letter in tokens[at].text) and len(tokens[at].text) >= _SHORTEST_BRACKETED
    closes = last + 1 < len(tokens) and tokens[last + 1].text in ",)"
    return _named(tokens, at, last, "company") if is_told and closes else None


_SHORTEST_BRACKETED = 5


def _foreign(tokens: Sequence[Token], at: int) -> Named | None:
    """A city that no list holds, behind its nationality: "danska Middelfart"."""
    is_foreign = (
        at > 0 and _is_name(tokens, at) and tokens[at - 1].text in lexicon("actors")["patterns"]["nationalities"]
    )
    return _named(tokens, at, at, "foreign_city") if is_foreign else None


def _known(tokens: Sequence[Token], at: int) -> Named | None:
    text = tokens[at].text
    entries = _register().get(text, [])
    if not entries and text.endswith("s"):
        entries = [entry for entry in _register().get(text[:-1], []) if len(entry[0]) == 1]
    for words, actor in entries:
        end = at + len(words)
        if end > len(tokens):
            continue
        last = tokens[end - 1].text
        if last not in (words[-1], words[-1] + "s"):
            continue
        if all(tokens[at + step].text == word for step, word in enumerate(words[:-1])):
            if words[-1] in lexicon("actors")["patterns"]["placed_funds"] and _is_name(tokens, end):
                return _named(tokens, at, _run(tokens, end, 3), "fund")
            return Named(at, end - 1, actor)
    return None


@cache
def _paying_ends() -> tuple[str, ...]:
    return tuple(lexicon("actors")["patterns"]["paying_ends"])


def _paying(token: Token, at: int) -> Named | None:
    """The actor in a compound of money: Vinnovaprojektet, LONA-medel, Klimatklivspengar."""
    end = next((end for end in _paying_ends() if token.low.endswith(end)), None)
    if end is None:
        return None
    stem = token.text[: -len(end)].rstrip("-")
    for form in (stem, stem.removesuffix("s")):
        entries = [actor for words, actor in _register().get(form, []) if len(words) == 1]
        if entries and entries[0].actor_type != "municipality":
            return Named(at, at, entries[0], is_funding=True)
    return None


@cache
def _company_nouns() -> frozenset[str]:
    return frozenset(lexicon("actors")["patterns"]["company_nouns"])


@cache
def _company_words() -> frozenset[str]:
    return frozenset(lexicon("actors")["patterns"]["municipal_company_words"])


def _pattern(tokens: Sequence[Token], at: int, own: Municipality) -> Named | None:
    """Region X, Länsstyrelsen i X, X universitet, Högskolan i X, X Energi AB, X Science Park, bostadsbolaget X."""
    low = tokens[at].low
    if low == "region" and _is_name(tokens, at + 1):
        last = _run(tokens, at + 1, 2)
        last += 1 if last + 1 < len(tokens) and tokens[last + 1].low == "län" else 0
        return _named(tokens, at, last, "region")
    if low in ("länsstyrelsen", "länsstyrelsens"):
        last = at
        if at + 2 < len(tokens) and tokens[at + 1].low == "i" and _is_name(tokens, at + 2):
            last = _run(tokens, at + 2, 2)
            last += 1 if last + 1 < len(tokens) and tokens[last + 1].low == "län" else 0
        elif _is_name(tokens, at + 1):
            last = at + 1
        return _named(tokens, at, last, "county_board")
    if low in ("högskolan", "energikontoret", "energikontor") and at + 1 < len(tokens):
        last = at + 2 if tokens[at + 1].low == "i" and _is_name(tokens, at + 2) else at + 1
        if _is_name(tokens, last):
            return _named(tokens, at, last, "university" if low == "högskolan" else "industry_cluster")
    if low in _company_nouns():
        return (
            _named(tokens, at + 1, _run(tokens, at + 1, 3), "municipal_company") if _is_name(tokens, at + 1) else None
        )
    return _company(tokens, at, own) or _association(tokens, at)


def _association(tokens: Sequence[Token], at: int) -> Named | None:
    """Upplandsstiftelsen, Sparbanksstiftelsen Varberg, Danderyds sjukhus, Småby hembygdsförening."""
    ends = tuple(lexicon("actors")["patterns"]["association_ends"])
    if tokens[at].low.endswith(ends) and len(tokens[at].low) > _SHORTEST_ASSOCIATION:
        return _named(tokens, at, at + 1 if _is_name(tokens, at + 1) else at, "ngo")
    following = tokens[at + 1].text if at + 1 < len(tokens) else ""
    nouns = tuple(lexicon("actors")["patterns"]["association_nouns"])
    return _named(tokens, at, at + 1, "ngo") if following.islower() and following.endswith(nouns) else None


_SHORTEST_ASSOCIATION = 12


def _company(tokens: Sequence[Token], at: int, own: Municipality) -> Named | None:
    end = at
    words = [tokens[at].text]
    while end + 1 < len(tokens) and end - at < _LONGEST_PATTERN:
        following = tokens[end + 1]
        if _is_name(tokens, end + 1) or following.low in ("universitet", "högskola", "tekniska"):
            end += 1
        elif (
            following.text in _JOINS
            and _is_name(tokens, end + 2)
            and tokens[end + 2].text in _company_words()
            and tokens[end].text in _company_words()
        ):
            end += 2
        else:
            break
        words.append(tokens[end].text)
        if words[-1] == "AB":
            break
    last = words[-1].rstrip("s") if len(words[-1]) > 3 else words[-1]
    if len(words) > 1 and last in ("universitet", "högskola"):
        return _named(tokens, at, end, "university")
    if len(words) > 2 and words[-2:] == ["Science", "Park"]:
        return _named(tokens, at, end, "industry_cluster")
    is_municipal = any(word.rstrip("s") in _company_words() or word in _company_words() for word in words[1:])
    if len(words) > 1 and is_municipal:
        while (
            words
            and words[-1] not in _company_words()
            and words[-1].rstrip("s") not in _company_words()
            and words[-1] != "AB"
        ):
            words.pop()
            end -= 1
        return _named(tokens, at, end, "municipal_company")
    if len(words) > 1 and "AB" in words:
        return _named(tokens, at, end, "municipal_company" if own.name in " ".join(words) else "company")
    if len(words) == 1 and (_is_municipal_word(tokens, at, own) or _ABBREVIATED.match(tokens[at].text)):
        return _named(tokens, at, at, "municipal_company")
    return None


@cache
def _no_companies() -> frozenset[str]:
    return frozenset(lexicon("actors")["patterns"]["no_companies"])


def _is_municipal_word(tokens: Sequence[Token], at: int, own: Municipality) -> bool:
    """Mälarenergi, Karlskronahem; at the start of a sentence only after the municipality's own name."""
    word = tokens[at].text
    endings = tuple(lexicon("actors")["patterns"]["municipal_company_endings"])
    stem = word.removesuffix("s")
    if not stem.lower().endswith(endings) or len(stem) < 7 or stem.lower() in _no_companies():
        return False
    return at > 0 or stem.startswith(own.name)


def _is_name(tokens: Sequence[Token], at: int) -> bool:
    return (
        0 <= at < len(tokens)
        and tokens[at].kind == "word"
        and tokens[at].text[0].isupper()
        and not _MASKED.match(tokens[at].text)
    )


def _run(tokens: Sequence[Token], at: int, most: int) -> int:
    end = at
    while end - at + 1 < most and _is_name(tokens, end + 1):
        end += 1
    return end


def _named(tokens: Sequence[Token], first: int, last: int, actor_type: str) -> Named:
    name = " ".join(token.text for token in tokens[first : last + 1])
    if (
        name.endswith("s")
        and actor_type in ("region", "county_board")
        and last > first
        and len(tokens[last].text) > 4
        and actor_type == "region"
        and (name[-2] not in "aeiouyåäö" or is_county(name.split(" ", 1)[1]))
    ):
        name = name[:-1]
    name = name[0].upper() + name[1:]
    return Named(first, last, Actor(actor_id(name, actor_type), name, actor_type))


def _without_mere_words(tokens: Sequence[Token], found: list[Named]) -> list[Named]:
    """Leave out municipality names that are also words, unless another municipality stands beside."""
    kept = []
    for number, named in enumerate(found):
        text = tokens[named.first].text
        is_bare = named.first == named.last and named.actor.actor_type == "municipality"
        if is_bare and named.first >= 2 and tokens[named.first - 1].low == "i" and _is_name(tokens, named.first - 2):
            continue
        if is_bare and (text in _also_words() or text.removesuffix("s") in _also_words()):
            beside = [other for other in found[max(0, number - 1) : number + 2] if other is not named]
            if not any(
                other.actor.actor_type == "municipality" and abs(other.first - named.first) <= 3 for other in beside
            ):
                continue
        kept.append(named)
    return kept
