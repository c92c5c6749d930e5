"""Noun phrases around head nouns: where they start and end, and the name they give an initiative.

Here: "Den koncerngemensamma klimatledningsgruppen" → "Koncerngemensam klimatledningsgrupp". Not here: whether the
phrase is an initiative, what happens to it, who takes part.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from orchestration.contracts.municipalities import municipalities
from orchestration.extraction.initiatives.phrase_edges import (
    left_of,
    open_name_end,
    proper_end,
    proper_start,
    quoted,
    right_of,
)
from orchestration.extraction.initiatives.phrase_words import DASHES, indefinite_adjective, is_adjective, text_of, words
from orchestration.extraction.language.event_verbs import is_finite_verb
from orchestration.extraction.language.head_nouns import Head, head_of, is_generic, is_person, is_place
from orchestration.extraction.language.tokens import Token


@dataclass(frozen=True)
class Phrase:
    """A possible initiative in a sentence: tokens first..last (included) of which `head` is the head noun's.

    `kind` is noun (a head noun), named (a proper name with or without one), subject (any subject of an event verb) or
    object (what is looked into: "utreder koldioxidinfångning").
    """

    kind: str
    group: str
    name: str
    first: int
    last: int
    head: int
    noun: Head | None
    determiner: str = ""
    owner: str = ""
    adjectives: int = 0
    complement: str = ""


_NAMED_BY_THE_ACT = frozenset({"process", "study"})
"""Groups whose names say an act: Ombyggnad av …, Utredning om …. Others keep the form of the text (Miljöplanen)."""


def phrase_at(tokens: Sequence[Token], at: int) -> Phrase | None:
    """The phrase whose head noun stands at token `at`, or None where no head noun stands there."""
    token = tokens[at]
    noun = head_of(token.low) if token.kind == "word" else None
    if noun is None or noun.genitive or _is_contract_itself(tokens, at, noun):
        return None
    if is_person(noun) and at + 1 < len(tokens) and tokens[at + 1].kind == "word" and tokens[at + 1].text[0].isupper():
        return None
    if at and f"{tokens[at - 1].low} {token.low}" in words("idioms"):
        return None
    if (
        noun.base == noun.name[: len(noun.base)] == "plan"
        and noun.plural
        and at + 1 < len(tokens)
        and tokens[at + 1].low == "på"
    ):
        return None  # planerna på en linbana: the initiative is the linbana
    first, determiner, owner, adjectives = left_of(tokens, at)
    if (
        noun.name in words("togetherness")
        and not noun.definite
        and first > 0
        and tokens[first - 1].low in ("i", "genom")
    ):
        return None
    named = _apposition(tokens, at, noun)
    if named:
        start, end = named
        return Phrase(
            "named", noun.group, text_of(tokens, start, end), first, end, at, noun, determiner, owner, adjectives
        )
    name_end = proper_end(tokens, at + 1)
    has_more = name_end > at and tokens[at + 1].kind == "word"
    is_capital = token.text[0].isupper() and not token.text[:2].isupper()
    is_proper = is_capital and (has_more or not _opens_sentence(tokens, at))
    if is_proper and not has_more and is_place(noun) and name_end <= at and not adjectives:
        return None
    last, complement = right_of(tokens, max(at, name_end))
    if is_proper:
        start = proper_start(tokens, at)
        name = text_of(tokens, start, last)
        return Phrase(
            "named", noun.group, name, min(first, start), last, at, noun, determiner, owner, adjectives, complement
        )
    if not complement and not adjectives and not owner and noun.definite and is_generic(noun):
        return None
    name = _name(tokens, first, at, last, noun, determiner)
    return Phrase("noun", noun.group, name, first, last, at, noun, determiner, owner, adjectives, complement)


def _is_contract_itself(tokens: Sequence[Token], at: int, noun: Head) -> bool:
    """The contract that the text is, rather than a local one with companies: klimatkontraktet, Klimatkontrakt 2030."""
    if not noun.name.casefold().endswith("klimatkontrakt"):
        return False
    return not any(tokens[index].low.startswith(("lokal", "regional")) for index in range(max(0, at - 2), at))


def _apposition(tokens: Sequence[Token], at: int, noun: Head) -> tuple[int, int] | None:
    """The proper name that follows its noun: projektet X, "ett nätverk, X,", initiativet ”X”."""
    inside = quoted(tokens, at + 1)
    if inside:
        return inside
    is_apposition = noun.base in words("apposition") or noun.name in words("apposition")
    if at + 1 >= len(tokens) or not is_apposition:
        return None
    following = tokens[at + 1]
    name_end = proper_end(tokens, at + 1)
    opens = (following.kind == "word" and following.text[0].isupper()) or (
        following.kind == "number" and _is_open_number(tokens, at + 1)
    )
    if opens and (noun.definite or not tokens[at].text[0].isupper()):
        return at + 1, open_name_end(tokens, at + 1, max(name_end, at + 1))
    if following.text in ",:–" and at + 2 < len(tokens):
        name_end = proper_end(tokens, at + 2)
        if name_end > at + 2 and (name_end + 1 >= len(tokens) or tokens[name_end + 1].kind == "mark"):
            return at + 2, name_end
    return None


def _is_open_number(tokens: Sequence[Token], at: int) -> bool:
    """A name that starts with a number: initiativet 30 for 2030."""
    return at + 1 < len(tokens) and tokens[at + 1].kind == "word" and tokens[at + 1].low in ("for", "by", "till")


def generic_phrase(tokens: Sequence[Token], first: int, stop: int) -> tuple[int, int, int] | None:
    """(first, head, last) of the noun phrase that starts at `first` and ends before `stop`, whatever its noun is."""
    index, head = first, None
    while index < stop:
        token = tokens[index]
        if token.kind == "number" and index == first:
            if index == 0 and stop > 1 and tokens[1].text[0].isupper():
                return None
            index += 1
            continue
        if (
            token.kind != "word"
            or is_finite_verb(token.low)
            or token.low in words("complement")
            or token.low in words("place")
        ):
            break
        if token.low in words("determiners"):
            if head is not None:
                break
        elif token.low in words("stops") or token.low == "och":
            break
        elif not is_adjective(token.low) or index + 1 >= stop or tokens[index + 1].kind != "word":
            head = index
        index += 1
    if head is None or head - first > 5:
        return None
    last, _ = right_of(tokens, head)
    return first, head, min(last, stop - 1)


def _opens_sentence(tokens: Sequence[Token], at: int) -> bool:
    return all(token.kind == "mark" for token in tokens[:at])


def _name(tokens: Sequence[Token], first: int, at: int, last: int, noun: Head, determiner: str) -> str:
    if tokens[first].text in municipalities().forms and tokens[first].text.endswith("s"):
        return text_of(tokens, first, last)
    article = "plural" if noun.plural else "ett" if noun.neuter else ""
    is_bare = not any(is_adjective(tokens[index].low) for index in range(first, at))
    parts: list[str] = []
    for index in range(first, at):
        low = tokens[index].low
        if tokens[index].text in municipalities().forms:
            parts.append(tokens[index].text)
            continue
        if low in words("determiners") or low in words("own") or tokens[index].text in DASHES:
            if tokens[index].text in DASHES and parts:
                parts[-1] += "-"
            continue
        if low == "och" or not is_adjective(low):
            if (
                low == "och"
                or noun.group in ("agreement", "network")
                or (index + 1 < len(tokens) and tokens[index + 1].text in DASHES)
            ):
                parts.append(tokens[index].text)
            continue
        parts.append(low if article == "plural" else indefinite_adjective(low, article))
    keeps_form = noun.definite and is_bare and not determiner and noun.group not in _NAMED_BY_THE_ACT
    parts.append(tokens[at].low if keeps_form else noun.name)
    if last > at:
        parts.append(text_of(tokens, at + 1, last))
    name = " ".join(parts)
    return name[0].upper() + name[1:]
