"""Quantities: numbers, number words and fractions with their unit, bound and interval.

Here: what is counted or measured in a stretch of tokens. Not here: years (years), what the quantity says (goals,
outcomes).
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from orchestration.extraction.words import Tagged, bit

_ONES = {
    "en": 1,
    "ett": 1,
    "två": 2,
    "tre": 3,
    "fyra": 4,
    "fem": 5,
    "sex": 6,
    "sju": 7,
    "åtta": 8,
    "nio": 9,
    "tio": 10,
    "elva": 11,
    "tolv": 12,
    "tretton": 13,
    "fjorton": 14,
    "femton": 15,
    "sexton": 16,
    "sjutton": 17,
    "arton": 18,
    "nitton": 19,
}
_TENS = {"tjugo": 20, "trettio": 30, "fyrtio": 40, "femtio": 50, "sextio": 60, "sjuttio": 70, "åttio": 80, "nittio": 90}
_PARTS = {"halv": 2, "tredje": 3, "fjärde": 4, "femte": 5, "sjätte": 6, "tionde": 10}
_FRACTION = re.compile(r"(tredje|fjärde|femte|sjätte|sjunde|åtton|nion|tion|tjugon)del(?:ar|en|arna)?$")
_DENOMINATOR = {
    "tredje": 3,
    "fjärde": 4,
    "femte": 5,
    "sjätte": 6,
    "sjunde": 7,
    "åtton": 8,
    "nion": 9,
    "tion": 10,
    "tjugon": 20,
}
_MULTIPLIED = (
    ("fördubbl", 100.0),
    ("dubbelt", 100.0),
    ("dubbler", 100.0),
    ("tredubbl", 200.0),
    ("fyrdubbl", 300.0),
    ("femdubbl", 400.0),
    ("tiodubbl", 900.0),
)
_HALVED = re.compile(r"^halver|halvering")
_SCALE = {"scale_thousand": 1e3, "scale_million": 1e6, "scale_billion": 1e9}
_TONNE = {"ton": 1.0, "tonnes": 1.0, "kton": 1e3, "kiloton": 1e3, "mton": 1e6, "megaton": 1e6}
_ENERGY = {"kwh": ("kWh", 1.0), "mwh": ("MWh", 1.0), "gwh": ("GWh", 1.0), "twh": ("GWh", 1e3)}
_ENERGY_WORD = {"kilo": "kwh", "mega": "mwh", "giga": "gwh", "tera": "twh"}
_YEARS = range(1985, 2101)
_AMBIGUOUS = frozenset({"en", "ett", "hundra"})


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity at tokens i..j (j excluded). `kind`: percent, mass, energy, money, count …"""

    i: int
    j: int
    value: float
    kind: str
    unit: str | None = None
    value_max: float | None = None
    start_value: float | None = None
    bound: str | None = None
    per: str | None = None
    is_fraction: bool = False
    change: str | None = None
    is_word: bool = False
    noun: int = -1


@lru_cache(maxsize=4096)
def number_of(low: str) -> float | None:
    """The value of digits or of a number word: "1 200,5" 1200.5, "tvåhundrafemtio" 250, "sextiotal" 60."""
    if low[0].isdigit():
        plain = low.replace(" ", "").replace(",", ".")
        return float(plain) if plain.count(".") < 2 else None
    stem = low[:-3] if low.endswith("tal") and len(low) > 5 else low
    value = _number_word(stem)
    return None if value is None else float(value)


def _number_word(word: str) -> int | None:
    """The value of a whole Swedish number word below a million; None for anything else."""
    for name, factor in (("tusen", 1000), ("hundra", 100)):
        before, found, after = word.partition(name)
        if found:
            many = _number_word(before) if before else 1
            rest = _number_word(after) if after else 0
            return None if many is None or rest is None else many * factor + rest
    if word in _ONES:
        return _ONES[word]
    for tens, value in _TENS.items():
        ones = word.removeprefix(tens)
        if ones != word and (not ones or ones in _ONES):
            return value + _ONES.get(ones, 0)
    return None


@lru_cache(maxsize=1 << 14)
def _may_start(low: str) -> bool:
    """Whether a word can open a quantity at all; spares all others the closer look."""
    return (
        low in ("varannan", "vartannat", "var", "vart")
        or _change(low) is not None
        or _fraction(low) is not None
        or number_of(low) is not None
    )


@lru_cache(maxsize=4096)
def _fraction(low: str) -> float | None:
    if low in ("hälften", "halva", "halvan"):
        return 50.0
    match = _FRACTION.search(low)
    return 100 / _DENOMINATOR[match.group(1)] if match else None


@lru_cache(maxsize=4096)
def _change(low: str) -> tuple[float, str] | None:
    if _HALVED.search(low):
        return 50.0, "decrease"
    for start, value in _MULTIPLIED:
        if low.startswith(start):
            return value, "increase"
    return None


def is_year(tagged: Tagged, at: int) -> bool:
    """Whether the number token is a year: four digits in range, without a unit behind or an approximation before."""
    low = tagged.low[at]
    if len(low) != 4 or not low.isdigit() or int(low) not in _YEARS:
        return False
    following = tagged.tags[at + 1] if at + 1 < len(tagged.low) else 0
    if following & _UNIT_AFTER or (at + 1 < len(tagged.low) and tagged.low[at + 1] == "%"):
        return False
    return not (at and tagged.tags[at - 1] & bit("not_a_year"))


_UNIT_AFTER = bit("tonne", "energy_unit", "money", "percent", "organisations", "people", "scale_million")


def find_quantities(tagged: Tagged) -> list[Quantity]:
    """All quantities of a sentence, left to right, not overlapping."""
    found: list[Quantity] = []
    at, count = 0, len(tagged.tokens)
    while at < count:
        quantity = _at(tagged, at) if _may_start(tagged.low[at]) else None
        if quantity is None:
            at += 1
            continue
        found.append(quantity)
        at = max(quantity.j, at + 1)
    return found


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
    change = _change(low)
    if change:
        return Quantity(
            at,
            at + 1,
            change[0],
            "percent",
            "percent",
            is_fraction=True,
            change=change[1],
            bound=_bound(tagged, at),
            per=_per_year(tagged, at),
        )
    fraction = _fraction(low)
    if fraction is not None:
        if low == "halva":
            return None
        return _with_bound(tagged, Quantity(at, at + 1, fraction, "percent", "percent", is_fraction=True))
    if low in ("varannan", "vartannat") and tagged.low[at + 1 : at + 2] not in (
        ["år"],
        ["gång"],
        ["vecka"],
        ["månad"],
        ["dag"],
    ):
        return _with_bound(tagged, Quantity(at, at + 1, 50.0, "percent", "percent", is_fraction=True))
    if low in ("var", "vart") and at + 1 < len(tagged.low) and tagged.low[at + 1] in _PARTS:
        if tagged.low[at + 2 : at + 3] in (["år"], ["gång"], ["vecka"], ["månad"], ["dag"]):
            return None
        value = 100 / _PARTS[tagged.low[at + 1]]
        return _with_bound(tagged, Quantity(at, at + 2, value, "percent", "percent", is_fraction=True))
    value = number_of(low)
    if value is None:
        return None
    following = tagged.low[at + 1] if at + 1 < len(tagged.low) else ""
    if following and _fraction(following) is not None and following != "hälften":
        share = value * (_fraction(following) or 0)
        return _with_bound(tagged, Quantity(at, at + 2, share, "percent", "percent", is_fraction=True, is_word=True))
    if following == "halv" and at + 2 < len(tagged.low) and _scale(tagged, at + 2):
        return _measured(tagged, at, at + 2, 0.5, is_word=True)
    if low in _AMBIGUOUS and not (following and (_scale(tagged, at + 1) or tagged.tags[at + 1] & bit("percent"))):
        if low == "hundra":
            return _measured(tagged, at, at + 1, value, is_word=True)
        return None
    return _measured(tagged, at, at + 1, value, is_word=True)


def _is_label(tagged: Tagged, at: int) -> bool:
    """A number that names rather than counts: avsnitt 7, scope 1, den 6 december, 1990-talet, Agenda 2030."""
    before = tagged.tags[at - 1] if at else 0
    if before & bit("not_a_year", "not_measured"):
        return True
    if at + 1 < len(tagged.low):
        following = tagged.tokens[at + 1]
        if following.text == "-" and following.start == tagged.tokens[at].end and at + 2 < len(tagged.low):
            return tagged.tokens[at + 2].kind == "word" and tagged.tokens[at + 2].start == following.end
        if tagged.tags[at + 1] & bit("month") and tagged.low[at].isdigit() and int(tagged.low[at]) < 32:
            return True
        if following.text in ("/", ":") and following.start == tagged.tokens[at].end:
            return True
    return False


def _scale(tagged: Tagged, at: int) -> float:
    tags = tagged.tags[at] if at < len(tagged.tags) else 0
    for group, factor in _SCALE.items():
        if tags & bit(group):
            return factor
    return 0.0


_RANGE_MARKS = frozenset({"–", "-", "—", "−"})


def _out_of(tagged: Tagged, i: int, value: float) -> Quantity | None:
    """ "sju av tio", "27 av 62": a share."""
    if i + 2 >= len(tagged.low) or tagged.low[i + 1] != "av" or is_year(tagged, i + 2):
        return None
    whole = None if tagged.low[i + 2] in _AMBIGUOUS else number_of(tagged.low[i + 2])
    if tagged.tokens[i + 2].kind == "mark" or whole is None or not value < whole:
        return None
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
    quantity = _unit(tagged, i, j, value, is_word=is_word)
    if quantity is None:
        return None
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
    return None if low in _AMBIGUOUS else number_of(low)


def _unit(tagged: Tagged, i: int, j: int, value: float, *, is_word: bool) -> Quantity | None:
    low, tags, count = tagged.low, tagged.tags, len(tagged.low)
    scale = 1.0
    while j < count and _scale(tagged, j):
        scale *= _scale(tagged, j)
        j += 1
        if tags[j - 1] & bit("money"):
            return Quantity(i, j, value * scale, "money", "SEK", is_word=is_word)
    value *= scale
    following = tags[j] if j < count else 0
    word = low[j] if j < count else ""
    if word == "%" or following & bit("percent"):
        per = _per_year(tagged, j + 1) or ("year" if i and tags[i - 1] & bit("yearly") else None)
        return Quantity(i, j + 1, value, "percent", "percent", per=per, is_word=is_word)
    if following & bit("tonne"):
        return _mass(tagged, i, j, value * _TONNE[word], is_word=is_word)
    if following & bit("energy_unit"):
        unit, factor = _ENERGY[word if word in _ENERGY else _ENERGY_WORD[word[:4]]]
        return Quantity(i, j + 1, value * factor, "energy", unit, per=_per(tagged, j + 1), is_word=is_word)
    if following & bit("money"):
        return Quantity(i, j + 1, value, "money", "SEK", is_word=is_word)
    if following & bit("foreign_money"):
        return Quantity(i, j + 1, value, "money", None, is_word=is_word)
    if following & bit("other_unit") and not (word == "ha" and _is_auxiliary(tagged, j)):
        return Quantity(i, j + 1, value, "other", None, per=_per(tagged, j + 1), is_word=is_word)
    for at in range(j, min(j + 4, count)):
        if tagged.tokens[at].kind != "word":
            break
        if tags[at] & bit("organisations"):
            return Quantity(i, at + 1, value, "actors", "actors", is_word=is_word, noun=at)
        if tags[at] & bit("people"):
            return Quantity(i, at + 1, value, "people", "actors", is_word=is_word, noun=at)
    if scale > 1 and not _names_a_thing(tagged, j):
        return Quantity(i, j, value, "scaled", None, is_word=is_word)
    noun = j if j < count and tagged.tokens[j].kind == "word" else -1
    return Quantity(i, j, value, "count" if noun >= 0 else "bare", "count", is_word=is_word, noun=noun)


def _is_auxiliary(tagged: Tagged, at: int) -> bool:
    """ "minst 150 ha avgivit löften": ha before a supine is no hectare."""
    return at + 1 < len(tagged.low) and tagged.low[at + 1].endswith(("at", "it", "tt", "ats", "its", "tts", "rt"))


def _names_a_thing(tagged: Tagged, at: int) -> bool:
    return at < len(tagged.low) and tagged.low[at] in ("resor", "resenärer", "bussresor")


def _mass(tagged: Tagged, i: int, j: int, value: float, *, is_word: bool) -> Quantity:
    end, unit = j + 1, None
    for at in range(j + 1, min(j + 4, len(tagged.low))):
        if tagged.tags[at] & bit("co2e"):
            unit, end = "tCO2e", at + 1
        elif tagged.tags[at] & bit("co2"):
            unit, end = "tCO2", at + 1
        elif tagged.low[at] not in ("fossil", "fossilt", "-", "ekv", ".", "fossila"):
            break
    per = _per(tagged, end)
    if per == "capita":
        unit = "tCO2e_per_capita"
    return Quantity(i, end, value, "mass", unit, per=per, is_word=is_word)


def _per(tagged: Tagged, at: int) -> str | None:
    """What the quantity is divided by: year, capita, or another thing ("other")."""
    if at < len(tagged.low) and tagged.low[at] == ".":
        at += 1
    if at + 1 < len(tagged.low) and tagged.low[at] in ("per", "/", "och", "om"):
        if tagged.tags[at + 1] & bit("per_capita") and tagged.low[at] != "och":
            return "capita"
        if tagged.low[at + 1] in ("år", "året"):
            further = _per(tagged, at + 2) if tagged.low[at] != "och" else None
            return further if further == "capita" else "year"
        return "other" if tagged.low[at] in ("per", "/") else None
    return None


def _per_year(tagged: Tagged, at: int) -> str | None:
    for position in range(at, min(at + 2, len(tagged.low))):
        if tagged.tags[position] & bit("yearly") and tagged.low[position] != "och":
            return "year"
    return None


def _with_bound(tagged: Tagged, quantity: Quantity) -> Quantity:
    """The quantity with its bound; its start moves to the bound's words."""
    bound = _bound(tagged, quantity.i)
    return replace(quantity, bound=bound) if bound else quantity


def _bound(tagged: Tagged, i: int) -> str | None:
    for at in range(i - 1, max(-1, i - 6), -1):
        tags = tagged.tags[at]
        if tags & _BOUNDED:
            is_most = bool(tags & _AT_MOST)
            reach = 8 if tagged.low[at] == "än" else 4
            negated = tagged.low[at] not in _NEVER_NEGATED and any(
                mask & _NEGATION for mask in tagged.tags[max(0, at - reach) : at]
            )
            return "at_most" if is_most != negated else "at_least"
        if tags & _ABOUT:
            return "about"
        if tagged.tokens[at].kind != "word" or tagged.low[at] not in _TRANSPARENT:
            return None
    return None


_AT_MOST, _NEGATION, _ABOUT = bit("at_most"), bit("negation"), bit("about")
_BOUNDED = bit("at_least", "at_most")
_NEVER_NEGATED = frozenset(
    {"minst", "högst", "max", "lägst", "maximalt", "åtminstone", "mest", "minimum", "maximum", "under"}
)
_TRANSPARENT = frozenset(
    {
        "en",
        "ett",
        "i",
        "till",
        "mellan",
        "om",
        "med",
        "på",
        "uppgå",
        "vara",
        "bli",
        "än",
        "ha",
        "får",
        "ska",
        "de",
        "gå",
    }
)
