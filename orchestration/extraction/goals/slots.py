"""The slots of a goal: scope, direction, bound, baseline, shared years, target form and unit.

Here: from a clause to codes. Not here: whether there is a goal (goal_rules), goal types (metrics).
"""

from orchestration.extraction.clauses import metrics
from orchestration.extraction.clauses.clause import Clause
from orchestration.extraction.clauses.own import Own
from orchestration.extraction.clauses.ownership import is_others
from orchestration.extraction.clauses.reading import Reading
from orchestration.extraction.clauses.units import Quantity
from orchestration.extraction.clauses.years import Year
from orchestration.extraction.goals.context import GoalContext, arrow_at, target_of
from orchestration.extraction.language.words import bit

_MEASURES = metrics.MEASURES
_STATES = metrics.STATES
_ALL, _AIM, _OTHERS = bit("all"), bit("aim_noun"), bit("others")
_ZERO = bit("zero")
_BUDGET = bit("carbon_budget")
_CHANGE = bit("decrease", "increase")
_NET = bit("net_emissions")
_END_STATES = frozenset({"air_quality", "fossil_free", "climate_neutral", "net_zero", "climate_positive"})
_ENDS = frozenset({"fasas", "upphört", "upphöra", "borta", "sista", "avvecklas", "några", "fritt", "fria"})
"""Something has come to its end, or there is none of it: an end state without a number."""
_RELATIVES = frozenset({"som", "vilken", "vilka"})
_LEANING = frozenset({"vars", "därefter", "vilken", "vilket", "vilka", "som", "den", "det", "de", "ska"})


def goal_scope(clause: Clause, context: GoalContext, goal_type: str, measure_mask: int) -> str:
    """The scope of a goal: partners for participation, else the cues of the clause, else those it leans on."""
    if goal_type == "participation":
        return "partners"
    extra = _subject_scope(clause)
    if not clause.mask & _MEASURES:
        extra |= context.measure_mask & bit("consumption_based")
    found = metrics.scope(clause, context.own, extra, measure_mask)
    if goal_type == "resilience" and found == "sector" and clause.mask & _ZERO:
        return "territorial"
    left = clause.left
    while found == "not_specified" and left is not None and _leans_left(clause):
        found = metrics.scope(left, context.own, 0, 0)
        left = left.left
    return found


def _leans_left(clause: Clause) -> bool:
    """Whether the clause goes on about the subject of the clause before ("vars", "därefter")."""
    before = clause.tagged.low[max(0, clause.i - 2) : clause.i]
    return clause.is_elliptic or clause.low[0] in _LEANING or "innebärande" in before


def goal_direction(mask: int, quantity: Quantity | None, form: str) -> str | None:
    """The direction of a goal; a relative goal that names none is a reduction, a level is reached."""
    found = metrics.direction(mask, quantity, is_state=form == "end_state")
    if form == "end_state":
        return "reach"
    if found is None and form in ("base_year_reduction", "annual_rate"):
        return "decrease"
    return found or "reach"


def goal_bound(clause: Clause, quantity: Quantity | None) -> str | None:
    """The bound of a goal's value; a ceiling ("taket är") is at most."""
    if quantity is None:
        return None
    if (
        quantity.bound is None
        and any(
            low.endswith(("taket", "tak"))
            and before not in ("på", "kommunala", "kommunens", "våra", "tredje", "bolagets")
            for before, low in zip(["", *clause.low], clause.low, strict=False)
        )
        and quantity.kind != "energy"
    ):
        return "at_most"
    return quantity.bound or "exact"


def is_budget(clause: Clause, quantity: Quantity | None, target: Year | None) -> bool:
    """An amount for a stretch of years that may be emitted: a carbon budget, also without the word."""
    if quantity is None or quantity.kind not in ("mass", "scaled"):
        return False
    if clause.mask & _BUDGET:
        return True
    return target is not None and target.role == "range" and quantity.per is None and not clause.mask & _CHANGE


def _subject_scope(clause: Clause) -> int:
    """Scope cues of the clause to the left, for an elliptic clause or one that opens with its verb."""
    if clause.left is not None and (clause.is_elliptic or not clause.mask & _MEASURES):
        return clause.left.mask & bit(
            "consumption_based", "urban_area", "district", "territorial", "municipal_group", "municipal_organisation"
        )
    return 0


def baseline_of(clause: Clause, target: Year | None, speaking: int = 0) -> int | None:
    """The year that the clause counts from; the first year of a range where no cue names one. What
    lies ahead of the speaking year is no baseline."""
    for year in clause.years:
        if year.role == "baseline" or year.i < arrow_at(clause):
            return year.value
    for year in clause.years:
        if year.role in ("from", "aside") and year is not target and not 0 < speaking < year.value:
            return year.value
    if target is not None and target.role == "range":
        return target.value
    return None


def left_is_others(clause: Clause, own: Own) -> bool:
    """An elliptic clause, or one whose subject is a pronoun, belongs to whom its left neighbour belongs to."""
    left = clause.left
    if left is None:
        return False
    if clause.low[0] in _RELATIVES and any(
        tags & _OTHERS for tags in left.tagged.tags[max(left.i, left.j - 2) : left.j]
    ):
        return True
    if clause.low[0] in _RELATIVES:
        last = left.tagged.tokens[left.j - 1]
        if (
            last.kind == "word"
            and last.text[0].isupper()
            and not own.owns(last.low)
            and not left.tagged.tags[left.j - 1]
        ):
            return True
    leans = (
        clause.is_elliptic
        or bool(left.tagged.tags[left.j - 1] & _AIM)
        or clause.low[0] in ("de", "den", "ska", *_RELATIVES)
    )
    return leans and is_others(left, own)


def lent_year(clause: Clause, reading: Reading, earliest: int) -> int | None:
    """The target year that a clause without one shares with its neighbours in the sentence."""
    if (
        clause.is_elliptic
        or {"tidpunkt", "samma"} & set(clause.low)
        or clause.low[0] in ("då", "vilket", "motsvarande")
    ):
        left = clause.left
        while left is not None:
            year = target_of(left, earliest)
            if year is not None and year.role != "name":
                return year.end or year.value
            left = left.left
    right = _right(clause, reading)
    if right is not None and right.quantities and (year := target_of(right, earliest)) is not None:
        return year.end or year.value
    return None


def lent_baseline(clause: Clause, reading: Reading) -> int | None:
    """The baseline that neighbours share: "55 % till 2027 och 75 % till 2030, allt jämfört med 2010"."""
    right = _right(clause, reading)
    while right is not None:
        for year in right.years:
            if year.role == "baseline":
                return year.value
        right = _right(right, reading)
    left = clause.left
    while clause.is_elliptic and left is not None and left.quantities:
        for year in left.years:
            if year.role == "baseline":
                return year.value
        left = left.left
    return None


def _right(clause: Clause, reading: Reading) -> Clause | None:
    """The elliptic clause that follows, which shares the predicate."""
    return next((other for other in reading.clauses if other.left is clause and other.is_elliptic), None)


def form_and_unit(clause: Clause, quantity: Quantity | None, goal_type: str, mask: int) -> tuple[str, str | None]:
    """Target form and unit."""
    if quantity is None:
        if clause.mask & (_STATES | _ALL | _ZERO | _NET) or goal_type in _END_STATES or _ENDS & set(clause.low):
            return "end_state", None
        return "qualitative", None
    if goal_type == "carbon_budget" and quantity.kind in ("mass", "scaled"):
        return "budget", quantity.unit or "tCO2e"
    yearly = quantity.per == "year" or (clause.mask & bit("yearly") and quantity.kind == "percent")
    if quantity.kind == "percent":
        if yearly:
            return "annual_rate", "percent_per_year"
        if not quantity.change and _is_share(clause, quantity, goal_type):
            return "share", "percent"
        if quantity.change or _is_relative(clause, goal_type, mask):
            return "base_year_reduction", "percent"
        return "share", "percent"
    is_per = quantity.per in ("capita", "other") or (quantity.kind == "other" and metrics.is_per_head(clause))
    if is_per and goal_type != "air_quality":
        return "intensity", quantity.unit
    if quantity.kind in ("count", "bare", "actors") and clause.tagged.low[quantity.noun + 1 : quantity.noun + 2] == [
        "per"
    ]:
        return "intensity", None
    if quantity.kind == "mass":
        return "fixed_level", quantity.unit or ("tCO2e" if goal_type == "emission_reduction" else None)
    if quantity.kind in ("energy", "other", "scaled"):
        return "fixed_level", quantity.unit
    if goal_type in ("air_quality", "emission_reduction", "resilience") and quantity.kind == "bare":
        return "fixed_level", None
    if goal_type in ("air_quality", "emission_reduction"):
        return "fixed_level", None
    return "count", "actors" if goal_type == "participation" else quantity.unit


def _is_share(clause: Clause, quantity: Quantity, goal_type: str) -> bool:
    """ "från 61 till 45 procent", "öka till en fjärdedel", "inte mer än var fjärde resa": the level, not the change."""
    if goal_type == "emission_reduction" or any(year.role == "baseline" for year in clause.years):
        return False
    before = clause.tagged.low[max(clause.i, quantity.i - 3) : quantity.i]
    if any(tags & _CHANGE for tags in clause.tagged.tags[quantity.j : min(quantity.j + 2, clause.j)]):
        return False
    is_level = quantity.start_value is not None or "till" in before
    is_every = clause.tagged.low[quantity.i] in ("var", "vart", "varannan", "vartannat")
    return is_level or is_every or (bool(_LIMITING & set(before)) and not clause.mask & _CHANGE)


_LIMITING = frozenset({"understiga", "överstiga", "utgöra", "vara", "än", "högst", "minst"})


def _is_relative(clause: Clause, goal_type: str, mask: int) -> bool:
    """A percentage that changes a level rather than shares out a whole."""
    if "andelen" in clause.low or "andel" in clause.low or clause.mask & bit("share_of"):
        return False
    tagged = clause.tagged
    for quantity in clause.quantities:
        if quantity.kind == "percent" and quantity.j < len(tagged.low) and tagged.low[quantity.j] == "av":
            return "nivå" in clause.low or "nivån" in clause.low
    return bool(mask & _CHANGE) or goal_type in ("emission_reduction", "energy_efficiency")
