"""Years and ranges of years with their role, told by the cue in front.

Here: baseline, target, effective, plain. Not here: what happens in the year.
"""

from dataclasses import dataclass

from orchestration.extraction.clauses.relative_years import relative_year
from orchestration.extraction.language.number_words import HEADS
from orchestration.extraction.language.words import Tagged, bit, opens_number

_DASHES = frozenset({"–", "-", "—", "/"})
_SKIPPED = frozenset(
    {
        "år",
        "åren",
        "året",
        "utgången",
        "av",
        "slutet",
        "den",
        "kalenderåret",
        "i",
        "vid",
        "perioden",
        "början",
        "verksamhetsåret",
        "var",
        "nivån",
        "1",
        "31",
        "skolåret",
        "basåret",
        "hösten",
        "våren",
        "sommaren",
        "vintern",
        "före",
        "halvårsskiftet",
        "årsskiftet",
        "nyår",
        "midsommar",
        "jul",
        "sommarlovet",
        "valet",
        "ingången",
        "de",
        "gjorde",
        "det",
        "hade",
        "motsvarande",
        "för",
        "vad",
    }
)


_RANGE = range(1985, 2101)
"""Years that a climate contract may speak of."""
_UNIT_AFTER = bit("tonne", "energy_unit", "money", "percent", "organisations", "people", "scale_million")
_NOT_A_YEAR = bit("not_a_year")


@dataclass(frozen=True, slots=True)
class Year:
    """A year at tokens i..j (j excluded). `role`: baseline, target, effective, range, name or plain; end of a range."""

    i: int
    j: int
    value: int
    role: str
    end: int | None = None
    cue: str = ""


def is_year(tagged: Tagged, at: int) -> bool:
    """Whether the number token is a year: four digits in range, without a unit behind or an approximation before."""
    low = tagged.low[at]
    if len(low) != 4 or not (low.isdecimal() and low.isascii()) or int(low) not in _RANGE:
        return False
    following = tagged.tags[at + 1] if at + 1 < len(tagged.low) else 0
    if following & _UNIT_AFTER or (at + 1 < len(tagged.low) and tagged.low[at + 1] == "%"):
        return False
    return not (at and tagged.tags[at - 1] & _NOT_A_YEAR)


def find_years(tagged: Tagged, speaking: int = 0) -> list[Year]:
    """All years of a sentence, left to right. `speaking`: the contract's own year, from which "om åtta år" counts."""
    found: list[Year] = []
    opens, end = opens_number(), 0
    if not tagged.mask & opens:
        return found
    for at in [k for k, tags in enumerate(tagged.tags) if tags & opens]:
        if at < end:
            continue
        if tagged.low[at] in HEADS:
            relative = relative_year(tagged, at, speaking, found[-1].value if found else None)
            if relative is not None and not (found and relative[0] < found[-1].j):
                i, j, value, is_ahead = relative
                found.append(Year(i, j, value, "target" if is_ahead else _role(tagged, i, j)[0]))
                end = j
        elif tagged.tokens[at].kind == "number" and is_year(tagged, at):
            found.append(_at(tagged, at))
            end = found[-1].j
    return found


def _at(tagged: Tagged, i: int) -> Year:
    low, value = tagged.low, int(tagged.low[i])
    j, end = i + 1, None
    if _is_date(tagged, i):
        return Year(i, i + 5, value, *_dated(tagged, i))
    if j + 1 < len(low) and tagged.tokens[j + 1].kind == "number":
        between = low[i - 1] if i else ""
        is_measured = j + 2 < len(low) and bool(tagged.tags[j + 2] & _UNIT_AFTER or low[j + 2] == "%")
        if low[j] in _DASHES and len(low[j + 1]) in (2, 4) and not is_measured:
            end = int(low[j + 1]) if len(low[j + 1]) == 4 else value // 100 * 100 + int(low[j + 1])
            j += 2
        elif is_year(tagged, j + 1) and (
            (low[j] == "och" and between == "mellan")
            or (low[j] in ("till", "och") and between in ("från", "åren", "perioden"))
        ):
            end, j = int(low[j + 1]), j + 2
    elif j + 3 < len(low) and low[j : j + 3] == ["till", "och", "med"] and is_year(tagged, j + 3):
        end, j = int(low[j + 3]), j + 4
    if _is_name(tagged, i):
        return Year(i, j, value, "name", end)
    if end is not None:
        return Year(i, j, value, "range", end)
    role, cue = _role(tagged, i, j)
    if role == "plain" and i and low[i - 1] == "(" and j < len(low) and low[j] == ")":
        role = "aside"
    return Year(i, j, value, role, None, cue)


def _is_date(tagged: Tagged, i: int) -> bool:
    """ "2026-01-01": a date and no range of years."""
    low = tagged.low[i + 1 : i + 5]
    return (
        len(low) == 4
        and low[0] in _DASHES
        and low[2] in _DASHES
        and all(len(part) == 2 and part.isdecimal() for part in (low[1], low[3]))
    )


def _dated(tagged: Tagged, i: int) -> tuple[str, None, str]:
    role, cue = _role(tagged, i, i + 5)
    return ("dated" if role == "plain" else role), None, cue


def _is_name(tagged: Tagged, i: int) -> bool:
    """Whether the year belongs to a name: Klimatprogram 2022–2030, Klimatneutrala Gävle 2030, Klimatkontrakt 2030."""
    if not i:
        return False
    before = tagged.tokens[i - 1]
    if before.kind != "word":
        return False
    tags = tagged.tags[i - 1]
    if tags & bit("document") and not _is_indefinite(tagged, i):
        return True
    if before.low.startswith(_NAMES):
        return True
    if not before.text[0].isupper() or tags & bit("month", "target", "baseline"):
        return False
    if i < 2:
        return False
    earlier = tagged.tokens[i - 2]
    if earlier.kind == "word" and earlier.text[0].isupper() and i > 2:
        return True
    return earlier.kind == "word" and bool(tagged.tags[i - 2] & bit("document")) and not before.low.endswith("s")


_NAMES = ("klimatkontrakt", "agenda", "mission", "vision", "horisont")
_ARTICLES = frozenset({"en", "ett", "någon", "sin", "sina", "egen", "eget"})


def _is_indefinite(tagged: Tagged, i: int) -> bool:
    """ "ska ha gjort en egen klimatplan 2024": a year behind a common noun is no name."""
    is_range = i + 1 < len(tagged.low) and tagged.low[i + 1] in _DASHES
    return (
        not is_range
        and tagged.tokens[i - 1].text.islower()
        and bool(_ARTICLES & set(tagged.low[max(0, i - 4) : i - 1]))
    )


def _role(tagged: Tagged, i: int, j: int) -> tuple[str, str]:
    """Role and cue of a single year."""
    if _follows(tagged, j):
        return "baseline", ""
    tags = tagged.tags
    at = i - 1
    steps = 0
    dated = False
    while at >= 0 and steps < 6:
        low = tagged.low[at]
        mask = tags[at]
        if mask & bit("effective"):
            return "effective", low
        if low in ("utgången", "slutet"):
            return "target", low
        if low == "med" and tagged.low[max(0, at - 2) : at] == ["till", "och"]:
            return "target", "till och med"
        if mask & bit("baseline"):
            return "baseline", low
        if low == "från":
            return "from", low
        if low in ("till", "senast", "inom", "innan", "före", "tills", "fram"):
            return "target", low
        if low in ("under", "sedan"):
            return ("plain", low) if low == "under" else ("baseline", low)
        if mask & bit("month") or low in _SKIPPED or tagged.tokens[at].kind == "number":
            dated = dated or bool(mask & bit("month"))
            at -= 1
            steps += 1
            continue
        break
    return ("dated" if dated else "plain"), ""


def _follows(tagged: Tagged, j: int) -> bool:
    """Whether the words behind the year make it a baseline: 2020 års nivå, 2015 som basår."""
    after = tagged.tags[j] if j < len(tagged.tags) else 0
    if after & bit("baseline") and tagged.low[j] not in ("än", "mot", "sedan", "jämfört", "relativt", "räknat", "i"):
        return True
    if j + 1 < len(tagged.low) and tagged.low[j] == "års":
        return bool(tagged.tags[j] & bit("baseline_after"))
    return j < len(tagged.low) and tagged.low[j] == "som" and bool(tagged.tags[j] & bit("baseline_after"))
