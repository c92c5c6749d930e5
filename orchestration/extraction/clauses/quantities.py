"""Quantities: numbers, number words and fractions with their unit, bound and interval.

Here: what is counted or measured in a sentence. Not here: single number words (number_words), units (units), bounds
(bounds), years (years), what the quantity says (goals, outcomes).
"""

from dataclasses import replace

from orchestration.extraction.clauses.bounds import bound_of
from orchestration.extraction.clauses.units import Quantity, per_year, read_unit, scale_at
from orchestration.extraction.clauses.years import is_year
from orchestration.extraction.language.number_words import (
    AMBIGUOUS,
    HALVES,
    ORDINALS,
    change_of,
    fraction_of,
    number_of,
)
from orchestration.extraction.language.words import Tagged, bit, opens_number

_PERCENT, _MONTH, _LABEL, _DOCUMENT = bit("percent"), bit("month"), bit("not_a_year", "not_measured"), bit("document")
_MEASURED_BY = bit("percent", "tonne", "energy_unit")
_CARRIED_OVER = 8
"""Tokens within which a bare number shares the percent of the number before ("minus 68 procent till 2028 och 85")."""
_DAYS = range(1, 32)
_TIMES = frozenset({"år", "gång", "vecka", "månad", "dag"})
"""What recurs rather than shares out: "vart tredje år" is no third."""


_BEHIND = bit("target")
_JOINING = frozenset({"och", "respektive", ",", "samt"})


def find_quantities(tagged: Tagged) -> list[Quantity]:
    """All quantities of a sentence, left to right, not overlapping."""
    found: list[Quantity] = []
    opens, end = opens_number(), 0
    if not tagged.mask & opens:
        return found
    for at in [k for k, tags in enumerate(tagged.tags) if tags & opens]:
        quantity = _at(tagged, at) if at >= end else None
        if quantity is not None:
            found.append(_carried(tagged, quantity, found[-1]) if found else quantity)
            end = max(quantity.j, at + 1)
    return found


def _carried(tagged: Tagged, quantity: Quantity, before: Quantity) -> Quantity:
    """A bare number behind a percentage is one too: "minus 68 procent till 2028 och minus 85 till 2032"."""
    is_bare = quantity.kind == "bare" or (quantity.noun >= 0 and tagged.tags[quantity.noun] & _BEHIND)
    if not is_bare or before.kind != "percent" or before.is_fraction or quantity.i - before.j > _CARRIED_OVER:
        return quantity
    if not _JOINING & set(tagged.low[before.j : quantity.i]) or quantity.is_word or quantity.value > 100:
        return quantity
    change = _sign(tagged, quantity.i) if quantity.i else None
    return replace(quantity, kind="percent", unit="percent", change=change, noun=-1, per=before.per)


def _at(tagged: Tagged, at: int) -> Quantity | None:
    low = tagged.low[at]
    token = tagged.tokens[at]
    if token.kind == "mark":
        return None
    if token.kind == "number":
        if is_year(tagged, at) or _is_label(tagged, at):
            return None
        value = number_of(low)
        return None if value is None else _measured(tagged, at, at + 1, value, is_word=False)
    change = change_of(low)
    if change:
        return Quantity(
            at,
            at + 1,
            change[0],
            "percent",
            "percent",
            is_fraction=True,
            change=change[1],
            bound=bound_of(tagged, at),
            per=per_year(tagged, at),
        )
    fraction = fraction_of(low)
    if fraction is not None:
        if low == "halva":
            return None
        return _with_bound(tagged, Quantity(at, at + 1, fraction, "percent", "percent", is_fraction=True))
    if low in ("varannan", "vartannat") and not _TIMES & set(tagged.low[at + 1 : at + 2]):
        return _with_bound(tagged, Quantity(at, at + 1, 50.0, "percent", "percent", is_fraction=True))
    if low in ("var", "vart") and at + 1 < len(tagged.low) and tagged.low[at + 1] in ORDINALS:
        if _TIMES & set(tagged.low[at + 2 : at + 3]):
            return None
        value = 100 / ORDINALS[tagged.low[at + 1]]
        return _with_bound(tagged, Quantity(at, at + 2, value, "percent", "percent", is_fraction=True))
    value = number_of(low)
    if value is None:
        return None
    following = tagged.low[at + 1] if at + 1 < len(tagged.low) else ""
    if following and fraction_of(following) is not None and following != "hälften":
        share = value * (fraction_of(following) or 0)
        return _with_bound(tagged, Quantity(at, at + 2, share, "percent", "percent", is_fraction=True, is_word=True))
    if low in ("en", "ett") and following in HALVES and not scale_at(tagged, at + 2):
        return _measured(tagged, at, at + 2, HALVES[following], is_word=True)
    if following == "halv" and at + 2 < len(tagged.low) and scale_at(tagged, at + 2):
        return _measured(tagged, at, at + 2, 0.5, is_word=True)
    if low in ("en", "ett") and following == "av" and at + 3 < len(tagged.low) and not scale_at(tagged, at + 2):
        one_of = _one_of(tagged, at)
        if one_of is not None:
            return one_of
    if low in AMBIGUOUS and not (following and (scale_at(tagged, at + 1) or tagged.tags[at + 1] & _MEASURED_BY)):
        if low == "hundra":
            return _measured(tagged, at, at + 1, value, is_word=True)
        return None
    return _measured(tagged, at, at + 1, value, is_word=True)


def _one_of(tagged: Tagged, at: int) -> Quantity | None:
    """ "en av fyra resor", "en av tre 2027": one of a small number in words is a share."""
    whole, behind = number_of(tagged.low[at + 2]), tagged.tokens[at + 3]
    if whole is None or tagged.tokens[at + 2].kind != "word" or not 2 < whole <= _MOST_PARTS:
        return None
    is_share = behind.kind == "number" or bool(tagged.tags[at + 3] & _SHARED)
    return (
        _with_bound(tagged, Quantity(at, at + 3, 100 / whole, "percent", "percent", is_fraction=True))
        if is_share
        else None
    )


_SHARED = bit("modal", "people", "transport")
_MOST_PARTS = 10


def _is_label(tagged: Tagged, at: int) -> bool:
    """A number that names rather than counts: avsnitt 7, scope 1 och 2, Färdplan 2.0, 1990-talet, Agenda 2030."""
    before = tagged.tags[at - 1] if at else 0
    if _is_numbering(tagged, at) or tagged.tokens[at].text.endswith(".0"):
        return True
    if before & _LABEL or (before & _DOCUMENT and "." in tagged.low[at]):
        return True
    if at > 2 and tagged.low[at - 1] in ("och", ",") and tagged.tokens[at - 2].kind == "number":
        return tagged.low[at - 3] == "scope"
    if at + 1 < len(tagged.low):
        following = tagged.tokens[at + 1]
        if following.text == "-" and following.start == tagged.tokens[at].end and at + 2 < len(tagged.low):
            return tagged.tokens[at + 2].kind == "word" and tagged.tokens[at + 2].start == following.end
        if tagged.tags[at + 1] & _MONTH and number_of(tagged.low[at]) in _DAYS:
            return True
        if following.text in ("/", ":") and following.start == tagged.tokens[at].end:
            return True
    return False


def _is_numbering(tagged: Tagged, at: int) -> bool:
    """A part of a date or a reference ("2022-06-10", "KS/2021:318"), or the number of a note ("10 Samråd i juni")."""
    tokens = tagged.tokens
    joined = at > 1 and tokens[at - 2].end == tokens[at - 1].start and tokens[at - 1].end == tokens[at].start
    if joined and tokens[at - 1].text in ("-", ":", "/") and tokens[at - 2].kind == "number":
        return tokens[at - 1].text != "-" or is_year(tagged, at - 2) or _is_numbering(tagged, at - 2)
    is_note = at == 0 and len(tokens) > 1 and tokens[0].text.isdecimal() and len(tokens[0].text) <= _NOTE_DIGITS
    return is_note and tokens[1].kind == "word" and tokens[1].text[0].isupper() and not tagged.tags[1] & _UNITS


_UNITS = bit("percent", "tonne", "energy_unit", "other_unit", "money")
_NOTE_DIGITS = 2
_RANGE_MARKS = frozenset({"–", "-", "—", "−"})


def _out_of(tagged: Tagged, i: int, value: float) -> Quantity | None:
    """ "sju av tio", "27 av 62": a share."""
    if i + 2 >= len(tagged.low) or tagged.low[i + 1] != "av" or is_year(tagged, i + 2):
        return None
    whole = None if tagged.low[i + 2] in AMBIGUOUS else number_of(tagged.low[i + 2])
    if tagged.tokens[i + 2].kind == "mark" or whole is None or not value < whole:
        return None
    amount = read_unit(tagged, i + 2, i + 3, whole, is_word=False)
    if amount.kind == "money":
        return _with_bound(tagged, replace(amount, i=i, value=amount.value * value / whole))
    return _with_bound(tagged, Quantity(i, i + 3, 100 * value / whole, "percent", "percent", is_fraction=True))


def _measured(tagged: Tagged, i: int, j: int, value: float, *, is_word: bool) -> Quantity | None:
    """The number at tokens i..j with its interval, scale, unit and bound."""
    share = _out_of(tagged, i, value) if j == i + 1 else None
    if share is not None:
        return share
    low, tokens, count = tagged.low, tagged.tokens, len(tagged.low)
    value_max = start_value = None
    second = None
    if j + 1 < count and low[j] in _RANGE_MARKS and tokens[j + 1].kind == "number":
        second = number_of(low[j + 1])
        value_max, j = second, j + 2
    elif j + 1 < count and low[j] in ("och", "till", "à", "eller") and tokens[j + 1].kind in ("number", "word"):
        second = _plain_number(tagged, j + 1)
        before = low[i - 1] if i else ""
        if second is not None and low[j] == "och" and before == "mellan":
            value_max, j = second, j + 2
        elif second is not None and low[j] == "till" and before == "från":
            start_value, value, j = value, second, j + 2
        elif second is not None and low[j] in ("till", "à") and second > value and not is_word:
            value_max, j = second, j + 2
    quantity = read_unit(tagged, i, j, value, is_word=is_word)
    factor = quantity.value / value if value else 1.0
    quantity = replace(
        quantity,
        value_max=None if value_max is None else value_max * factor,
        start_value=None if start_value is None else start_value * factor,
    )
    if quantity.kind == "percent" and i and not value_max:
        quantity = replace(quantity, change=_sign(tagged, i))
    return _with_bound(tagged, quantity)


def _sign(tagged: Tagged, i: int) -> str | None:
    """ "–50 %", "+4 %", "minus 20 procent": the sign gives the direction."""
    before = tagged.tokens[i - 1]
    if before.text == "+" or before.low == "plus":
        return "increase"
    is_minus = before.text in ("-", "–", "−") and before.end == tagged.tokens[i].start
    return "decrease" if is_minus or before.low == "minus" else None


def _plain_number(tagged: Tagged, at: int) -> float | None:
    if is_year(tagged, at):
        return None
    low = tagged.low[at]
    return None if low in AMBIGUOUS else number_of(low)


def _with_bound(tagged: Tagged, quantity: Quantity) -> Quantity:
    """The quantity with its bound; its start moves to the bound's words."""
    bound = bound_of(tagged, quantity.i)
    return replace(quantity, bound=bound) if bound else quantity
