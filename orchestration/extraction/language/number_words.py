"""Number words: what a single word of Swedish is worth.

Here: digits, number words, fractions, halving and doubling. Not here: units and bounds (units, bounds), years (years).
"""

import re
from functools import cache, lru_cache

from orchestration.extraction.lexicons import lexicon

AMBIGUOUS = frozenset({"en", "ett", "hundra"})
"""Articles and round words that count only with a unit behind them."""
_NUMBERS = lexicon("number_words")
_ONES: dict[str, int] = _NUMBERS["ones"]
_TENS: dict[str, int] = _NUMBERS["tens"]
HALVES: dict[str, float] = _NUMBERS["halves"]
ORDINALS: dict[str, int] = _NUMBERS["ordinals"]
_DENOMINATORS: dict[str, int] = _NUMBERS["denominators"]
_MULTIPLIED: dict[str, float] = _NUMBERS["multiplied"]
_HALVED = tuple(_NUMBERS["halved"])
_DIGITS = "0123456789"
"""str.isdigit is true of superscripts, which float refuses."""
HEADS = frozenset(
    {"år", "året", "fjol", "fjolårets", "fjolåret", "decenniet", "decenniets", "årtiondet", "årtiondets", "mandatperioden",
     "mandatperiodens"}
)  # fmt: skip
"""Words that may head a year told by counting ("i fjol", "om åtta år")."""
_EVERY_OTHER = frozenset({"varannan", "vartannat"})
_HALF = frozenset({"hälften", "halva", "halvan"})


@cache
def _fraction_form() -> re.Pattern[str]:
    return re.compile(f"({'|'.join(_DENOMINATORS)})del(?:ar|en|arna|s)?$")


@lru_cache(maxsize=4096)
def number_of(low: str) -> float | None:
    """The value of digits or of a number word: "1 200,5" 1200.5, "tvåhundrafemtio" 250, "sextiotal" 60."""
    if low[0] in _DIGITS:
        plain = low.replace(" ", "").replace(",", ".")
        return float(plain) if plain.count(".") < 2 and plain.replace(".", "").isascii() else None
    if low in HALVES:
        return HALVES[low]
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
def may_open(low: str) -> bool:
    """Whether a word can open a quantity at all; spares all others the closer look."""
    return (
        low[0] in _DIGITS
        or low in HEADS
        or low in ("var", "vart")
        or low in _EVERY_OTHER
        or change_of(low) is not None
        or fraction_of(low) is not None
        or number_of(low) is not None
    )


@lru_cache(maxsize=4096)
def fraction_of(low: str) -> float | None:
    """The percentage of a fraction: "hälften" 50, "tredjedel" 33.3."""
    if low in _HALF:
        return 50.0
    match = _fraction_form().search(low)
    return 100 / _DENOMINATORS[match.group(1)] if match else None


@lru_cache(maxsize=4096)
def change_of(low: str) -> tuple[float, str] | None:
    """The change in percent that the word itself states: "halveras" 50 down, "fördubblas" 100 up."""
    if low.startswith(_HALVED) or "halvering" in low:
        return 50.0, "decrease"
    for start, value in _MULTIPLIED.items():
        if low.startswith(start):
            return float(value), "increase"
    return None
