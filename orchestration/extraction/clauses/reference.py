"""The year in which a contract speaks: what lies behind it is result, what lies ahead of it is promise.

Here: an estimate from the text alone, for telling tenses apart. Not here: the version year (contracts.identity), which
knows more than the text.
"""

import re
from collections import Counter

_STATED = re.compile(r"^\s*(?:version\s+(20[12]\d)|\d{1,2}\s+december\s+(20[12]\d))\s*$", re.IGNORECASE | re.MULTILINE)
_SPOKEN = re.compile(r"(?<![–\-\d/])\b(20[12]\d)\b(?![–\-/]\d)")
_CUE = re.compile(
    r"(?:till|senast|från|inom|före|utgången av|slutet av|med|mål\w*|år|perioden|åren|och)\s*$", re.IGNORECASE
)
_RANGE = range(2019, 2027)


_FALLBACK = 2023


_AHEAD = re.compile(r"\b(?:ska|skall|kommer att|planeras|väntas|avses|beräknas|siktar|ambition\w*)\b|:", re.IGNORECASE)
_REACH = 16


def speaking_year(text: str) -> int:
    """The stated version year, or the latest year that the text tells of; 2023 where no year is spoken of."""
    match = _STATED.search(text, 0, 1500)
    if match:
        return int(match.group(1) or match.group(2))
    spoken: Counter[int] = Counter()
    for sentence in text.split(". "):
        if _AHEAD.search(sentence):
            continue
        for found in _SPOKEN.finditer(sentence):
            is_aim = _CUE.search(sentence, max(0, found.start() - _REACH), found.start())
            if int(found.group()) in _RANGE and not is_aim:
                spoken[int(found.group())] += 1
    if not spoken:
        return _FALLBACK
    latest = max(spoken)
    return latest - 1 if spoken[latest] == 1 and spoken[latest - 1] > 2 else latest
