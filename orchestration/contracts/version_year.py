"""Which year a contract version is of, from its path, its cover and its words.

Here: years in their places, and the date of signing. Not here: which source wins (identity).
A contract is signed in December of its version year, so a target year or a year spoken of as to come is never it.
"""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import PurePosixPath
from typing import NamedTuple

from orchestration.contracts.model import Municipality
from orchestration.contracts.source import Limits
from orchestration.contracts.whose import lexicon

_COVER_CHARACTERS = 1_500
_TOKEN_YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)")
_VERSION = re.compile(r"\bversion\s+((?:19|20|21)\d\d)\b", re.IGNORECASE)
_MONTH = r"(januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december)"
_DATE = rf"(?:(?P<day>\d{{1,2}})\s+(?P<month>{_MONTH[1:-1]})\s+(?P<year>20\d\d)|(?P<iso>20\d\d-\d\d-\d\d))"
_DATE_LINE = re.compile(rf"^[ \t]*(?:den\s+)?{_DATE}[ \t]*$", re.IGNORECASE | re.MULTILINE)
_SIGNED = re.compile(
    rf"(?:kontrakt|version|avtal|parterna)[^.\n]{{0,120}}?\b(?:teckna|underteckna|signera|skrivs\s+(?:under|på)|skrevs\s+(?:under|på)|ingå)[a-z]*[^.\n]{{0,60}}?\bden\s+{_DATE}",
    re.IGNORECASE,
)  # fmt: skip
_EARLIER = re.compile(r"\b(?:första|tidigare|förra|föregående|ursprungliga|sedan)\b", re.IGNORECASE)
_STATED = re.compile(
    r"\b(20\d\d)\s+års\s+(?:version|upplaga|utgåva|klimatkontrakt)|\bklimatkontrakt(?:et)?\s+(?:för\s+)?version\s+(20\d\d)",
    re.IGNORECASE,
)
_SIGNING_MONTHS = range(9, 13)


class SignedDate(NamedTuple):
    """A date of signing or of the cover, and where it stands."""

    date: date
    is_cover: bool


def from_path(path: PurePosixPath) -> int | None:
    """The year that the file's name or, failing that, a folder states: lund/2023.pdf, lund-2023.pdf, 2023/lund.pdf.

    The programme's own 2030 ("Klimatkontrakt 2030 Lund.pdf") is no version year.
    """
    for part in (path.stem, *reversed(path.parent.parts)):
        rest = re.sub(r"klimatkontrakt[\W_]*2030", "", part, flags=re.IGNORECASE)
        years = [int(year) for year in _TOKEN_YEAR.findall(rest)]
        if len(set(years)) == 1:
            return years[0]
    return None


def on_cover(text: str) -> int | None:
    """The year of "VERSION 2023" or of a date line at the head of a whole contract."""
    head = _head(text)
    if version := _VERSION.search(head):
        return int(version.group(1))
    if "klimatkontrakt" in head[:400].casefold() and (line := _DATE_LINE.search(head)) and (found := _date(line)):
        return found.year if found.month in _SIGNING_MONTHS else None
    return None


def _head(text: str) -> str:
    """The cover's words: up to the table of contents."""
    head = text[:_COVER_CHARACTERS]
    contents = re.search(r"^[ \t]*innehåll", head, re.IGNORECASE | re.MULTILINE)
    return head[: contents.start()] if contents else head


def signed_date(text: str) -> date | None:
    """When this contract is or was signed: the last such date, not that of an earlier version."""
    found = None
    for match in _SIGNED.finditer(text):
        sentence_start = max(text.rfind(".", 0, match.start()), text.rfind("\n", 0, match.start())) + 1
        if not _EARLIER.search(text, sentence_start, match.end()):
            found = _date(match) or found
    if found is None and "klimatkontrakt" in text[:400].casefold() and (line := _DATE_LINE.search(_head(text))):
        found = _date(line)
    return found


def stated(text: str) -> int | None:
    """A year that the text gives as its own: "2023 års version", a date line, "undertecknas den 8 december 2023"."""
    if match := _STATED.search(text):
        return int(match.group(1) or match.group(2))
    if version := re.search(r"^[ \t]*version[ \t]+(20\d\d)[ \t]*$", text, re.IGNORECASE | re.MULTILINE):
        return int(version.group(1))
    signed = signed_date(text)
    return signed.year if signed and signed.month in _SIGNING_MONTHS else None


@cache
def _ordinal_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    ordinals = "|".join(lexicon()["ordinals"])
    return (
        re.compile(
            rf"\b(?:det\s+här|detta|denna)\s+är\s+(?:\S+\s+){{0,3}}?({ordinals})\s+"
            r"(?:klimatkontrakt|version|upplaga)", re.IGNORECASE,
        ),
        re.compile(rf"\b(?:[A-ZÅÄÖ]\w+s|kommunens|stadens|vårt)\s+({ordinals})\s+klimatkontrakt"),
    )  # fmt: skip


def ordinal(text: str, municipality: Municipality) -> int | None:
    """The year of "fjärde klimatkontraktet" counted from the first; None where the first year isn't known."""
    if municipality.name.casefold() not in lexicon()["first_signed_2020"]:
        return None
    for pattern in _ordinal_patterns():
        if match := pattern.search(text):
            numbers: dict[str, int] = lexicon()["ordinals"]  # type: ignore[assignment]
            return 2020 + numbers[match.group(1).casefold()] - 1
    return None


_CLAUSE = re.compile(r"[^.;:!?•\n()]+(?:\.(?=\d)[^.;:!?•\n()]+)*")
_SPOKEN = re.compile(
    r"\b(?P<lead>under|år|sedan|våren|sommaren|hösten|vintern|årsskiftet|i\s+(?:början|mitten|slutet)\s+av|"
    + _MONTH[1:-1] + r")(?:\s+år)?\s+(?P<year>20\d\d)(?P<range>\s?[-–]\s?(?:20)?\d\d)?(?!\d)",
    re.IGNORECASE,
)  # fmt: skip
_TO_COME = re.compile(
    r"\b(?:ska|skall|kommer|planeras|avses|avser|tänkt|väntas|fortsätter|senast|fram\s+till|från\s+och\s+med|fr\.?o\.?m|"
    r"inför|beslut|förbereds|uppdrag|målår|mål(?:et|en)?\s+(?:om|för|att)|nästa|måste)\b|\b(?:till|tills|efter|före|från(?:\s+den)?(?:\s+\d{1,2})?)\s*$",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:har|hade|var|blev|fick|tog|togs|gav|gick|kom|skrev|skrevs|låg|stod|är|gjorde|gjordes|höll|hölls|beslöt|"
    r"utsågs|utsåg|såg|vann|antogs|drogs|sattes|lades|gjort|gavs|nåddes|byggdes|"
    r"[a-zåäö]{3,}(?:ade|ades|te|tes|de|des)|[a-zåäö]{3,}(?:as|ras|nas|eras|ar|rar))\b",
)
_INFINITIVE = re.compile(r"\batt\s+[a-zåäö]+a\s+$")


def inferred(text: str, limits: Limits) -> int | None:
    """The latest year spoken of as past or present, within the years in which contracts are written."""
    years = [year for year in _spoken_years(text) if limits.first_version_year <= year <= limits.last_version_year]
    return max(years, default=None)


def _spoken_years(text: str) -> Iterator[int]:
    for clause in _CLAUSE.finditer(text):
        words = clause.group()
        for match in _SPOKEN.finditer(words):
            before, after = words[: match.start()], words[match.end() :]
            governing_before, governing_after = before.rsplit(",", 1)[-1], after.split(",", 1)[0]
            if any(_TO_COME.search(part) for part in (governing_before, governing_after)):
                continue
            if _INFINITIVE.search(before) or not _PAST.search(before + " " + after):
                continue
            if match.group("range") and match.group("lead").casefold() != "under":
                continue
            yield int(match.group("year"))


def _date(match: re.Match[str]) -> date | None:
    try:
        if match.group("iso"):
            return date.fromisoformat(match.group("iso"))
        months: dict[str, int] = lexicon()["months"]  # type: ignore[assignment]
        return date(int(match.group("year")), months[match.group("month").casefold()], int(match.group("day")))
    except ValueError:
        return None
