"""By which rule a quantity is a result, and which clause tells of a prize. Every outcome carries its rule's id.

Here: the ordered rules with their confidence. Not here: the way through a document (outcomes), slots (outcome_slots),
the model for what no rule knows (outcome_model).
"""

from typing import Protocol

from orchestration.extraction.clauses import metrics
from orchestration.extraction.clauses.clause import Clause
from orchestration.extraction.clauses.own import Own
from orchestration.extraction.clauses.ownership import is_others
from orchestration.extraction.clauses.tense import has_past
from orchestration.extraction.clauses.units import Quantity
from orchestration.extraction.language.words import bit


class Context(Protocol):
    """What the rules ask of the running context."""

    own: Own
    measure_at: int
    year: int


_MUST, _CAP, _WAS, _AIM = bit("must"), bit("cap"), bit("was"), bit("aim_noun", "aim_verb", "aim_is")
_NEED, _PROPOSAL = bit("need"), bit("proposal")
GOAL = _MUST | _CAP | _AIM | _NEED
_MEASURES = metrics.MEASURES
_JOINED, _PARTICIPANTS, _DELIVERED = bit("joined"), bit("participants"), bit("delivered")
_GRANTED, _SOUGHT, _COST, _FUND = bit("granted"), bit("sought"), bit("cost"), bit("fund")
_WON, _RANKING, _PROJECTED = bit("won"), bit("ranking"), bit("projected")
_THINGS = bit("transport", "renewable", "biodiversity", "circular", "building")
_UNDECIDED = bit("undecided")
TIME, _FORMER, _SPEAKS, _NEGATION = bit("time_unit"), bit("former"), bit("says_something"), bit("negation")
_GATHERING, _SIGNED = bit("gathering"), bit("joining", "participants")
_SHARE, _ANAPHOR = bit("share_of"), bit("anaphor")
_CHANGE, _OTHERS = bit("decrease", "increase"), bit("others")
_LEVELS = frozenset({"percent", "mass", "energy", "other", "scaled"})
PEOPLE = frozenset({"actors", "people"})
_NAMED_ROLES = frozenset(
    {
        "ordförande",
        "projektledare",
        "samordnare",
        "klimatsamordnare",
        "ansvarig",
        "chef",
        "ledamot",
        "sammankallande",
        "kontaktperson",
        "processledare",
    }
)
_APPOINTED = frozenset({"utsågs", "utsåg", "utsetts", "utsedd", "utsett", "utses"})
_ORDINALS = frozenset(
    {"första", "andra", "tredje", "fjärde", "femte", "sjätte", "sjunde", "åttonde", "nionde", "tionde"}
)
LATEST = 2026


def states_goal(clause: Clause, quantity: Quantity | None, context: Context) -> bool:
    """Whether the clause speaks of what is to be rather than of what is (at the quantity, where there is one)."""
    if clause.mask & (_MUST | _CAP | _NEED):
        return True
    if clause.mask & _AIM and not _reports_before_aim(clause, quantity):
        return True
    is_level = quantity is not None and quantity.kind in _LEVELS
    latest = max(context.year, LATEST) if clause.mask & _WAS or has_past(clause) else context.year
    if is_level and any(year.role in ("target", "plain") and year.value > latest for year in clause.years):
        return True
    if not clause.is_elliptic and "motsvarar" not in clause.low[:3]:
        return False
    left = clause.left
    while left is not None:
        if left.mask & (GOAL | bit("carbon_budget")):
            return True
        if left.mask & _WAS:
            return False
        left = left.left
    return False


def _reports_before_aim(clause: Clause, quantity: Quantity | None) -> bool:
    """ "står för hälften av utsläppen … för att nå målet": the figure stands apart from the aim."""
    tags = clause.tagged.tags
    aims = [at for at in range(clause.i, clause.j) if tags[at] & _AIM]
    end = quantity.i if quantity is not None else clause.j
    reports = [at for at in range(clause.i, end) if tags[at] & (_WAS | _JOINED | _GRANTED | _WON)]
    return bool(reports) and not any(reports[-1] < aim < end for aim in aims) and not clause.low[0].startswith("mål")


def _before(clause: Clause, quantity: Quantity, mask: int) -> bool:
    return any(clause.tagged.tags[at] & mask for at in range(clause.i, quantity.i))


def is_no_result(clause: Clause, quantity: Quantity, context: Context) -> bool:
    """What neither rule nor model takes for a result: norms, uncertainties, recollections, applications, other
    municipalities of a programme."""
    low, tagged = clause.low, clause.tagged
    before = tagged.tokens[quantity.i - 1].text if quantity.i > 0 else ""
    if low[0] == "om" or _is_elsewhere(clause, quantity):
        return True
    if before in _LIMITS or _is_ruled(clause, quantity) or _is_normed(clause, quantity):
        return True
    if clause.mask & _RECALLED or (clause.mask & _FORMER and _RECALLING & set(low)):
        return True
    if quantity.kind == "money":
        return _before(clause, quantity, _SOUGHT | _COST) and not _before(clause, quantity, _GRANTED)
    is_town = quantity.noun >= 0 and tagged.low[quantity.noun].startswith(_TOWNS)
    if is_town and not clause.mask & _SIGNED and "vi" not in low:
        return True
    is_dated = any(max(known.end or 0, known.value) > context.year for known in clause.years if known.role != "name")
    return is_dated and quantity.kind in _LEVELS and not clause.mask & _WAS and not has_past(clause)


def _is_elsewhere(clause: Clause, quantity: Quantity) -> bool:
    """ "Genomsnittet i riket är 5,2 ton": another place in front of the figure, and nobody of the own."""
    tags, low = clause.tagged.tags, clause.tagged.low
    at = next((k for k in range(clause.i, quantity.i) if tags[k] & _ELSEWHERE), None)
    if at is None or quantity.kind == "money" or clause.mask & (_WON | _RANKING):
        return False
    is_aside = bool({"än", "mot", "jämfört", "av", "första", "bland", "enligt"} & set(low[max(clause.i, at - 3) : at]))
    return not is_aside and not any(tags[k] & _OWN for k in range(clause.i, quantity.i))


_ELSEWHERE, _OWN = bit("elsewhere"), bit("own")


def _is_normed(clause: Clause, quantity: Quantity) -> bool:
    """ "Normen är 40 mikrogram": a norm, price or frame in front of the figure, and nothing that moved or passed it."""
    tags = clause.tagged.tags
    at = next((k for k in range(quantity.i - 1, max(clause.i, quantity.i - 6) - 1, -1) if tags[k] & _NORM), None)
    if at is None:
        return False
    between = range(at + 1, quantity.i)
    return not any(tags[k] & (_CHANGE | _MILESTONE | _SHARE | _FINISHED) for k in between) and not any(
        clause.tagged.low[k] in _CROSSING for k in between
    )


_LIMITS = frozenset({"≤", "<", "≥", ">", "±", "≦", "×"})
_NORM, _MILESTONE, _FINISHED, _RECALLED = bit("norm"), bit("milestone"), bit("finished"), bit("recalled")
_CROSSING = frozenset({"i", "med", "på", "av", "för", "var", "blev", "uppmättes", ",", ";", "hade", "har", "ställdes"})
_TOWNS = ("kommuner", "städer", "regioner", "länder")


def rule_of(clause: Clause, quantity: Quantity, context: Context, number: int) -> tuple[str, str, float] | None:
    """(outcome type, rule id, confidence) of a quantity; None where no rule makes it a result."""
    mask = clause.mask
    if {"gäller", "gällde"} & set(clause.low) and quantity.kind in _LEVELS:
        return None
    if quantity.noun >= 0 and clause.tagged.tags[quantity.noun] & TIME:
        return None
    if states_goal(clause, quantity, context) or mask & _UNDECIDED or "omräknat" in clause.low:
        return None
    if quantity.kind == "money" or (quantity.kind == "scaled" and mask & (_GRANTED | _FUND)):
        labelled = clause.is_elliptic and mask & _FUND and not mask & (_SOUGHT | _COST)
        gives = (
            mask & _GRANTED
            or labelled
            or (mask & _FUND and (has_past(clause) or _from_fund(clause, quantity)))
            or _in_parentheses(clause, quantity)
        )
        if gives and not _before(clause, quantity, _SOUGHT | _COST) and not _price(clause, quantity):
            return "funding", "outcome.funding", 0.9
        return None
    is_report = bool(mask & _WAS) or _left_reports(clause) or has_past(clause)
    if quantity.kind in PEOPLE:
        if _before(clause, quantity, _PROJECTED | _SOUGHT) and not mask & _PARTICIPANTS:
            return None
        if quantity.is_word and quantity.value < 5 and not mask & _JOINED:
            return None
        if _is_company(clause, quantity) or _describes(clause, quantity):
            return None
        if _is_subject(clause, quantity):
            return "participation", "outcome.participation.subject", 0.7
        shared = clause.left.mask if clause.is_elliptic and clause.left is not None else 0
        if (mask | shared) & (_PARTICIPANTS | _JOINED | _GATHERING) or (has_past(clause) and not quantity.is_word):
            return "participation", "outcome.participation", 0.85
        return None
    if quantity.kind in _LEVELS:
        return _level(clause, quantity, context, number, is_report=is_report)
    if quantity.kind in ("count", "bare") and _counts_joined(clause, quantity):
        return "participation", "outcome.participation.anaphor", 0.6
    if quantity.kind == "count":
        if _before(clause, quantity, _PROJECTED) or (quantity.is_word and quantity.value < 5):
            return None
        is_thing = quantity.noun >= 0 and clause.tagged.tags[quantity.noun] & _THINGS
        if is_thing and has_past(clause) and not is_others(clause, context.own):
            return "measurement", "outcome.counted", 0.6
        if (
            mask & _DELIVERED
            or ("omfattar" in clause.low and "inventering" in " ".join(clause.tagged.low))
            or ("antalet" in clause.low and is_report)
        ):
            return "measurement", "outcome.counted", 0.6
    if quantity.kind == "bare" and quantity.start_value is None and is_report and "antalet" in clause.low:
        people = mask & (bit("people", "organisations") | _PARTICIPANTS)
        return ("participation" if people else "measurement"), "outcome.counted", 0.6
    return None


def _counts_joined(clause: Clause, quantity: Quantity) -> bool:
    """ "av leverantörerna har 28 lämnat in", "åtta nya kom till", "utvidgats till att omfatta tjugosex"."""
    if not clause.mask & _JOINED or _before(clause, quantity, _PROJECTED):
        return False
    counted = clause.mask | (clause.left.mask if clause.left is not None else 0)
    if not counted & bit("organisations", "people"):
        return False
    behind = clause.tagged.low[quantity.j : quantity.j + 1]
    is_supine = bool(behind) and behind[0].endswith(("at", "it", "tt"))
    return is_supine or behind in (["nya"], ["fler"]) or (quantity.kind == "bare" and quantity.j == clause.j)


def _is_subject(clause: Clause, quantity: Quantity) -> bool:
    """ "elva gårdar har börjat", "212 hushåll fått", "har 54 företag anslutit sig": they have acted."""
    tags, low = clause.tagged.tags, clause.tagged.low
    if quantity.is_word and quantity.value < _FEWEST:
        return False
    at = quantity.j
    while at < clause.j and low[at] in ("i", "från", "på", "av", "dem", "dessa", "nu", "redan", "hittills", "sedan"):
        at += 1 if low[at] in ("nu", "redan", "hittills", "sedan", "dem", "dessa", "av") else 2
    if at >= clause.j:
        return False
    is_verb = tags[at] & (_WAS | _SPEAKS | _JOINED) or low[at].endswith(("ade", "ades", "dde"))
    return bool(is_verb) and not tags[at] & (_MUST | _PROJECTED | _NEED)


def _describes(clause: Clause, quantity: Quantity) -> bool:
    """ "parken, som har 500 000 besökare per säsong": what a thing is like, told in passing."""
    low = clause.tagged.low
    return (
        quantity.per is None
        and "som" in low[max(clause.i, quantity.i - 3) : quantity.i]
        and low[quantity.i - 1] == "har"
    )


def _is_ruled(clause: Clause, quantity: Quantity) -> bool:
    """ "Köpt el: max 38 GWh", "kravet är 2 procent": a rule, not a result."""
    low = clause.tagged.low
    at = next((k for k in range(quantity.i - 1, max(-1, quantity.i - 4), -1) if low[k] == ":"), -1)
    return (at >= 0 and any(low[k] in _RULING for k in range(at + 1, quantity.i))) or bool(_DEMANDED & set(clause.low))


_RULING = frozenset({"max", "högst", "minst", "maximalt", "lägst"})
_DEMANDED = frozenset({"kravet", "krav", "gränsen"})
_RECALLING = frozenset({"stod", "talades", "angavs", "löd", "hette", "sades", "lydde"})
_SHORT = 14
"""Tokens of a clause that can lean on the measure of the sentence before."""
_FEWEST = 5


def _is_company(clause: Clause, quantity: Quantity) -> bool:
    """ "tillsammans med 22 andra städer": the company one keeps, not a count of who joined."""
    low = clause.tagged.low
    before, behind = low[max(0, quantity.i - 3) : quantity.i], low[quantity.i + 1 : quantity.i + 2]
    is_town = quantity.noun >= 0 and clause.tagged.low[quantity.noun] in ("kommuner", "städer", "regioner", "länder")
    if is_town and (clause.mask & _OTHERS or not clause.mask & _SIGNED):
        return True
    return behind in (["andra"], ["övriga"]) or bool(
        {"tillsammans", "övriga", "andra", "konkurrens", "bland"} & set(before)
    )


def _level(
    clause: Clause, quantity: Quantity, context: Context, number: int, *, is_report: bool
) -> tuple[str, str, float] | None:
    """A measured level or change."""
    mask = clause.mask
    if mask & (_PROJECTED | _PROPOSAL) and _before(clause, quantity, _PROJECTED | _PROPOSAL):
        return None
    if is_others(clause, context.own, cites=True):
        return None
    measured = mask & (_MEASURES | bit("branch"))
    is_labelled = ":" in clause.low and clause.is_elliptic
    is_short = clause.j - clause.i <= _SHORT
    near = number - context.measure_at <= 1 or (clause.left is not None and bool(clause.left.mask & _MEASURES))
    is_told = is_report and (measured or (near and is_short))
    is_told = is_told or bool(mask & _DELIVERED) or is_labelled or bool(measured and quantity.per == "other")
    if quantity.kind == "other" and not is_told:
        return None
    if is_report and (measured or mask & (_SHARE | _CHANGE | _ANAPHOR)):
        return "measurement", "outcome.measurement", 0.85
    if quantity.kind == "percent" and quantity.change and quantity.is_fraction and not measured:
        return None
    if is_report and near:
        return "measurement", "outcome.measurement.anaphor", 0.6
    if measured and mask & (_CHANGE | _DELIVERED) and not any(year.role == "target" for year in clause.years):
        return "measurement", "outcome.measurement.nominal", 0.6
    is_plain = quantity.kind in ("mass", "energy", "percent", "scaled") or is_labelled or quantity.per == "other"
    is_rate = quantity.per == "year" and quantity.kind == "percent"
    if measured and is_plain and not mask & (_PROPOSAL | _NEGATION) and not is_rate:
        return "measurement", "outcome.measurement.plain", 0.5
    dated = any(year.value <= context.year for year in clause.years) or ":" in clause.low
    if clause.is_elliptic and dated and (measured or near) and clause.j - clause.i <= 12:
        return "measurement", "outcome.measurement.verbless", 0.5
    return None


def _from_fund(clause: Clause, quantity: Quantity) -> bool:
    """ "2,4 miljoner kronor från Interreg"."""
    low, tags = clause.tagged.low, clause.tagged.tags
    return any(
        low[at] in ("från", "ur", "genom") and at + 1 < len(tags) and tags[at + 1] & _FUND
        for at in range(quantity.j, min(quantity.j + 4, clause.j))
    )


def _in_parentheses(clause: Clause, quantity: Quantity) -> bool:
    """ "av Region Dalarna (2,5 mnkr)": the giver's share in parentheses."""
    tokens = clause.tagged.tokens
    opened = any(tokens[at].text == "(" for at in range(max(clause.i, quantity.i - 8), quantity.i))
    return opened and bool(clause.mask & (_FUND | _GRANTED))


def _price(clause: Clause, quantity: Quantity) -> bool:
    """An amount per something, or a threshold ("över 10 mkr"), is no grant."""
    low = clause.tagged.low
    behind = low[quantity.j : quantity.j + 1]
    return behind == ["per"] or (quantity.i > 0 and low[quantity.i - 1] == "över")


def _left_reports(clause: Clause) -> bool:
    left = clause.left
    while left is not None:
        if left.mask & _WAS:
            return True
        left = left.left
    return False


def tells_of_prize(clause: Clause) -> bool:
    """Whether the clause says that the municipality won, was ranked or was chosen."""
    mask, words = clause.mask, set(clause.low)
    if mask & (_MUST | _CAP | _NEGATION | _PROJECTED | _SOUGHT) or words & _NAMED_ROLES:
        return False
    tagged = clause.tagged
    if any(
        tagged.tokens[at].text == "Årets"
        and at + 1 < clause.j
        and (tagged.tokens[at + 1].text[0].isupper() or (at > clause.i and tagged.tokens[at - 1].kind == "word"))
        for at in range(clause.i, clause.j)
    ):
        return True
    for at in range(clause.i, clause.j - 1):
        low, following = tagged.low[at], tagged.low[at + 1]
        if low == "plats" and tagged.tokens[at + 1].kind == "number":
            return True
        if following in ("plats", "plac") and (
            low in _ORDINALS or (low.endswith(("a", "e")) and low[:-1].rstrip(":").isdigit())
        ):
            return True
    chosen = any(
        quantity.kind in PEOPLE and tagged.low[max(0, quantity.i - 2) : quantity.i] == ["en", "av"]
        for quantity in clause.quantities
    )
    if chosen and mask & (_WON | _GRANTED):
        return True
    if not mask & _WON:
        return False
    if words & _APPOINTED:
        return bool(mask & (_RANKING | _OTHERS))
    return True


REACHED = bit("air", "fossil_free", "renewable_fuel", "transport", "building")
"""What can be said to have been reached without a number."""
