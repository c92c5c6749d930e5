"""When two annotations say the same: names, numbers, quantities, spans.

Here: comparing one value with another. Not here: pairing records and counting (scoring). The rules are those of the
gold sets' guide (tests/gold/GUIDE.md): a list of accepted values in the gold, the same quantity in another scale,
names that differ only in endings.
"""

import math
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

Record = dict[str, Any]
Range = tuple[int, int]

NOT_ATTRIBUTES = frozenset({"doc", "municipality", "kind", "quotes", "optional", "note"})
SETS = frozenset({"sectors", "actors", "funders"})
"""Attributes that hold several values: of sectors one in common is enough, of actors every gold name must be there."""

_NAMES = frozenset({"document", "actors", "funders"})
_SMALL_WORDS = frozenset(
    {"för", "och", "i", "om", "av", "med", "till", "en", "ett", "den", "det", "de", "på", "som", "the", "of", "and",
     "to", "vid", "kring", "inom", "från"}
)  # fmt: skip
_SCALES = {
    "tco2e": ("co2e", 1.0), "ktco2e": ("co2e", 1e3), "mtco2e": ("co2e", 1e6),
    "kwh": ("wh", 1.0), "mwh": ("wh", 1e3), "gwh": ("wh", 1e6),
}  # fmt: skip
_BROKEN_WORD = re.compile(r"(?<=\w)-\s+(?!och\b|eller\b|samt\b)(?=\w)")


def nfc(text: str) -> str:
    """The text in Unicode's composed form."""
    return unicodedata.normalize("NFC", text)


def name_match(one: str | None, other: str | None) -> float:
    """Shared words over the words of the shorter name, small words left out; 0.6 and more counts as the same name."""
    if not one or not other:
        return 0.0
    first, second = (_telling(set(_words(name))) for name in (one, other))
    if not first or not second:
        return 0.0
    return len(first & second) / min(len(first), len(second))


def places(text: str, quote: str) -> list[Range]:
    """Every place where the quote stands in the text."""
    found, start = [], text.find(quote)
    while start >= 0 and quote:
        found.append((start, start + len(quote)))
        start = text.find(quote, start + 1)
    return found


def overlap(one: Range, other: Range) -> tuple[float, float]:
    """(share of the shorter span, intersection over union)."""
    shared = min(one[1], other[1]) - max(one[0], other[0])
    first, second = one[1] - one[0], other[1] - other[0]
    if shared <= 0 or first <= 0 or second <= 0:
        return 0.0, 0.0
    return shared / min(first, second), shared / (first + second - shared)


def best_overlap(spans: Iterable[Range], span: Range | None) -> tuple[float, float]:
    """The largest overlap of the span with any of the spans."""
    return max((overlap(span, other) for other in spans), default=(0.0, 0.0)) if span else (0.0, 0.0)


def attribute_agrees(attribute: str, gold: Record, prediction: Record) -> bool | None:
    """Whether the prediction's attribute is right; None where the gold record does not say."""
    if attribute not in gold:
        return None
    expected, found = gold[attribute], prediction.get(attribute)
    if attribute == "name":
        return name_match(expected, found) >= 0.6
    if attribute in SETS:
        wanted = stated(expected)
        if not wanted:
            return None
        there = stated(found)
        hits = [any(same_value(attribute, value, other) for other in there) for value in wanted]
        return any(hits) if attribute == "sectors" else all(hits)
    accepted = flat(expected) if isinstance(expected, list) else [expected]
    value = _scalar(found)
    values = flat(value) if isinstance(value, list) else [value]
    if all(any(same_value(attribute, option, one) for option in accepted) for one in values):
        return True
    return attribute in ("value", "unit") and _same_quantity(gold, prediction)


def flat(value: Any) -> list[Any]:
    """The value's elements, however nested."""
    return [inner for element in value for inner in flat(element)] if isinstance(value, list) else [value]


def stated(value: Any) -> list[Any]:
    """The elements that are not null."""
    return [element for element in flat(value) if element is not None]


def same_value(attribute: str, gold: Any, found: Any) -> bool:
    """Whether two single values agree: null with null, numbers as numbers, names by containment, text by letters."""
    if gold is None or found is None:
        return gold is None and found is None
    if attribute in _NAMES:
        return _contains(gold, found)
    expected, number = _number(gold), _number(found)
    if expected is not None or isinstance(gold, (int, float)):
        return _equal(expected, number)
    return nfc(str(gold)).strip().casefold() == nfc(str(found)).strip().casefold()


def _words(text: str) -> list[str]:
    return re.findall(r"[\w]+", _BROKEN_WORD.sub("", nfc(str(text)).casefold()))


def _telling(words: set[str]) -> set[str]:
    return (words - _SMALL_WORDS) or words


def _contains(one: str, other: str) -> bool:
    """One name holds the other: as text, or each word of the shorter has its word (same stem) in the longer."""
    first, second = _words(one), _words(other)
    if not first or not second:
        return False
    if " ".join(first) in " ".join(second) or " ".join(second) in " ".join(first):
        return True
    first = [word for word in first if word not in _SMALL_WORDS] or first
    second = [word for word in second if word not in _SMALL_WORDS] or second
    shorter, longer = (first, second) if len(first) <= len(second) else (second, first)
    return all(any(_same_stem(word, other) for other in longer) for word in shorter)


def _same_stem(one: str, other: str) -> bool:
    if one == other:
        return True
    is_close = min(len(one), len(other)) >= 4 and abs(len(one) - len(other)) <= 4
    return is_close and (one.startswith(other) or other.startswith(one))


def _scalar(value: Any) -> Any:
    """A one-element list is its element; an empty list or string is null."""
    while isinstance(value, list) and len(value) == 1:
        value = value[0]
    is_empty = (isinstance(value, list) and not value) or (isinstance(value, str) and not value.strip())
    return None if is_empty else value


def _number(value: Any) -> float | None:
    """The value as a number, or None: "10,5" and "285 000" are numbers, booleans are not."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, (int, float)):
        return float(value)
    digits = re.sub(r"[\s\u00a0\u202f]", "", str(value)).replace("\u2212", "-").replace(",", ".")
    try:
        return float(digits)
    except ValueError:
        return None


def _equal(one: float | None, other: float | None) -> bool:
    return one is not None and other is not None and math.isclose(one, other, rel_tol=1e-6, abs_tol=1e-9)


def _same_quantity(gold: Record, prediction: Record) -> bool:
    """Whether value and unit together say the same quantity in another scale: 19 MtCO2e and 19,000,000 tCO2e."""
    value, unit = _number(_scalar(prediction.get("value"))), _scalar(prediction.get("unit"))
    if value is None or not isinstance(unit, str) or unit.casefold() not in _SCALES:
        return False
    family, factor = _SCALES[unit.casefold()]
    for gold_value in map(_number, flat(gold.get("value"))):
        for gold_unit in flat(gold.get("unit")):
            if gold_value is not None and isinstance(gold_unit, str) and gold_unit.casefold() in _SCALES:
                gold_family, gold_factor = _SCALES[gold_unit.casefold()]
                if family == gold_family and _equal(gold_value * gold_factor, value * factor):
                    return True
    return False
