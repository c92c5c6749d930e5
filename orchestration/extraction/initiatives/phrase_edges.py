"""Where a noun phrase starts and ends: determiners and adjectives before the head, complements and names behind it.

Here: token indices. Not here: which word is a head (head_nouns), what the phrase is called (noun_phrases).
"""

from collections.abc import Sequence

from orchestration.contracts.municipalities import municipalities
from orchestration.extraction.initiatives.phrase_words import DASHES, is_adjective, is_name_number, words
from orchestration.extraction.language.event_verbs import is_finite_verb
from orchestration.extraction.language.head_nouns import head_of
from orchestration.extraction.language.tokens import Token

_OPENING = frozenset("\"”“»«'")
_LONGEST_COMPLEMENT = 9
_LONGEST_NAME = 8
_LONGEST_QUESTION = 22


def left_of(tokens: Sequence[Token], at: int) -> tuple[int, str, str, int]:
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
            while index >= 0 and tokens[index].text in DASHES:
                index -= 1
            first = max(index, 0)
            index -= 1
            continue
        is_note = index == 0 and tokens[1].text[0].isupper()
        if (
            token.kind == "number"
            and not is_note
            and not is_name_number(token)
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
            before.text in DASHES
            and index >= 2
            and tokens[index - 2].kind == "word"
            and tokens[index - 2].end == before.start
        )
    return False


def proper_end(tokens: Sequence[Token], start: int) -> int:
    """The last token of a run of capitalised words and years from `start`, or start - 1."""
    index, last = start, start - 1
    while index < len(tokens) and index - start < _LONGEST_NAME:
        token = tokens[index]
        is_english = index > start and token.text.islower() and token.low in words("english_small")
        is_name = token.kind == "word" and (token.text[0].isupper() or (is_english and last == index - 1))
        if is_name or (token.kind == "number" and is_name_number(token)):
            last = index
        elif token.text in DASHES and index > start - 1 and index + 1 < len(tokens) and (
            tokens[index + 1].kind == "number" or tokens[index + 1].text[0].isupper()
        ) and last == index - 1:  # fmt: skip
            pass
        else:
            break
        index += 1
    return last


def proper_start(tokens: Sequence[Token], at: int) -> int:
    """The first token of the run of capitalised words that ends at `at`, without the sentence's first word."""
    start = at
    while start > 0 and tokens[start - 1].kind == "word" and tokens[start - 1].text[0].isupper() and start - 1 > 0:
        start -= 1
    return start


def open_name_end(tokens: Sequence[Token], first: int, last: int) -> int:
    """A name after projektet, nätverket … may go on in small letters: Kapacitetsbyggande för eko-social integration."""
    index = last + 1
    while index < len(tokens) and index - first < _LONGEST_NAME:
        token = tokens[index]
        if token.kind == "number" and is_name_number(token):
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


def quoted(tokens: Sequence[Token], start: int) -> tuple[int, int] | None:
    """(first, last) of the words inside the quotation marks that open at `start`."""
    if start >= len(tokens) or tokens[start].text not in _OPENING:
        return None
    for index in range(start + 1, min(start + 14, len(tokens))):
        if tokens[index].text in _OPENING:
            return (start + 1, index - 1) if index - 1 > start else None
    return None


def right_of(tokens: Sequence[Token], last: int) -> tuple[int, str]:
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
        if token.kind == "number" and is_name_number(token):
            last = index
            index += 1
            continue
        follows_a_year = last == index - 1 and tokens[index - 1].kind == "number"
        if token.text in DASHES and follows_a_year and index + 1 < len(tokens):
            if is_name_number(tokens[index + 1]):
                last = index + 1
                index += 2
                continue
            break
        if token.text in DASHES and index + 2 < limit and tokens[index + 1].low in ("och", "samt"):
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
        if tokens[index].kind == "mark" and tokens[index].text not in DASHES:
            return index - 1
    return len(tokens) - 1 if len(tokens) - start < _LONGEST_QUESTION else None


def _opens_phrase(token: Token) -> bool:
    return token.low in words("determiners") or token.low in words("stops")


def _is_noun_like(tokens: Sequence[Token], index: int) -> bool:
    return tokens[index].text[0].isupper()
