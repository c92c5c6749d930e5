"""Whose contract a path, a cover or a text is: candidates from each, none of them decided between here.

Here: names in their places. Not here: which source wins (identity), which year (version_year).
"""

import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path, PurePosixPath
from typing import NamedTuple
from weakref import WeakKeyDictionary

from orchestration.contracts.model import Municipality
from orchestration.contracts.municipalities import Register, slug

_LEXICON = Path(__file__).parent / "lexicon" / "identity.toml"
_COVER_CHARACTERS = 1_500
_TEXT_CHARACTERS = 400_000
_BETWEEN = re.compile(
    r"\bmellan\s+([^.:;•]{2,80}?)[\s,]+(?:och|samt)\s+(?:de\s+)?(?:statliga\s+)?(?:myndighet|viable|energimynd)",
    re.IGNORECASE,
)
_COVER_TITLE = re.compile(r"\bklimatkontrakt(?:\s+20\d\d)?\s+(?:för|med)?\s*([A-ZÅÄÖ][^\n.:;•,]{1,60})", re.IGNORECASE)
_MASKED = re.compile(r"\b[Xx]{3,}\b|_{3,}|\[[^\]]*\]")
_NAME = re.compile(r"(?<![\w-])[A-ZÅÄÖ][\w-]*(?:[ \t\xa0][A-ZÅÄÖ][\w-]*){0,2}")
_OWN_CONTRACT = re.compile(r"[\s\xa0]+(?:[^\W\d_]+[\s\xa0]+){0,2}klimatkontrakt", re.IGNORECASE)
_WORD_AFTER = re.compile(r"[\s\xa0]+([^\W\d_]+)")
_WORDS_BEFORE = re.compile(r"([^\W\d_]+(?:\s+för)?)\s+$")
_NAMING, _NAMED_ALONE = 4, 1
_LEAST_SCORE = 2
_SAFE_SCORE = 4
_DOMINANCE = 2


class CoverName(NamedTuple):
    """What stands where the cover names the municipality: known, or words that are none of the 290."""

    municipality: Municipality | None
    words: str


class TextNames(NamedTuple):
    """Who the text speaks as: one municipality, or (None) the names that come too close to each other."""

    municipality: Municipality | None
    rivals: tuple[str, ...] = ()
    is_weak: bool = False
    """Known by two or three mentions only, none of them "X kommun"."""


@cache
def lexicon() -> dict[str, list[str]]:
    """The word lists of lexicon/identity.toml."""
    with _LEXICON.open("rb") as file:
        return tomllib.load(file)


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(lexicon()[name])


_AROUND_NAME = re.compile(r"^[\W\d_]+|[\W\d_]+$")
_forms_by_slug: WeakKeyDictionary[Register, dict[str, Municipality]] = WeakKeyDictionary()


def by_name(name: str, register: Register) -> Municipality | None:
    """The municipality of a name in any form: "Falu kommun", "MALMÖ STAD", "lunds-kommun", "Gotlands"."""
    forms = _forms_by_slug.get(register)
    if forms is None:
        forms = {slug(form): municipality for form, municipality in register.forms.items()} | register.by_slug
        _forms_by_slug[register] = forms
    if exact := register.exactly_named(name):
        return exact
    key = slug(name)
    for candidate in (key, re.sub(r"-(?:kommuns?|kommunens?|stads?|staden)$", "", key), key.removeprefix("region-")):
        found = forms.get(candidate)
        if found and (candidate == key or not key.startswith("region-") or found.official_name.startswith("Region")):
            return found
    return None


def from_path(path: PurePosixPath, register: Register) -> Municipality | None:
    """The municipality that a folder or the file's name is: lund/2023.pdf, järfälla-2023.pdf, Klimatkontrakt_Lund.pdf.

    The innermost part wins. Words around a name that are not of the genre make it no name ("en-mark-utredning").
    """
    for part in (path.stem, *reversed(path.parent.parts)):
        tokens = [token for token in slug(part.replace("_", " ")).split("-") if token and not token.isdigit()]
        wanted = [token for token in tokens if token not in _path_words()]
        found = register.exactly_named(_AROUND_NAME.sub("", part))
        found = (
            found or by_name("-".join(tokens), register) or (by_name("-".join(wanted), register) if wanted else None)
        )
        if found:
            return found
    return None


@cache
def _path_words() -> frozenset[str]:
    return frozenset(slug(word) for word in lexicon()["path_words"])


def from_cover(text: str, register: Register) -> CoverName | None:
    """The name in "Mellan X kommun och myndigheterna" or in the title; None where there is none or it is masked."""
    head = text[:_COVER_CHARACTERS]
    if between := _BETWEEN.search(head):
        words = " ".join(between.group(1).split())
        if not _MASKED.search(words):
            return CoverName(by_name(words, register), words)
        return None
    for title in _COVER_TITLE.finditer(head[:400]):
        words = " ".join(title.group(1).split())
        if not _MASKED.search(words) and (found := by_name(words, register)):
            return CoverName(found, words)
    return None


def from_text(text: str, register: Register) -> TextNames:
    """The municipality that the text speaks of most, where it is clearly one."""
    scores: Counter[Municipality] = Counter()
    named: set[Municipality] = set()
    for match in _NAME.finditer(text, 0, _TEXT_CHARACTERS):
        for municipality, weight in _mentions(text, match, register):
            scores[municipality] += weight
            if weight == _NAMING:
                named.add(municipality)
    for municipality in list(scores):
        if municipality.name.casefold() in _words("also_words") and municipality not in named:
            del scores[municipality]
    ranked = scores.most_common(3)
    if not ranked or ranked[0][1] < _LEAST_SCORE:
        return TextNames(None)
    if len(ranked) > 1 and ranked[0][1] < _DOMINANCE * ranked[1][1]:
        return TextNames(None, tuple(municipality.name for municipality, _ in ranked))
    return TextNames(ranked[0][0], is_weak=ranked[0][1] < _SAFE_SCORE)


def _mentions(text: str, match: re.Match[str], register: Register) -> list[tuple[Municipality, int]]:
    """The municipality in a run of capitalised words (longest name first), with the weight of its context."""
    words = match.group().split()
    found = []
    index = 0
    while index < len(words):
        for length in range(len(words) - index, 0, -1):
            municipality = register.forms.get(" ".join(words[index : index + length]))
            if municipality:
                before = _before(text, match, words, index)
                after = _after(text, match, words, index + length)
                weight = _weight(before, after, municipality)
                if weight and index + length == len(words) and _OWN_CONTRACT.match(text, match.end()):
                    weight = _NAMING
                if weight:
                    found.append((municipality, weight))
                index += length - 1
                break
        index += 1
    return found


def _before(text: str, match: re.Match[str], words: list[str], index: int) -> str:
    if index:
        return words[index - 1].casefold()
    before = _WORDS_BEFORE.search(text, max(0, match.start() - 40), match.start())
    return before.group(1).casefold() if before else ""


def _after(text: str, match: re.Match[str], words: list[str], index: int) -> str:
    if index < len(words):
        return words[index].casefold()
    after = _WORD_AFTER.match(text, match.end())
    return after.group(1).casefold() if after else ""


def _weight(before: str, after: str, municipality: Municipality) -> int:
    if after in _words("not_before") or (before in _words("not_after") and municipality.name != "Gotland"):
        return 0
    if after in _words("names_it_before") or before in _words("names_it_after"):
        return _NAMING
    return _NAMED_ALONE
