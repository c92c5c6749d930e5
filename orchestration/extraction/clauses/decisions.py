"""Decisions: which body decided, and when, as far as the sentence says.

Here: the body's name and an ISO date, whole or partial. Not here: how binding the goal is (status).
"""

from orchestration.extraction.language.words import Tagged, bit

_ADOPTED = bit("adopted")
_MONTHS = ("januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november",
           "december")  # fmt: skip
_BODIES = ("kommunfullmäktige", "fullmäktige", "regionfullmäktige", "kommunstyrelsen", "regionstyrelsen")
_ENDINGS = ("nämnden", "utskottet", "beredningen")
_SHORT = {"KF": "kommunfullmäktige", "KS": "kommunstyrelsen"}
_LAST_DAY = 31


def decision_in(tagged: Tagged, speaking: int) -> tuple[str | None, str | None]:
    """(body, ISO date) of the decision that the sentence tells of; a month without a year lies in the speaking year."""
    if not tagged.mask & _ADOPTED:
        return None, None
    return _body(tagged), _date(tagged, speaking)


def _body(tagged: Tagged) -> str | None:
    for token in tagged.tokens:
        if token.low.removesuffix("s") in _BODIES or token.low in _BODIES:
            return token.low if token.low in _BODIES else token.low.removesuffix("s")
        if token.low.endswith(_ENDINGS):
            return token.low
        if token.text in _SHORT:
            return _SHORT[token.text]
    return None


def _date(tagged: Tagged, speaking: int) -> str | None:
    low = tagged.low
    for at, word in enumerate(low):
        if word not in _MONTHS:
            continue
        following = low[at + 1] if at + 1 < len(low) else ""
        year = following if _is_number(following, 4) else str(speaking) if speaking else ""
        if not year:
            return None
        day = low[at - 1] if at else ""
        month = f"{year}-{_MONTHS.index(word) + 1:02d}"
        return f"{month}-{int(day):02d}" if _is_number(day, 2) and 0 < int(day) <= _LAST_DAY else month
    return None


def _is_number(word: str, longest: int) -> bool:
    return word.isascii() and word.isdecimal() and len(word) <= longest and (longest < 4 or len(word) == 4)
