"""Units: what stands behind a number and what it is divided by.

Here: the quantity as a value, scale words, units, "per year" and "per head". Not here: finding numbers (quantities).
"""

from dataclasses import dataclass

from orchestration.extraction.language.words import Tagged, bit

_SCALE = {bit("scale_thousand"): 1e3, bit("scale_million"): 1e6, bit("scale_billion"): 1e9}
_SCALES = bit("scale_thousand", "scale_million", "scale_billion")
_TONNE = {"ton": 1.0, "tonnes": 1.0, "kton": 1e3, "kiloton": 1e3, "mton": 1e6, "megaton": 1e6}
_ENERGY = {"kwh": ("kWh", 1.0), "mwh": ("MWh", 1.0), "gwh": ("GWh", 1.0), "twh": ("GWh", 1e3)}
_ENERGY_WORD = {"kilo": "kwh", "mega": "mwh", "giga": "gwh", "tera": "twh"}
_MONEY, _PERCENT, _YEARLY, _ENERGY_UNIT = bit("money"), bit("percent"), bit("yearly"), bit("energy_unit")
_FOREIGN, _OTHER, _TONS, _CO2E, _CO2 = bit("foreign_money"), bit("other_unit"), bit("tonne"), bit("co2e"), bit("co2")
_ORGANISATIONS, _PEOPLE, _PER_CAPITA = bit("organisations"), bit("people"), bit("per_capita")
_REACH = 4
"""Words between a number and the noun that it counts: "12 nya lokala mindre företag"."""
_BETWEEN_MASS_AND_GAS = frozenset({"fossil", "fossilt", "fossila", "-", "ekv", "."})
_NO_NOUN = frozenset({"till", "från", "före", "innan", "senast", "vid", "som", "när", "och", "i", "under", "mot"})
_TRIPS = frozenset({"resor", "resenärer", "bussresor"})


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


def scale_at(tagged: Tagged, at: int) -> float:
    """The factor of a scale word (tusen, miljoner); 0 for any other word."""
    tags = tagged.tags[at] if at < len(tagged.tags) else 0
    if not tags & _SCALES:
        return 0.0
    return next(factor for mask, factor in _SCALE.items() if tags & mask)


def read_unit(tagged: Tagged, i: int, j: int, value: float, *, is_word: bool) -> Quantity:
    """The number at tokens i..j with the unit behind it; a count of the noun behind it where there is no unit."""
    low, tags, count = tagged.low, tagged.tags, len(tagged.low)
    scale = 1.0
    while j < count and scale_at(tagged, j):
        scale *= scale_at(tagged, j)
        j += 1
        if tags[j - 1] & _MONEY:
            return Quantity(i, j, value * scale, "money", "SEK", is_word=is_word)
    value *= scale
    following = tags[j] if j < count else 0
    word = low[j] if j < count else ""
    if word == "%" or following & _PERCENT:
        per = per_year(tagged, j + 1) or ("year" if i and tags[i - 1] & _YEARLY else None)
        return Quantity(i, j + 1, value, "percent", "percent", per=per, is_word=is_word)
    if following & _TONS:
        return _mass(tagged, i, j, value * _TONNE[word], is_word=is_word)
    if following & _ENERGY_UNIT:
        unit, factor = _ENERGY[word if word in _ENERGY else _ENERGY_WORD[word[:4]]]
        return Quantity(i, j + 1, value * factor, "energy", unit, per=_per(tagged, j + 1), is_word=is_word)
    if following & _MONEY:
        return Quantity(i, j + 1, value, "money", "SEK", is_word=is_word)
    if following & _FOREIGN:
        return Quantity(i, j + 1, value, "money", None, is_word=is_word)
    if following & _OTHER and not (word == "ha" and _is_auxiliary(tagged, j)):
        end = j + 1
        while end < count and tags[end] & (_CO2E | _CO2):
            end += 1
        return Quantity(i, end, value, "other", None, per=_per(tagged, end), is_word=is_word)
    for at in range(j, min(j + _REACH, count)):
        if tagged.tokens[at].kind != "word" or low[at] in _ENDS_PHRASE:
            break
        if tags[at] & _ORGANISATIONS:
            return Quantity(i, at + 1, value, "actors", "actors", is_word=is_word, noun=at)
        if tags[at] & _PEOPLE:
            return Quantity(i, at + 1, value, "people", "actors", is_word=is_word, noun=at)
    if scale > 1 and not _names_a_thing(tagged, j):
        return Quantity(i, j, value, "scaled", None, is_word=is_word)
    noun = j if j < count and tagged.tokens[j].kind == "word" and word not in _NO_NOUN else -1
    return Quantity(i, j, value, "count" if noun >= 0 else "bare", "count", is_word=is_word, noun=noun)


_ENDS_PHRASE = frozenset({"vid", "för", "till", "hos", "åt", "mellan"})
"""Behind these a noun is not what the number counts: "96 laddstolpar vid skolor"."""


def _is_auxiliary(tagged: Tagged, at: int) -> bool:
    """ "minst 150 ha avgivit löften": ha before a supine is no hectare."""
    return at + 1 < len(tagged.low) and tagged.low[at + 1].endswith(("at", "it", "tt", "ats", "its", "tts", "rt"))


def _names_a_thing(tagged: Tagged, at: int) -> bool:
    return at < len(tagged.low) and tagged.low[at] in _TRIPS


def _mass(tagged: Tagged, i: int, j: int, value: float, *, is_word: bool) -> Quantity:
    end, unit = j + 1, None
    for at in range(j + 1, min(j + 4, len(tagged.low))):
        if tagged.tags[at] & _CO2E:
            unit, end = "tCO2e", at + 1
        elif tagged.tags[at] & _CO2:
            unit, end = "tCO2", at + 1
        elif tagged.low[at] not in _BETWEEN_MASS_AND_GAS:
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
        if tagged.tags[at + 1] & _PER_CAPITA and tagged.low[at] != "och":
            return "capita"
        if tagged.low[at + 1] in ("år", "året"):
            further = _per(tagged, at + 2) if tagged.low[at] != "och" else None
            return further if further == "capita" else "year"
        return "other" if tagged.low[at] in ("per", "/") else None
    return None


def per_year(tagged: Tagged, at: int) -> str | None:
    """ "year" where the words at the token say that the quantity comes back each year."""
    for position in range(at, min(at + 2, len(tagged.low))):
        if tagged.tags[position] & _YEARLY and tagged.low[position] != "och":
            return "year"
    return None
