"""Noun phrases around head nouns: where they start and end, and the name they give an initiative.

Here: "Den koncerngemensamma klimatledningsgruppen" → "Koncerngemensam klimatledningsgrupp". Not here: whether the
phrase is an initiative, what happens to it, who takes part.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from orchestration.contracts.municipalities import municipalities
from orchestration.extraction.event_verbs import is_finite_verb
from orchestration.extraction.head_nouns import Head, head_of, is_generic, is_person, is_place
from orchestration.extraction.lexicons import lexicon
from orchestration.extraction.tokens import Token

_OPENING = frozenset("\"”“»«'")
_DASHES = frozenset("–—-−")
_LONGEST_COMPLEMENT = 9
_LONGEST_NAME = 8


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


@cache
def words(key: str) -> frozenset[str]:
    """A group of lexicon/initiative_phrases.toml."""
    return frozenset(lexicon("initiative_phrases")[key])


@cache
def words_in_order(key: str) -> tuple[str, ...]:
    """A group of lexicon/initiative_phrases.toml as it stands there."""
    return tuple(lexicon("initiative_phrases")[key])


@lru_cache(maxsize=65536)
def is_adjective(low: str) -> bool:
    """Whether a word before a noun most likely is an adjective or participle."""
    if low in words("not_adjectives"):
        return False
    return indefinite_adjective(low, "") in words("adjectives") or low in words("adjectives") or (
        len(low) > 4 and low.endswith(_endings())
    )  # fmt: skip


@cache
def _endings() -> tuple[str, ...]:
    return tuple(lexicon("initiative_phrases")["adjective_endings"])


_IRREGULAR = {
    "egna": "egen",
    "små": "liten",
    "lilla": "liten",
    "öppna": "öppen",
    "gamla": "gammal",
    "blåa": "blå",
    "nytt": "ny",
}


def indefinite_adjective(low: str, article: str) -> str:
    """gemensamma → gemensam, with `article` "ett" gemensamt; reviderade → reviderad. Comparatives and -ande stay."""
    if low.endswith(("ande", "ende", "re", "sta", "första", "andra", "tredje")):
        return low
    if article == "ett" and low.endswith("t"):
        return low
    stem = _stem(low)
    return _neuter(stem) if article == "ett" else stem


def _stem(low: str) -> str:
    if low in _IRREGULAR:
        return _IRREGULAR[low]
    if low.endswith("ade"):
        return low[:-1]
    if low.endswith("amma"):
        return low[:-2]
    if low.endswith("a") and len(low) > 2:
        return low[:-1]
    return low


def _neuter(stem: str) -> str:
    """ny → nytt, lokal → lokalt, planerad → planerat, egen → eget, bred → brett."""
    if stem[-1] in "yåö":
        return stem + "tt"
    if stem.endswith("ad"):
        return stem[:-1] + "t"
    if stem.endswith("en"):
        return stem[:-1] + "t"
    if stem.endswith("d"):
        return stem[:-1] + ("t" if stem[-2] in "nlr" else "tt")
    return stem if stem.endswith("t") else stem + "t"


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
    first, determiner, owner, adjectives = _left(tokens, at)
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
    name_end = _proper_end(tokens, at + 1)
    has_more = name_end > at and tokens[at + 1].kind == "word"
    is_capital = token.text[0].isupper() and not token.text[:2].isupper()
    is_proper = is_capital and (has_more or not _opens_sentence(tokens, at))
    if is_proper and not has_more and is_place(noun) and name_end <= at and not adjectives:
        return None
    last, complement = _right(tokens, max(at, name_end))
    if is_proper:
        start = _proper_start(tokens, at)
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
    quoted = _quoted(tokens, at + 1)
    if quoted:
        return quoted
    is_apposition = noun.base in words("apposition") or noun.name in words("apposition")
    if at + 1 >= len(tokens) or not is_apposition:
        return None
    following = tokens[at + 1]
    name_end = _proper_end(tokens, at + 1)
    opens = (
        (following.kind == "word"
        and following.text[0].isupper())
        or (following.kind == "number"
        and _is_open_number(tokens, at + 1))
    )
    if opens and (noun.definite or not tokens[at].text[0].isupper()):
        return at + 1, _open_name_end(tokens, at + 1, max(name_end, at + 1))
    if following.text in ",:–" and at + 2 < len(tokens):
        name_end = _proper_end(tokens, at + 2)
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
    last, _ = _right(tokens, head)
    return first, head, min(last, stop - 1)


def _opens_sentence(tokens: Sequence[Token], at: int) -> bool:
    return all(token.kind == "mark" for token in tokens[:at])


def text_of(tokens: Sequence[Token], first: int, last: int) -> str:
    """The tokens first..last as text, white space as in the sentence (one space where there is any)."""
    parts = [tokens[first].text]
    for before, token in zip(tokens[first:last], tokens[first + 1 : last + 1], strict=True):
        parts.append((" " if token.start > before.end else "") + token.text)
    return "".join(parts)


def _left(tokens: Sequence[Token], at: int) -> tuple[int, str, str, int]:
    """(first token, determiner, owner in the genitive, number of adjectives) of the phrase to the left of the head."""
    first, determiner, owner, adjectives = at, "", "", 0
    noun = head_of(tokens[at].low)
    is_definite = noun is not None and noun.definite
    index = at - 1
    while index >= 0 and at - index <= 6:
        token = tokens[index]
        low = token.low
        if low in words("determiners"):
            determiner = low
            first = index
            break
        if low in ("och", "-") and adjectives == 0 and index >= 1 and _is_first_half(tokens, index):
            index -= 1 if low == "och" else 0
            while index >= 0 and tokens[index].text in _DASHES:
                index -= 1
            first = max(index, 0)
            index -= 1
            continue
        is_note = index == 0 and tokens[1].text[0].isupper()
        if (
            token.kind == "number"
            and not is_note
            and not _is_name_number(token)
            and tokens[index + 1].low not in ("procent", "%")
        ):
            first = index
            break
        if token.text in municipalities().forms:
            if not token.text.endswith("s"):
                first = index
            else:
                owner, first = token.text, index
            break
        fits = not is_definite or low.endswith(("a", "e"))
        if token.kind == "word" and fits and is_adjective(low) and not (low.endswith("s") and token.text[0].isupper()):
            adjectives += 1
            first = index
            index -= 1
            continue
        if token.kind == "word" and low.endswith("s") and len(low) > 3 and not is_finite_verb(low) and (
            token.text[0].isupper() or low in words("own") or low.endswith(("ens", "ets", "nas", "arnas", "ernas"))
        ):  # fmt: skip
            owner = token.text
            first = index
            break
        break
    if not determiner and not owner:
        while first < at and tokens[first].low.endswith("ade"):
            first, adjectives = first + 1, adjectives - 1
    return first, determiner, owner, max(adjectives, 0)


def _is_first_half(tokens: Sequence[Token], index: int) -> bool:
    """Whether "och" at `index` joins two halves of a compound: energi- och klimatplan."""
    if tokens[index].low == "och":
        before = tokens[index - 1]
        return (
            before.text in _DASHES
            and index >= 2
            and tokens[index - 2].kind == "word"
            and tokens[index - 2].end == before.start
        )
    return False


def _proper_end(tokens: Sequence[Token], start: int) -> int:
    """The last token of a run of capitalised words and years from `start`, or start - 1."""
    index, last = start, start - 1
    while index < len(tokens) and index - start < _LONGEST_NAME:
        token = tokens[index]
        is_english = index > start and token.text.islower() and token.low in words("english_small")
        is_name = token.kind == "word" and (token.text[0].isupper() or (is_english and last == index - 1))
        if is_name or (token.kind == "number" and _is_name_number(token)):
            last = index
        elif token.text in _DASHES and index > start - 1 and index + 1 < len(tokens) and (
            tokens[index + 1].kind == "number" or tokens[index + 1].text[0].isupper()
        ) and last == index - 1:  # fmt: skip
            pass
        else:
            break
        index += 1
    return last


def _is_name_number(token: Token) -> bool:
    return (
        (token.text.isdigit() and len(token.text) == 4 and token.text[:2] in ("19", "20")) or token.text.count(".") == 1
    )


def _open_name_end(tokens: Sequence[Token], first: int, last: int) -> int:
    """A name after projektet, nätverket … may go on in small letters: Kapacitetsbyggande för eko-social integration."""
    index = last + 1
    while index < len(tokens) and index - first < _LONGEST_NAME:
        token = tokens[index]
        if token.kind == "number" and _is_name_number(token):
            last = index
            break
        if token.kind != "word" or is_finite_verb(token.low) or token.low in words("name_stops"):
            break
        if token.low in words("place") or token.low in words("complement") or token.low == "och":
            following = tokens[index + 1] if index + 1 < len(tokens) else None
            if (
                following is None
                or following.kind != "word"
                or following.low in words("months")
                or following.low in words("determiners")
            ):
                break
        else:
            last = index
        index += 1
    return last




def _proper_start(tokens: Sequence[Token], at: int) -> int:
    start = at
    while start > 0 and tokens[start - 1].kind == "word" and tokens[start - 1].text[0].isupper() and start - 1 > 0:
        start -= 1
    return start


def _quoted(tokens: Sequence[Token], start: int) -> tuple[int, int] | None:
    """(first, last) of the words inside the quotation marks that open at `start`."""
    if start >= len(tokens) or tokens[start].text not in _OPENING:
        return None
    for index in range(start + 1, min(start + 14, len(tokens))):
        if tokens[index].text in _OPENING:
            return (start + 1, index - 1) if index - 1 > start else None
    return None


def _right(tokens: Sequence[Token], last: int) -> tuple[int, str]:
    """(last token, preposition) of the phrase with its complement: "av kolsänkor i skog", "vid Torsvik"."""
    index, kind = last + 1, ""
    limit = min(len(tokens), last + 1 + _LONGEST_COMPLEMENT)
    while index + 1 < limit:
        low = tokens[index].low
        if not (low in words("complement") or low in words("place")):
            break
        end = _complement_end(tokens, index + 1, limit, loose=low in words("complement"))
        if end is None:
            break
        last, kind = end, kind or low
        index = end + 1
    return last, kind


def _complement_end(tokens: Sequence[Token], start: int, limit: int, *, loose: bool) -> int | None:
    """The last token of the noun phrase after a preposition, or None where a time, a number or an actor follows."""
    first = tokens[start]
    if first.low in words("question_words"):
        return _question_end(tokens, start)
    if first.kind != "word" or first.low in words("months") or (is_finite_verb(first.low) and not loose):
        return None
    if first.low in words("stops") and first.low not in words("determiners"):
        return None
    last, index = None, start
    while index < limit:
        token = tokens[index]
        if token.kind == "number" and _is_name_number(token):
            last = index
            index += 1
            continue
        follows_a_year = last == index - 1 and tokens[index - 1].kind == "number"
        if token.text in _DASHES and follows_a_year and index + 1 < len(tokens):
            if _is_name_number(tokens[index + 1]):
                last = index + 1
                index += 2
                continue
            break
        if token.text in _DASHES and index + 2 < limit and tokens[index + 1].low in ("och", "samt"):
            index += 1
            continue
        only_adjectives = index > start and all(_is_plain_adjective(before) for before in tokens[start:index])
        if token.text == "," and only_adjectives and index + 1 < limit and tokens[index + 1].kind == "word":
            last = None
            index += 1
            continue
        if token.kind != "word" or (
            token.low in words("stops") and not (index == start and token.low in words("determiners"))
        ):
            break
        if token.low in words("complement") or token.low in words("place"):
            break
        if token.low == "och":
            following = tokens[index + 1] if index + 1 < limit else None
            if (
                following is None
                or following.kind != "word"
                or is_finite_verb(following.low)
                or _opens_phrase(following)
            ):
                break
        elif index > start and is_finite_verb(token.low) and not _is_noun_like(tokens, index):
            break
        elif token.low not in words("determiners"):
            last = index
        index += 1
    if last is not None and all(_is_plain_adjective(token) for token in tokens[start : last + 1]):
        return None
    return last


def _is_plain_adjective(token: Token) -> bool:
    return token.text == "," or (token.text.islower() and is_adjective(token.low))


def _question_end(tokens: Sequence[Token], start: int) -> int | None:
    """The end of an indirect question: a mark or the end of the sentence; None where that is far away."""
    for index in range(start + 1, min(len(tokens), start + _LONGEST_QUESTION)):
        if tokens[index].kind == "mark" and tokens[index].text not in _DASHES:
            return index - 1
    return len(tokens) - 1 if len(tokens) - start < _LONGEST_QUESTION else None


_LONGEST_QUESTION = 22


def _opens_phrase(token: Token) -> bool:
    return token.low in words("determiners") or token.low in words("stops")


def _is_noun_like(tokens: Sequence[Token], index: int) -> bool:
    return tokens[index].text[0].isupper()


_NAMED_BY_THE_ACT = frozenset({"process", "study"})
"""Groups whose names say an act: Ombyggnad av …, Utredning om …. Others keep the form of the text (Miljöplanen)."""


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
        if low in words("determiners") or low in words("own") or tokens[index].text in _DASHES:
            if tokens[index].text in _DASHES and parts:
                parts[-1] += "-"
            continue
        if low == "och" or not is_adjective(low):
            if (
                low == "och"
                or noun.group in ("agreement", "network")
                or (index + 1 < len(tokens)
                and tokens[index + 1].text in _DASHES)
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
