"""Proper names that may be initiatives: runs of capitals, quotation marks, names that an apposition explains.

Here: names without a head noun. Not here: head nouns (noun_phrases), the objects and subjects of verbs
(initiative_candidates).
"""

from collections.abc import Sequence

from orchestration.extraction.actors.named import Named
from orchestration.extraction.initiatives.noun_phrases import Phrase
from orchestration.extraction.initiatives.phrase_words import text_of, words
from orchestration.extraction.language.event_verbs import is_finite_verb
from orchestration.extraction.language.head_nouns import head_of
from orchestration.extraction.language.tokens import Token

_QUOTES = frozenset('”"“»«')


def proper_names(tokens: Sequence[Token], actors: Sequence[Named], found: Sequence[Phrase]) -> list[Phrase]:
    """Proper names of several words inside a sentence, and names in quotation marks."""
    taken = [(named.first, named.last) for named in actors]
    names: list[Phrase] = []
    index = 0
    while index < len(tokens):
        end = index
        if tokens[index].text in _QUOTES:
            close = next(
                (at for at in range(index + 2, min(index + 12, len(tokens))) if tokens[at].text in _QUOTES), None
            )
            if close and tokens[index + 1].text[0].isupper() and not covers(found, index + 1, close - 1):
                names.append(
                    Phrase(
                        "quoted",
                        "project",
                        text_of(tokens, index + 1, close - 1),
                        index + 1,
                        close - 1,
                        index + 1,
                        None,
                    )
                )
            index = (close or index) + 1
            continue
        if _is_capital(tokens[index]) and not (index == 0 and is_small_word(tokens[0].low)):
            if not _is_actor_at(actors, index) and index > 0:
                end = _goes_on(tokens, index)
            while end + 1 < len(tokens) and (_is_capital(tokens[end + 1]) or _is_year_in_name(tokens[end + 1])):
                end += 1
            if end > index and not _is_year_in_name(tokens[end]):
                end = max(end, _goes_on(tokens, end))
            is_name = (end > index or _is_camel(tokens[index])) and any(
                len(t.text) > 3 for t in tokens[index : end + 1]
            )
            is_actor = any(first <= end and index <= last for first, last in taken)
            is_initiative_name = _is_year_in_name(tokens[end]) or not is_actor
            if (
                is_name
                and is_initiative_name
                and not covers(found, index, end)
                and not any(start <= index and end <= stop for start, stop in taken)
            ):
                names.append(Phrase("name", "project", text_of(tokens, index, end), index, end, index, None))
        index = end + 1
    return names


def _is_capital(token: Token) -> bool:
    return token.kind == "word" and token.text[0].isupper() and not (len(token.text) > 2 and set(token.low) == {"x"})


def is_small_word(low: str) -> bool:
    """Whether a word only joins others: an article, a preposition, a conjunction."""
    return low in words("stops") or low in words("place") or low in words("complement") or low in words("determiners")


def introduced_names(tokens: Sequence[Token], actors: Sequence[Named], found: Sequence[Phrase]) -> list[Phrase]:
    """A name that its apposition explains: "Matlandet, ett projekt om lokal mat"."""
    names: list[Phrase] = []
    for index in range(1, len(tokens) - 2):
        if tokens[index].text not in (",", "–", "-") or tokens[index + 1].low not in words("explains"):
            continue
        if not any(head_of(token.low) for token in tokens[index + 2 : index + 6]):
            continue
        start = index - 1
        while start >= 0 and index - start <= 5 and tokens[start].kind != "mark" and not _is_capital(tokens[start]):
            start -= 1
        if (
            start < 0
            or index - start > 5
            or not _is_capital(tokens[start])
            or covers([*found, *names], start, index - 1)
        ):
            continue
        while start > 0 and _is_capital(tokens[start - 1]) and not (start == 1 and is_small_word(tokens[0].low)):
            start -= 1
        if any(named.first <= start <= named.last for named in actors) or is_small_word(tokens[start].low):
            continue
        names.append(Phrase("introduced", "project", text_of(tokens, start, index - 1), start, index - 1, start, None))
    return names


def _is_actor_at(actors: Sequence[Named], at: int) -> bool:
    return any(named.first <= at <= named.last for named in actors)


def _goes_on(tokens: Sequence[Token], end: int) -> int:
    """A name may end in small words and a year: Fossilfri kommun 2030."""
    for at in range(end + 1, min(end + 4, len(tokens))):
        if _is_year_in_name(tokens[at]):
            return at
        if tokens[at].kind != "word" or is_finite_verb(tokens[at].low) or is_small_word(tokens[at].low):
            break
    return end


def _is_camel(token: Token) -> bool:
    """LundaEko, ClimateOS: a capital inside the word shows a name."""
    return (
        any(letter.isupper() for letter in token.text[1:])
        and not token.text.isupper()
        and "-" not in token.text
        and ":" not in token.text
    )


def _is_year_in_name(token: Token) -> bool:
    return token.kind == "number" and token.text.isdigit() and len(token.text) == 4


def covers(found: Sequence[Phrase], first: int, last: int) -> bool:
    """Whether a phrase found before touches the tokens first..last."""
    return any(phrase.first <= last and first <= phrase.last for phrase in found)
