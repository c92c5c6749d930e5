"""Outcomes: what was measured, counted, won or granted.

Here: which clause reports a result, and the outcome's slots put together. Not here: goals, and the slots themselves.
"""

from dataclasses import dataclass, field

from orchestration.contracts.model import Document, Municipality, Span
from orchestration.extraction.clauses import metrics
from orchestration.extraction.clauses.clause import Clause
from orchestration.extraction.clauses.own import Own
from orchestration.extraction.clauses.ownership import is_others
from orchestration.extraction.clauses.reading import Reading
from orchestration.extraction.clauses.reference import speaking_year
from orchestration.extraction.clauses.tense import has_past
from orchestration.extraction.clauses.units import Quantity
from orchestration.extraction.facts import Evidence, Outcome
from orchestration.extraction.language.words import bit, opens_number
from orchestration.extraction.outcomes.cells import cells_of, is_outdated, whole_of
from orchestration.extraction.outcomes.features import Setting, features
from orchestration.extraction.outcomes.givers import givers, names_elsewhere
from orchestration.extraction.outcomes.model import Model, trained
from orchestration.extraction.outcomes.rules import REACHED, is_no_result, rule_of, states_goal, tells_of_prize
from orchestration.extraction.outcomes.slots import (
    Comparison,
    baseline_of,
    comparison_of,
    is_of_today,
    only_year,
    scope_of,
    told_of_this_year,
    unit_of,
    year_of,
)

_MUST, _CAP, _WAS, _AIM = bit("must"), bit("cap"), bit("was"), bit("aim_noun", "aim_verb", "aim_is")
_NEED = bit("need")
_MEASURES = metrics.MEASURES
_JOINED = bit("joined")
_WON, _RANKING = bit("won"), bit("ranking")
_SHARE, _MILESTONE = bit("share_of"), bit("milestone")
_GONE = bit("gone")
_LAST_OF, _STATE_NOW, _NEGATION = bit("last_of"), bit("state_now"), bit("negation")
_PROPOSED = bit("proposal", "referral", "projected", "undecided")
_CHANGE, _ALL = bit("decrease", "increase"), bit("all")
_LEVELS = frozenset({"percent", "mass", "energy", "other"})
_SKIPPED_SECTIONS = frozenset({"strategic_projects"})


Candidate = tuple[tuple[int, int], float, list[str], bool]
"""For training: raw span and value of a quantity, its features, whether a rule makes it a result."""


@dataclass(slots=True)
class _Context:
    own: Own
    measure_mask: int = 0
    measure_at: int = -10
    last: Outcome | None = None
    last_at: int = -10
    unit: str | None = None
    year: int = 2025
    """The contract's own year, estimated where it is not known."""
    speaking: int | None = None
    """The contract's own year where it is known."""
    sentence_year: int | None = None
    model: Model = field(default_factory=trained)
    found: list[Outcome] = field(default_factory=list)
    candidates: "list[Candidate] | None" = None


def find_outcomes(
    document: Document,
    municipality: Municipality,
    readings: list[Reading],
    taken: frozenset[Span],
    version_year: int | None = None,
    candidates: list[Candidate] | None = None,
    model: Model | None = None,
) -> tuple[Outcome, ...]:
    """The outcomes of a document in the order of the text. `taken`: spans that already state a goal. `candidates`: a
    list to fill with every quantity that was weighed, for training. `model`: another than the trained one."""
    context = _Context(
        Own(municipality),
        year=version_year or speaking_year(document.raw),
        speaking=version_year or None,
        candidates=candidates,
        model=model or trained(),
    )
    for number, reading in enumerate(readings):
        if (document.kind == "excerpt" or reading.sentence.section not in _SKIPPED_SECTIONS) and _may_hold(reading):
            for clause in reading.clauses:
                _clause(document, reading, clause, context, number, taken)
        if reading.tagged.mask & opens_number():
            past = [
                year for clause in reading.clauses for year in clause.years if year.role in ("plain", "dated", "range")
            ]
            dated = [year.end or year.value for year in past if (year.end or year.value) <= context.year]
            context.sentence_year = dated[-1] if dated else None
            units = [one.unit for clause in reading.clauses for one in clause.quantities if one.kind in _LEVELS]
            context.unit = units[-1] if units else context.unit
        measured = reading.tagged.mask & (_MEASURES | metrics.CARRIED)
        if measured:
            kept = context.measure_mask & metrics.CARRIED if number - context.measure_at <= 1 else 0
            context.measure_mask, context.measure_at = measured | kept, number
    return tuple(context.found)


def _may_hold(reading: Reading) -> bool:
    tagged = reading.tagged
    return not reading.sentence.text.endswith("?") and (
        bool(tagged.mask & (_WON | _RANKING | _MILESTONE | _ALL | _LAST_OF | _STATE_NOW))
        or bool(tagged.mask & opens_number())
        or bool(tagged.mask & (_JOINED | _SHARE | _CHANGE))
    )


def _clause(
    document: Document, reading: Reading, clause: Clause, context: _Context, number: int, taken: frozenset[Span]
) -> None:
    if is_outdated(clause, context.year):
        return
    cells = cells_of(clause, context.year)
    for cell in cells:
        quantity = cell.quantities[0]
        span = document.clean.raw_span(cell.start, cell.end)
        context.found.append(
            _assemble(document, reading, cell, context, quantity, "measurement", span, "outcome.cell", 0.7, number)
        )
    if cells or document.clean.raw_span(clause.start, clause.end) in taken:
        return
    if clause.is_elliptic and not has_past(clause) and _is_led_by_aim(reading):
        return
    recognition = tells_of_prize(clause)
    emitted: list[tuple[Quantity, str, str, float]] = []
    for quantity in clause.quantities:
        if (recognition and quantity.kind != "money") or whole_of(clause, quantity):
            continue
        if is_no_result(clause, quantity, context):
            continue
        rule = rule_of(clause, quantity, context, number)
        rule = _weighed(document, reading, clause, quantity, context, number, rule)
        if rule is not None:
            emitted.append((quantity, *rule))
    for order, (quantity, outcome_type, rule_id, confidence) in enumerate(emitted):
        i = clause.i if order == 0 else _border(clause, emitted[order - 1][0], quantity)
        j = clause.j if order == len(emitted) - 1 else _border(clause, quantity, emitted[order + 1][0])
        span = document.clean.raw_span(*_trimmed(clause, i, j))
        outcome = _assemble(
            document, reading, clause, context, quantity, outcome_type, span, rule_id, confidence, number
        )
        context.found.append(outcome)
        if outcome_type == "measurement":
            context.last, context.last_at = outcome, number
    if not emitted:
        _without_number(document, reading, clause, context, recognition)


def _border(clause: Clause, one: Quantity, other: Quantity) -> int:
    """The token between two quantities where what is said of the first ends: the last comma or conjunction."""
    between = range(other.i - 1, one.j - 1, -1)
    return next((at for at in between if clause.tagged.low[at] in _BORDERS), one.j)


def _trimmed(clause: Clause, i: int, j: int) -> tuple[int, int]:
    """Clean offsets of tokens i..j without the commas and conjunctions at their edges."""
    tokens, low = clause.tagged.tokens, clause.tagged.low
    while i < j - 1 and low[i] in _BORDERS:
        i += 1
    while j - 1 > i and low[j - 1] in _BORDERS - {")"}:
        j -= 1
    return tokens[i].start, tokens[j - 1].end


_BORDERS = frozenset({",", ";", "och", "samt", "medan", "men", "varav", "respektive", "(", "–", "|"})


def _weighed(
    document: Document,
    reading: Reading,
    clause: Clause,
    quantity: Quantity,
    context: _Context,
    number: int,
    rule: tuple[str, str, float] | None,
) -> tuple[str, str, float] | None:
    """What rule and model together say of a quantity."""
    setting = Setting(
        near=number - context.measure_at <= 1,
        others=is_others(clause, context.own, cites=True),
        states_goal=states_goal(clause, quantity, context),
        elsewhere=names_elsewhere(clause, context.own),
        year=context.year,
    )
    found = features(reading, clause, quantity, setting)
    if context.candidates is not None:
        tokens = clause.tagged.tokens
        start, end = document.clean.raw_span(tokens[quantity.i].start, tokens[quantity.j - 1].end)
        context.candidates.append(((start, end), quantity.value, found, rule is not None))
    sure = context.model.chance(found)
    if rule is not None:
        return rule if sure >= context.model.veto else None
    if clause.mask & _ABROAD and setting.others:
        return None
    kind = _TYPES.get(quantity.kind, "measurement")
    return (kind, "outcome.model", round(sure, 2)) if sure > context.model.threshold else None


_ABROAD = bit("others", "provinces")
_TYPES = {"money": "funding", "actors": "participation", "people": "participation"}


def _has_become(clause: Clause) -> bool:
    """ "fossilfri sedan 2020", "eldar sedan förra vintern ingen torv": a state with the time since when it holds."""
    return bool(clause.mask & _STATE_NOW) and (bool(clause.mask & bit("lately")) or "sedan" in clause.low)


def _is_ahead(clause: Clause, year: int) -> bool:
    return any(max(known.end or 0, known.value) > year for known in clause.years if known.role != "name")


def _is_led_by_aim(reading: Reading) -> bool:
    """Whether the bullet stands in a list of promises ("Till 2030 ska vi:", "Våra mål:")."""
    return reading.opener is not None and bool(reading.opener.mask & (_MUST | _AIM))


def _without_number(document: Document, reading: Reading, clause: Clause, context: _Context, recognition: bool) -> None:
    mask = clause.mask
    outcome_type = ""
    if recognition:
        outcome_type, rule_id = "recognition", "outcome.recognition"
    elif mask & (_MUST | _CAP | _NEED | _PROPOSED) or (mask & _NEGATION and not mask & _STATE_NOW):
        return
    elif (
        mask & _MILESTONE
        and (mask & _WAS or has_past(clause))
        and mask & REACHED
        and not is_others(clause, context.own)
    ):
        outcome_type, rule_id = "milestone", "outcome.milestone"
    elif mask & _LAST_OF and mask & _GONE and not is_others(clause, context.own):
        outcome_type, rule_id = "milestone", "outcome.milestone.last"
    elif _has_become(clause) and not mask & (_AIM | _ABROAD) and not _is_ahead(clause, context.year):
        outcome_type, rule_id = "milestone", "outcome.milestone.state"
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
    evidence = Evidence(spans=(span,), section=reading.sentence.section, rule_id=rule_id, confidence=0.8)
    outcome = Outcome(
        outcome_type=outcome_type,
        statement=document.clean.text[clause.start : clause.end],
        year=year_of(clause, None, context.speaking, outcome_type, None)
        or told_of_this_year(reading, clause, context.speaking),
        actors=givers(clause, outcome_type, evidence, context.own.municipality),
        evidence=evidence,
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
    compared = comparison_of(clause, quantity, context.year) if is_measured else Comparison()
    baseline = (baseline_of(clause) or compared.baseline) if is_measured else None
    year = year_of(clause, quantity, context.speaking, outcome_type, compared.baseline)
    if year is None and is_measured and not is_of_today(clause):
        year = only_year(reading, context.year)
        if year == baseline:
            year = None
    if year is None and is_measured and reading.tagged.low[0] in ("den", "det", "detta", "analysen", "mätningen"):
        year = context.sentence_year
    if year is None and not is_measured:
        year = told_of_this_year(reading, clause, context.speaking)
    direction = metrics.direction(mask, quantity, is_state=False) if is_measured else None
    direction = compared.direction or direction
    last = context.last if number - context.last_at <= 2 else None
    if is_measured and last is not None and "motsvarande" in clause.low and not clause.mask & _CHANGE:
        baseline, year, direction = baseline or last.baseline_year, year or last.year, direction or last.direction
    elif is_measured and last is not None and (clause.mask & bit("anaphor") or not clause.mask & _MEASURES):
        year = year or (None if is_of_today(clause) else last.year)
    unit = unit_of(reading, clause, quantity, measures, context.unit if is_measured and near else None)
    extra = context.measure_mask & bit("consumption_based") if near and metrics.is_per_head(clause) else 0
    scope = scope_of(clause, quantity, context.own, extra, measures) if is_measured else "not_specified"
    if is_measured and scope == "not_specified" and last is not None and not clause.mask & _MEASURES:
        scope = last.scope
    evidence = Evidence(spans=(span,), section=reading.sentence.section, rule_id=rule_id, confidence=confidence)
    return Outcome(
        outcome_type=outcome_type,
        statement=document.clean.text[clause.start : clause.end],
        value=round(quantity.value, 1 if "av" in clause.tagged.low[quantity.i : quantity.j] else 2),
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
        gas=metrics.gas(unit),
        actors=givers(clause, outcome_type, evidence, context.own.municipality),
        evidence=evidence,
    )
