"""Outcomes: what was measured, counted, won or granted.

Here: which clause reports a result, and the outcome's slots put together. Not here: goals, and the slots themselves.
"""

from dataclasses import dataclass, field

from orchestration.contracts.model import Document, Municipality, Span
from orchestration.extraction import metrics
from orchestration.extraction.clauses import Clause
from orchestration.extraction.facts import Evidence, Outcome
from orchestration.extraction.ownership import Own, is_others
from orchestration.extraction.quantities import Quantity
from orchestration.extraction.reading import Reading
from orchestration.extraction.words import bit

_MUST, _CAP, _WAS, _AIM = bit("must"), bit("cap"), bit("was"), bit("aim_noun", "aim_verb", "aim_is")
_GOAL = _MUST | _CAP | _AIM
_MEASURES = metrics.MEASURES
_JOINED, _PARTICIPANTS, _DELIVERED = bit("joined"), bit("participants"), bit("delivered")
_GRANTED, _SOUGHT, _COST = bit("granted"), bit("sought"), bit("cost")
_WON, _RANKING, _PROJECTED, _LEGAL = bit("won"), bit("ranking"), bit("projected"), bit("legal")
_SHARE, _ANAPHOR, _MILESTONE = bit("share_of"), bit("anaphor"), bit("milestone")
_CHANGE, _ALL = bit("decrease", "increase"), bit("all")
_LEVELS = frozenset({"percent", "mass", "energy", "other", "scaled"})
_PEOPLE = frozenset({"actors", "people"})
_NAMED_ROLES = frozenset({"ordförande", "projektledare", "samordnare", "klimatsamordnare", "ansvarig", "chef", "ledamot"})
_SKIPPED_SECTIONS = frozenset({"strategic_projects"})


@dataclass(slots=True)
class _Context:
    own: Own
    measure_mask: int = 0
    measure_at: int = -10
    last: Outcome | None = None
    found: list[Outcome] = field(default_factory=list)


def find_outcomes(
    document: Document, municipality: Municipality, readings: list[Reading], taken: frozenset[Span]
) -> tuple[Outcome, ...]:
    """The outcomes of a document in the order of the text. `taken`: spans that already state a goal."""
    context = _Context(Own(municipality))
    for number, reading in enumerate(readings):
        if reading.sentence.section not in _SKIPPED_SECTIONS and _may_hold(reading):
            for clause in reading.clauses:
                _clause(document, reading, clause, context, number, taken)
        if reading.tagged.mask & _MEASURES:
            context.measure_mask, context.measure_at = reading.tagged.mask & _MEASURES, number
    return tuple(context.found)


def _may_hold(reading: Reading) -> bool:
    tagged = reading.tagged
    return bool(tagged.mask & (_WON | _MILESTONE | _ALL)) or any(
        token.kind == "number" for token in tagged.tokens
    ) or bool(tagged.mask & (_JOINED | _SHARE | _CHANGE))


def _clause(
    document: Document, reading: Reading, clause: Clause, context: _Context, number: int, taken: frozenset[Span]
) -> None:
    if _is_goal(clause) or document.clean.raw_span(clause.start, clause.end) in taken:
        return
    emitted: list[tuple[Quantity, str, str, float]] = []
    for quantity in clause.quantities:
        rule = _rule(clause, reading, quantity, context, number)
        if rule is not None:
            emitted.append((quantity, *rule))
    position = clause.start
    for order, (quantity, outcome_type, rule_id, confidence) in enumerate(emitted):
        end = clause.end if order == len(emitted) - 1 else clause.tagged.tokens[quantity.j - 1].end
        span = document.clean.raw_span(position, end)
        outcome = _assemble(document, reading, clause, context, quantity, outcome_type, span, rule_id, confidence, number)
        context.found.append(outcome)
        context.last = outcome
        position = min(end + 1, clause.end - 1)
    if not emitted:
        _without_number(document, reading, clause, context)


def _is_goal(clause: Clause) -> bool:
    if clause.mask & (_MUST | _CAP):
        return True
    if clause.mask & _AIM and not clause.mask & (_JOINED | _WON | _GRANTED):
        return True
    if not clause.is_elliptic:
        return False
    left = clause.left
    while left is not None:
        if left.mask & _GOAL:
            return True
        if left.mask & _WAS:
            return False
        left = left.left
    return False


def _rule(
    clause: Clause, reading: Reading, quantity: Quantity, context: _Context, number: int
) -> tuple[str, str, float] | None:
    mask = clause.mask
    is_report = bool(mask & _WAS) or _left_reports(clause)
    if quantity.kind == "money" or (quantity.kind == "scaled" and mask & _GRANTED):
        if mask & _GRANTED and not mask & (_SOUGHT | _COST):
            return "funding", "outcome.funding", 0.9
        return None
    if mask & _LEGAL and not is_report:
        return None
    if quantity.kind in _PEOPLE:
        if mask & _PARTICIPANTS or (mask & _JOINED and not mask & _PROJECTED):
            return "participation", "outcome.participation", 0.85
        return None
    if quantity.kind in _LEVELS:
        if mask & _PROJECTED and not mask & _WAS:
            return None
        measured = mask & _MEASURES
        if is_report and (measured or mask & (_SHARE | _CHANGE | _ANAPHOR)):
            return "measurement", "outcome.measurement", 0.85
        if is_report and number - context.measure_at <= 1:
            return "measurement", "outcome.measurement.anaphor", 0.6
        if measured and mask & _CHANGE and not any(y.role == "target" for y in clause.years):
            return "measurement", "outcome.measurement.nominal", 0.6
        return None
    if quantity.kind == "count":
        if mask & _DELIVERED and not quantity.is_word and not mask & _PROJECTED:
            return "measurement", "outcome.delivered", 0.6
        if "antalet" in clause.low and is_report:
            return "measurement", "outcome.counted", 0.6
    return None


def _left_reports(clause: Clause) -> bool:
    left = clause.left
    while left is not None:
        if left.mask & _WAS:
            return True
        left = left.left
    return False


def _without_number(document: Document, reading: Reading, clause: Clause, context: _Context) -> None:
    mask = clause.mask
    outcome_type = ""
    if mask & _WON and mask & (_RANKING | bit("others")) and not _NAMED_ROLES & set(clause.low):
        outcome_type, rule_id = "recognition", "outcome.recognition"
    elif mask & _MILESTONE and mask & bit("air") and mask & _WAS:
        outcome_type, rule_id = "milestone", "outcome.milestone"
    elif mask & _ALL and mask & _WAS and mask & bit("fossil_free", "renewable_fuel") and not is_others(clause, context.own):
        outcome_type, rule_id = "milestone", "outcome.milestone.all"
    if not outcome_type:
        return
    span = document.clean.raw_span(clause.start, clause.end)
    outcome = Outcome(
        outcome_type=outcome_type,
        statement=document.clean.text[clause.start : clause.end],
        year=_year(clause, reading),
        evidence=Evidence(spans=(span,), section=reading.sentence.section, rule_id=rule_id, confidence=0.8),
    )
    context.found.append(outcome)


def _assemble(
    document: Document, reading: Reading, clause: Clause, context: _Context, quantity: Quantity, outcome_type: str,
    span: Span, rule_id: str, confidence: float, number: int,
) -> Outcome:  # fmt: skip
    mask = clause.mask
    is_measured = outcome_type == "measurement"
    measures = mask & _MEASURES or (context.measure_mask if number - context.measure_at <= 1 else 0)
    baseline = _baseline(clause) if is_measured else None
    year = _year(clause, reading)
    direction = metrics.direction(mask, quantity, is_state=False) if is_measured else None
    last = context.last
    if is_measured and mask & _ANAPHOR and last is not None and last.outcome_type == "measurement":
        baseline, year, direction = baseline or last.baseline_year, year or last.year, direction or last.direction
    unit = quantity.unit
    if quantity.kind == "mass" and unit is None and measures & bit("emission"):
        unit = "tCO2e"
    return Outcome(
        outcome_type=outcome_type,
        statement=document.clean.text[clause.start : clause.end],
        value=round(quantity.value, 2),
        value_max=quantity.value_max,
        unit="SEK" if quantity.kind == "scaled" and outcome_type == "funding" else unit,
        direction=direction,
        bound=quantity.bound or "exact",
        baseline_year=baseline,
        year=year,
        scope=metrics.scope(clause, context.own) if is_measured else "not_specified",
        sector=metrics.sector(measures),
        evidence=Evidence(spans=(span,), section=reading.sentence.section, rule_id=rule_id, confidence=confidence),
    )


def _baseline(clause: Clause) -> int | None:
    for year in clause.years:
        if year.role in ("baseline", "from"):
            return year.value
    for year in clause.years:
        if year.role == "range":
            return year.value
    return None


def _year(clause: Clause, reading: Reading) -> int | None:
    """The year of the result: named in the clause, or the only one named in the sentence."""
    for year in clause.years:
        if year.role == "range":
            return year.end
        if year.role in ("plain", "target"):
            return year.value
    others = {year.value for other in reading.clauses for year in other.years if year.role == "plain"}
    return others.pop() if len(others) == 1 else None
