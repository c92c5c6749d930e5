"""Years told by counting from the contract's own year or a year just named: "om åtta år", "i fjol", "ett år tidigare".

Here: the stretch of words and its year. Not here: years in digits and what role a year plays (years).
"""

from orchestration.extraction.language.number_words import number_of
from orchestration.extraction.language.words import Tagged

_BEFORE_HEAD = {"förra": -1, "föregående": -1, "i": 0, "nästa": 1, "kommande": 1}
_LATER, _EARLIER = frozenset({"senare", "därefter", "efter"}), frozenset({"tidigare", "dessförinnan", "före"})
_AHEAD = frozenset({"om", "inom"})
_DECADE = frozenset({"decenniet", "decenniets", "årtiondet", "årtiondets"})
_TERM = frozenset({"mandatperioden", "mandatperiodens"})
_ELECTION = 2022
"""A year of municipal elections; they come every fourth year, and a term ends with the next one."""
_MOST = 60
"""Years that anyone counts ahead or back."""


def relative_year(tagged: Tagged, at: int, speaking: int, named: int | None) -> tuple[int, int, int, bool] | None:
    """(first token, end, year, whether it lies by its wording ahead) of the relative year whose head stands at `at`.

    `speaking` is the contract's own year, 0 where unknown; `named` the year named last in the sentence.
    """
    low = tagged.low
    before = low[at - 1] if at else ""
    behind = low[at + 1] if at + 1 < len(low) else ""
    if low[at] in _DECADE:
        return (at, at + 1, speaking // 10 * 10 + 10, True) if speaking else None
    if low[at] in _TERM:
        is_ahead = behind in ("är", "löper") or before in ("under", "före") or low[at].endswith("s")
        return (at, at + 1, speaking + (_ELECTION - speaking - 1) % 4 + 1, is_ahead) if speaking and is_ahead else None
    if low[at].startswith("fjol"):
        return (at, at + 1, speaking - 1, False) if speaking else None
    if low[at] == "året" and behind == "dessförinnan":
        base = named or speaking
        return (at, at + 2, base - 1, False) if base else None
    if low[at] in ("år", "året") and before in ("förra", "föregående", "nästa", "kommande"):
        return (at - 1, at + 1, speaking + _BEFORE_HEAD[before], before in ("nästa", "kommande")) if speaking else None
    if low[at] != "år" or not before:
        return None
    many = number_of(before) if tagged.tokens[at - 1].kind != "mark" else None
    if many is None or not 0 < many <= _MOST or many != int(many):
        return None
    if behind in _LATER | _EARLIER and named:
        is_later = behind in _LATER
        return at - 1, at + 2, named + int(many) * (1 if is_later else -1), is_later or behind == "dessförinnan"
    if at > 1 and low[at - 2] in _AHEAD and speaking:
        return at - 2, at + 1, speaking + int(many), True
    return None
