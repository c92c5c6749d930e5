"""Outcomes: what was measured, counted, won or granted.

Here: which clause reports a result, and the outcome's slots put together. Not here: goals, and the slots themselves.
"""

from dataclasses import dataclass, field

from orchestration.contracts.model import Document, Municipality, Span
from orchestration.extraction import metrics
from orchestration.extraction.clauses import Clause, has_past
from orchestration.extraction.facts import Evidence, Outcome
from orchestration.extraction.outcome_features import features
from orchestration.extraction.outcome_model import THRESHOLD, chance
from orchestration.extraction.ownership import Own, is_others
from orchestration.extraction.reading import Reading
from orchestration.extraction.reference import speaking_year
from orchestration.extraction.units import Quantity
from orchestration.extraction.words import bit

_MUST, _CAP, _WAS, _AIM = bit("must"), bit("cap"), bit("was"), bit("aim_noun", "aim_verb", "aim_is")
_NEED, _PROPOSAL = bit("need"), bit("proposal")
_GOAL = _MUST | _CAP | _AIM | _NEED
_MEASURES = metrics.MEASURES
_JOINED, _PARTICIPANTS, _DELIVERED = bit("joined"), bit("participants"), bit("delivered")
_GRANTED, _SOUGHT, _COST, _FUND = bit("granted"), bit("sought"), bit("cost"), bit("fund")
_WON, _RANKING, _PROJECTED, _LEGAL = bit("won"), bit("ranking"), bit("projected"), bit("legal")
_THINGS = bit("transport", "renewable", "biodiversity", "circular", "building")
_UNDECIDED = bit("undecided")
_TIME, _FORMER, _SPEAKS, _NEGATION = bit("time_unit"), bit("former"), bit("says_something"), bit("negation")
_GATHERING, _SIGNED = bit("gathering"), bit("joining", "participants")
_SHARE, _ANAPHOR, _MILESTONE = bit("share_of"), bit("anaphor"), bit("milestone")
_CHANGE, _ALL, _OTHERS, _AIR = bit("decrease", "increase"), bit("all"), bit("others"), bit("air")
_LEVELS = frozenset({"percent", "mass", "energy", "other", "scaled"})
_PEOPLE = frozenset({"actors", "people"})
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
_LATEST = 2026
_SKIPPED_SECTIONS = frozenset({"strategic_projects"})


Candidate = tuple[tuple[int, int], float, list[str], bool]
"""For training: raw span and value of a quantity, its features, whether a rule makes it a result."""


@dataclass(slots=True)
class _Context:
    own: Own
    measure_mask: int = 0
    measure_at: int = -10
    last: Outcome | None = None
    last_mask: int = 0
    is_per_head: bool = False
    year: int = 2025
    sentence_year: int | None = None
    found: list[Outcome] = field(default_factory=list)
    candidates: "list[Candidate] | None" = None


def find_outcomes(
    document: Document,
    municipality: Municipality,
    readings: list[Reading],
    taken: frozenset[Span],
    version_year: int | None = None,
    candidates: list[Candidate] | None = None,
) -> tuple[Outcome, ...]:
    """The outcomes of a document in the order of the text. `taken`: spans that already state a goal. `candidates`: a
    list to fill with every quantity that was weighed, for training."""
    context = _Context(Own(municipality), year=version_year or speaking_year(document.raw), candidates=candidates)
    for number, reading in enumerate(readings):
        if (document.kind == "excerpt" or reading.sentence.section not in _SKIPPED_SECTIONS) and _may_hold(reading):
            for clause in reading.clauses:
                _clause(document, reading, clause, context, number, taken)
        if any(token.kind == "number" for token in reading.tagged.tokens):
            past = [
                year for clause in reading.clauses for year in clause.years if year.role in ("plain", "dated", "range")
            ]
            dated = [year.end or year.value for year in past if (year.end or year.value) <= context.year]
            context.sentence_year = dated[-1] if dated else None
        measured = reading.tagged.mask & (_MEASURES | metrics.CARRIED)
        if measured:
            kept = context.measure_mask & metrics.CARRIED if number - context.measure_at <= 1 else 0
            context.measure_mask, context.measure_at = measured | kept, number
    return tuple(context.found)


def _may_hold(reading: Reading) -> bool:
    tagged = reading.tagged
    return not reading.sentence.text.endswith("?") and (
        bool(tagged.mask & (_WON | _RANKING | _MILESTONE | _ALL))
        or any(token.kind == "number" for token in tagged.tokens)
        or bool(tagged.mask & (_JOINED | _SHARE | _CHANGE))
    )


def _clause(
    document: Document, reading: Reading, clause: Clause, context: _Context, number: int, taken: frozenset[Span]
) -> None:
    if document.clean.raw_span(clause.start, clause.end) in taken:
        return
    if clause.is_elliptic and not has_past(clause) and _is_led_by_aim(reading):
        return
    recognition = _recognition(clause)
    emitted: list[tuple[Quantity, str, str, float]] = []
    for quantity in clause.quantities:
        if recognition and quantity.kind != "money":
            continue
        rule = _rule(clause, quantity, context, number)
        if rule is None or context.candidates is not None:
            rule = _weighed(document, clause, quantity, context, number, rule)
        if rule is not None:
            emitted.append((quantity, *rule))
    position = clause.start
    for order, (quantity, outcome_type, rule_id, confidence) in enumerate(emitted):
        end = clause.end if order == len(emitted) - 1 else clause.tagged.tokens[quantity.j - 1].end
        span = document.clean.raw_span(position, end)
        outcome = _assemble(
            document, reading, clause, context, quantity, outcome_type, span, rule_id, confidence, number
        )
        context.found.append(outcome)
        if outcome_type == "measurement":
            context.last, context.last_mask = outcome, clause.mask
            context.is_per_head = metrics.is_per_head(clause)
        position = min(end + 1, clause.end - 1)
    if not emitted:
        _without_number(document, reading, clause, context, recognition)


def _weighed(
    document: Document,
    clause: Clause,
    quantity: Quantity,
    context: _Context,
    number: int,
    rule: tuple[str, str, float] | None,
) -> tuple[str, str, float] | None:
    """What the model says of a quantity that no rule knows. What states a goal is never a result."""
    if _states_goal(clause, quantity, context) or (quantity.noun >= 0 and clause.tagged.tags[quantity.noun] & _TIME):
        return rule
    found = features(
        clause,
        quantity,
        near=number - context.measure_at <= 1,
        others=is_others(clause, context.own, cites=True),
        year=context.year,
    )
    if context.candidates is not None:
        tokens = clause.tagged.tokens
        start, end = document.clean.raw_span(tokens[quantity.i].start, tokens[quantity.j - 1].end)
        context.candidates.append(((start, end), quantity.value, found, rule is not None))
    if rule is not None:
        return rule
    sure = chance(found)
    return (_TYPES.get(quantity.kind, "measurement"), "outcome.model", round(sure, 2)) if sure > THRESHOLD else None


_TYPES = {"money": "funding", "actors": "participation", "people": "participation"}


def _is_led_by_aim(reading: Reading) -> bool:
    """Whether the bullet stands in a list of promises ("Till 2030 ska vi:", "Våra mål:")."""
    return reading.opener is not None and bool(reading.opener.mask & (_MUST | _AIM))


def _states_goal(clause: Clause, quantity: Quantity | None, context: _Context) -> bool:
    """Whether the clause speaks of what is to be rather than of what is (at the quantity, where there is one)."""
    if clause.mask & (_MUST | _CAP | _NEED):
        return True
    if clause.mask & _AIM and not _reports_before_aim(clause, quantity):
        return True
    is_level = quantity is not None and quantity.kind in _LEVELS
    latest = max(context.year, _LATEST) if clause.mask & _WAS or has_past(clause) else context.year
    if is_level and any(year.role in ("target", "plain") and year.value > latest for year in clause.years):
        return True
    if not clause.is_elliptic and "motsvarar" not in clause.low[:3]:
        return False
    left = clause.left
    while left is not None:
        if left.mask & (_GOAL | bit("carbon_budget")):
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


def _rule(clause: Clause, quantity: Quantity, context: _Context, number: int) -> tuple[str, str, float] | None:
    mask = clause.mask
    if {"gäller", "gällde"} & set(clause.low) and quantity.kind in _LEVELS:
        return None
    if quantity.noun >= 0 and clause.tagged.tags[quantity.noun] & _TIME:
        return None
    if mask & _FORMER and _RECALLING & set(clause.low):
        return None
    if _is_ruled(clause, quantity):
        return None
    if _states_goal(clause, quantity, context) or mask & _UNDECIDED or "omräknat" in clause.low:
        return None
    if quantity.kind == "money" or (quantity.kind == "scaled" and mask & (_GRANTED | _FUND)):
        gives = (
            mask & _GRANTED
            or (mask & _FUND and (has_past(clause) or _from_fund(clause, quantity)))
            or _in_parentheses(clause, quantity)
        )
        if gives and not _before(clause, quantity, _SOUGHT | _COST) and not _price(clause, quantity):
            return "funding", "outcome.funding", 0.9
        return None
    is_report = bool(mask & _WAS) or _left_reports(clause) or has_past(clause)
    if quantity.kind in _PEOPLE:
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
    """ "elva gårdar har börjat", "212 hushåll fått", "har 54 företag anslutit sig": those counted have done something."""
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
    return quantity.per is None and "som" in low[max(clause.i, quantity.i - 3) : quantity.i] and low[quantity.i - 1] == "har"


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
    clause: Clause, quantity: Quantity, context: _Context, number: int, *, is_report: bool
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
    if quantity.kind == "other" and not (is_report and (measured or (near and is_short))):
        if not mask & _DELIVERED and not is_labelled and not (measured and quantity.per == "other"):
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
    if measured and is_plain and not mask & _PROPOSAL:
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


def _recognition(clause: Clause) -> bool:
    """Whether the clause says that the municipality won, was ranked or was chosen."""
    mask, words = clause.mask, set(clause.low)
    if mask & (_MUST | _CAP | _NEGATION | _PROJECTED | _SOUGHT) or words & _NAMED_ROLES:
        return False
    tagged = clause.tagged
    if any(
        tagged.tokens[at].text == "Årets" and at + 1 < clause.j and tagged.tokens[at + 1].text[0].isupper()
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
        quantity.kind in _PEOPLE and tagged.low[max(0, quantity.i - 2) : quantity.i] == ["en", "av"]
        for quantity in clause.quantities
    )
    if chosen and mask & (_WON | _GRANTED):
        return True
    if not mask & _WON:
        return False
    if words & _APPOINTED:
        return bool(mask & (_RANKING | _OTHERS))
    return True


_REACHED = bit("air", "fossil_free", "renewable_fuel", "transport", "building")


def _without_number(document: Document, reading: Reading, clause: Clause, context: _Context, recognition: bool) -> None:
    mask = clause.mask
    outcome_type = ""
    if recognition:
        outcome_type, rule_id = "recognition", "outcome.recognition"
    elif mask & (_MUST | _CAP | _NEED | bit("negation")):
        return
    elif mask & _MILESTONE and (mask & _WAS or has_past(clause)) and mask & _REACHED and not is_others(clause, context.own):
        outcome_type, rule_id = "milestone", "outcome.milestone"
    elif (
        mask & _ALL
        and mask & _WAS
        and mask & bit("fossil_free", "renewable_fuel")
        and not is_others(clause, context.own)
    ):
        outcome_type, rule_id = "milestone", "outcome.milestone.all"
    if not outcome_type:
        return
    span = document.clean.raw_span(clause.start, clause.end)
    outcome = Outcome(
        outcome_type=outcome_type,
        statement=document.clean.text[clause.start : clause.end],
        year=_year(clause, None, context),
        evidence=Evidence(spans=(span,), section=reading.sentence.section, rule_id=rule_id, confidence=0.8),
    )
    context.found.append(outcome)


def _assemble(
    document: Document,
    reading: Reading,
    clause: Clause,
    context: _Context,
    quantity: Quantity,
    outcome_type: str,
    span: Span,
    rule_id: str,
    confidence: float,
    number: int,
) -> Outcome:
    mask = clause.mask
    if clause.is_elliptic and clause.left is not None and not mask & _CHANGE:
        mask |= clause.left.mask & _CHANGE
    is_measured = outcome_type == "measurement"
    near = number - context.measure_at <= 1
    measures = clause.mask & _MEASURES or (context.measure_mask if near else 0)
    baseline = _baseline(clause) if is_measured else None
    year = _year(clause, quantity, context)
    if year is None and is_measured:
        year = _sentence_year(reading, context)
    if year is None and is_measured and reading.tagged.low[0] in ("den", "det", "detta", "analysen", "mätningen"):
        year = context.sentence_year
    direction = metrics.direction(mask, quantity, is_state=False) if is_measured else None
    last = context.last
    if is_measured and last is not None and "motsvarande" in clause.low and not clause.mask & _CHANGE:
        baseline, year, direction = baseline or last.baseline_year, year or last.year, direction or last.direction
    elif is_measured and last is not None and (clause.mask & bit("anaphor") or not clause.mask & _MEASURES) and near:
        year = year or last.year
    unit = quantity.unit
    if quantity.kind == "mass" and unit is None and measures & bit("emission"):
        unit = "tCO2e"
    if quantity.kind == "mass" and unit and (metrics.is_per_head(clause)):
        unit = "tCO2e_per_capita"
    extra = context.measure_mask & bit("consumption_based") if near and metrics.is_per_head(clause) else 0
    scope = metrics.scope(clause, context.own, extra, measures) if is_measured else "not_specified"
    return Outcome(
        outcome_type=outcome_type,
        statement=document.clean.text[clause.start : clause.end],
        value=round(quantity.value, 2),
        value_max=quantity.value_max,
        unit="actors"
        if outcome_type == "participation"
        else "SEK"
        if quantity.kind == "scaled" and outcome_type == "funding"
        else unit,
        direction=direction,
        bound=quantity.bound or "exact",
        baseline_year=baseline,
        year=year,
        scope=scope,
        sector=metrics.sector(measures),
        evidence=Evidence(spans=(span,), section=reading.sentence.section, rule_id=rule_id, confidence=confidence),
    )


def _baseline(clause: Clause) -> int | None:
    for year in clause.years:
        if year.role in ("baseline", "from"):
            return year.value
    for year in clause.years:
        if year.role == "range" and year.end is not None:
            return year.value
    return None


def _year(clause: Clause, quantity: Quantity | None, context: _Context) -> int | None:
    """The year of the result: named behind the quantity, else before it, never after the contract's own year."""
    if {"dag", "numera", "nu"} & set(clause.low):
        return None
    is_far = quantity is not None and quantity.kind in (*_PEOPLE, "money", "count", "bare")
    years = [
        year.end or year.value
        for year in sorted(clause.years, key=lambda year: quantity is not None and year.i < quantity.i)
        if year.role in ("range", "plain", "dated", "target", "aside")
        and not (is_far and quantity is not None and year.i - quantity.j > 6)
    ]
    return next((year for year in years if year <= max(context.year, _LATEST)), None)


def _sentence_year(reading: Reading, context: _Context) -> int | None:
    """The only past year that the sentence dates something by."""
    others = {
        year.value
        for other in reading.clauses
        for year in other.years
        if year.role in ("plain", "dated") and year.value <= context.year and not other.mask & _GOAL
    }
    return others.pop() if len(others) == 1 else None
