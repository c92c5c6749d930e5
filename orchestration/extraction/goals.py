"""Goals: from clauses to what the municipality has promised to reach.

Here: which clause states a goal, and the goal's slots put together. Not here: the slots themselves (quantities, years,
metrics, status, ownership) and results (outcomes).
"""

from dataclasses import dataclass, field, replace

from orchestration.contracts.model import Document, Municipality, Span
from orchestration.extraction import metrics
from orchestration.extraction.clauses import Clause, has_past
from orchestration.extraction.documents import find_document, says_again
from orchestration.extraction.facts import Evidence, Goal
from orchestration.extraction.metrics import is_per_head
from orchestration.extraction.ownership import Own, is_others
from orchestration.extraction.quantities import Quantity
from orchestration.extraction.reading import Reading, evidence_span
from orchestration.extraction.reference import speaking_year
from orchestration.extraction.status import goal_status
from orchestration.extraction.words import bit
from orchestration.extraction.years import Year, find_years

_MUST, _CAP, _WAS, _MAY, _NEED = bit("must"), bit("cap"), bit("was"), bit("may"), bit("need")
_AIM_NOUN, _AIM_VERB, _AIM_IS = bit("aim_noun"), bit("aim_verb"), bit("aim_is")
_MEASURES, _STATES = metrics.MEASURES, metrics.STATES
_GATE = (
    _MUST
    | _CAP
    | _AIM_NOUN
    | _AIM_VERB
    | _AIM_IS
    | _STATES
    | bit("carbon_budget", "decrease", "increase", "zero", "air", "former")
)
_UNDECIDED, _ACTIVITY, _ALL, _ZERO = bit("undecided"), bit("activity"), bit("all"), bit("zero")
_FORMER, _PRESCRIBES, _BUDGET, _COMPLETION = bit("former"), bit("prescribes"), bit("carbon_budget"), bit("completion")
_CHANGE, _INCREASE = bit("decrease", "increase"), bit("increase")
_END_STATES = frozenset({"air_quality", "fossil_free", "climate_neutral", "net_zero", "climate_positive"})
_JOINING, _NEGATION = bit("joining", "joined"), bit("negation")
_AIR, _RESILIENCE, _NET, _DECREASE = bit("air"), bit("resilience"), bit("net_emissions"), bit("decrease")
_LEVEL_KINDS = frozenset({"percent", "mass", "energy", "other", "scaled"})
_COUNT_KINDS = frozenset({"actors", "people", "count", "bare"})
_SKIPPED_SECTIONS = frozenset({"strategic_projects", "lessons"})
_LINKS = frozenset({"om", "på", "för", "att", "är", ":", ",", "till", "med", "som", "var", "-", "–", "("})
_PRONOUNS = frozenset({"den", "det", "de", "dessa", "denna", "detta"})
_NEW = frozenset({"nytt", "nyligen"})


@dataclass(slots=True)
class _Context:
    """What earlier sentences of the text said that later ones lean on."""

    own: Own
    document_name: str | None = None
    document_mask: int = 0
    document_at: int = -10
    measure_mask: int = 0
    measure_at: int = -10
    last: "Goal | None" = None
    last_at: int = -10
    year: int = 2025
    counts_actors: bool = False
    is_per_head: bool = False
    goals: list[Goal] = field(default_factory=list)


def find_goals(document: Document, municipality: Municipality, readings: list[Reading]) -> tuple[Goal, ...]:
    """The goals of a document in the order of the text; one goal stated twice is one goal with two evidence spans."""
    context = _Context(Own(municipality), year=speaking_year(document.raw))
    for number, reading in enumerate(readings):
        _note_document(reading, context, number)
        if reading.sentence.section not in _SKIPPED_SECTIONS and _may_hold(reading):
            for clause in reading.clauses:
                goal = _goal(document, reading, clause, context, number)
                if goal is not None:
                    context.goals.append(goal)
                    if goal.ownership != "external":
                        context.last, context.last_at = goal, number
                if clause.quantities:
                    context.counts_actors = any(q.kind in ("actors", "people") for q in clause.quantities)
                    context.is_per_head = is_per_head(clause)
        measured = reading.tagged.mask & (_MEASURES | metrics.CARRIED)
        if measured:
            kept = context.measure_mask & metrics.CARRIED if number - context.measure_at <= 1 else 0
            context.measure_mask, context.measure_at = measured | kept, number
    goals = _merged(context.goals)
    if not any(
        _FAMILY.get(goal.goal_type, goal.goal_type) == "climate_neutral" and goal.ownership == "own" for goal in goals
    ):
        goals = [*goals, *_named_places(document, readings, context.own)]
        goals.sort(key=lambda goal: goal.evidence.spans[0].start)
    return tuple(goals)


_WORK = (
    "projekt",
    "satsning",
    "initiativ",
    "nätverk",
    "plattform",
    "missionen",
    "uppdrag",
    "kampanj",
    "förening",
    "bolag",
)


def _named_places(document: Document, readings: list[Reading], own: Own) -> list[Goal]:
    """ "ett klimatneutralt Umeå 2040": the goal in a name, where the text states it nowhere else."""
    for reading in readings:
        tagged = reading.tagged
        if not tagged.mask & _STATES:
            continue
        for at in range(len(tagged.low) - 2):
            is_place = tagged.tags[at] & bit("climate_neutral") and own.owns(tagged.low[at + 1])
            if not is_place or tagged.tokens[at + 2].kind != "number" or len(tagged.low[at + 2]) != 4:
                continue
            if any(low.startswith(_WORK) for low in tagged.low[max(0, at - 3) : at]):
                continue
            start, end = tagged.tokens[at].start, tagged.tokens[at + 2].end
            return [Goal(
                goal_type="climate_neutral", target_form="end_state", scope="territorial", sector="all_sectors",
                statement=document.clean.text[start:end], direction="reach", target_year=int(tagged.low[at + 2]),
                status="in_force",
                evidence=Evidence(spans=(document.clean.raw_span(start, end),), section=reading.sentence.section,
                                  rule_id="goal.named_place", confidence=0.5),
            )]  # fmt: skip
    return []


def _may_hold(reading: Reading) -> bool:
    tagged = reading.tagged
    return bool(tagged.mask & _GATE) or any(token.kind == "number" for token in tagged.tokens)


def _note_document(reading: Reading, context: _Context, number: int) -> None:
    if not reading.tagged.mask & bit("document", "document_again"):
        return
    name = find_document(reading.tagged)
    if name is not None:
        context.document_name, context.document_mask = name, reading.tagged.mask
        context.document_at = number
    elif says_again(reading.tagged):
        context.document_at = number
        if reading.tagged.mask & bit("referral", "proposal", "adopted"):
            context.document_mask = reading.tagged.mask


def _mode(clause: Clause, reading: Reading, context: _Context) -> str:
    """goal, nominal (an aim noun names it), laid_down (a document prescribes it), elliptic, result or none."""
    mask = clause.mask
    if mask & _UNDECIDED or _is_opinion(clause, context.own):
        return "none"
    if mask & (_MUST | _CAP) or (mask & _MAY and any(q.bound for q in clause.quantities)):
        return "goal"
    if mask & _AIM_NOUN and _names_aim(clause):
        return "nominal"
    if mask & (_AIM_IS | _AIM_VERB):
        return "goal"
    if mask & _NEED:
        return "none"
    if mask & _PRESCRIBES and mask & (_CHANGE | _AT) and _lays_down(clause):
        return "laid_down"
    if mask & _WAS and clause.low[0] in ("motsvarande", "vilket") and "motsvarar" in clause.low[:3]:
        is_restated = (
            clause.left is not None
            and clause.left.mask & (_MUST | _CAP)
            and any(year.role == "baseline" for year in clause.years)
        )
        return "goal" if is_restated else "none"
    left = clause.left
    if clause.opened_by == "att" and left is not None and left.tagged.tags[left.j - 1] & _AIM_NOUN:
        return "goal"
    if mask & _STATES and mask & _REVISED and clause.years:
        return "goal"
    if mask & _WAS:
        return "goal" if _is_ahead(clause, context) else "result"
    if has_past(clause):
        return "result"
    if mask & _PRESCRIBES:
        return "laid_down"
    left = clause.left
    while left is not None:
        if left.mask & (_MUST | _CAP | _AIM_IS | _AIM_NOUN | _AIM_VERB):
            return "goal"
        if left.mask & (_PRESCRIBES | _BUDGET):
            return "laid_down"
        if left.mask & (_WAS | _NEED):
            return "result"
        left = left.left
    if reading.opener is not None and reading.opener.mask & (_AIM_NOUN | _AIM_VERB | _MUST | _AIM_IS):
        return "goal"
    is_led = reading.lead & (_AIM_NOUN | _AIM_VERB | _MUST)
    return "goal" if is_led and _is_future(_target(clause), context) else "elliptic"


_DECIDED = frozenset({"beslutat", "antagit", "fastställt", "satt", "bestämt", "beslutade", "antog", "fastställde", "fastslog",
                      "klubbade", "klubbat", "beslutats", "bestämts", "fastställts", "satte", "antagits"})  # fmt: skip
_PAST_CHANGE = frozenset({"minskat", "ökat", "sjunkit", "stigit", "minskade", "ökade", "sjönk", "steg", "gått", "halverats",
                          "fördubblats", "reducerats", "sänkts", "höjts", "föll", "fallit"})  # fmt: skip
_AT = bit("at_least", "at_most", "yearly")


def _lays_down(clause: Clause) -> bool:
    """ "har beslutat om en årlig minskning med 13 procent": the decision stands before the figure, nothing has changed yet."""
    words = set(clause.low)
    return bool(words & _DECIDED) and not words & _PAST_CHANGE and ("om" in words or "till" in words)


def target_is_behind(clause: Clause) -> bool:
    """Whether what is aimed at stands behind the aim noun, so that the quote may begin there."""
    aim = _aim_at(clause)
    return not any(clause.tagged.tags[at] & _STATES for at in range(clause.i, aim))


def _aim_at(clause: Clause) -> int:
    return next(at for at in range(clause.i, clause.j) if clause.tagged.tags[at] & _AIM_NOUN)


def _is_reported(clause: Clause, quantity: Quantity) -> bool:
    """A figure that a verb of result gives before the aim is named: "står för hälften av utsläppen … målet om"."""
    tags = clause.tagged.tags
    aim = _aim_at(clause)
    return quantity.i < aim and any(tags[at] & _WAS for at in range(clause.i, quantity.i))


def _names_aim(clause: Clause) -> bool:
    """Whether an aim noun of the clause says its goal: "målet om", "målet är", "mål: 40 %", "är målet", "som mål"."""
    tagged = clause.tagged
    if clause.mask & _NEGATION and not clause.mask & (_MUST | _CAP) and _is_denied(clause):
        return False
    if clause.mask & _REVISED:
        return True
    for at in range(clause.i, clause.j):
        if tagged.tags[at] & _AIM_NOUN:
            following = tagged.low[at + 1] if at + 1 < len(tagged.low) else ""
            if following in _LINKS or (
                at + 1 < len(tagged.low)
                and (tagged.tokens[at + 1].kind == "number" or tagged.tokens[at + 1].text[0].isupper())
            ):
                return True
            if at and tagged.low[at - 1] in ("är", "som", "blir"):
                return True
            if tagged.tags[at - 1] & _FORMER or any(low in _NEW for low in tagged.low[max(0, at - 3) : at]):
                return True
            if clause.mask & bit("superseded", "achieved"):
                return True
    return False


_REVISED = bit("revised")
_LASTING = frozenset({"pågår", "löper", "fortsätter", "sträcker", "förlängts", "finansieras", "gäller", "förlängs"})
_DENIED = frozenset({"antagit", "antagits", "beslutat", "beslutats", "fastställt", "fastställts", "satt", "formulerat", "finns",
                     "tagit", "tagits", "infört", "har", "bedömts", "satts", "formulerats", "föreligger"})  # fmt: skip
_KEPT = frozenset(
    {"nås", "nåddes", "nått", "nåtts", "uppnåtts", "uppnåddes", "längre", "klarades", "uppfylldes", "nå", "uppfylls"}
)


def _is_denied(clause: Clause) -> bool:
    """ "har inte antagit något mål": no goal, unlike "målet nåddes inte" and "målet gäller inte längre"."""
    words = set(clause.low)
    return bool(words & _DENIED) and not words & _KEPT


def _is_ahead(clause: Clause, context: _Context) -> bool:
    """Present tense about a year ahead ("2030 är alla bussar fossilfria"): a promise in the form of a report."""
    target = _target(clause)
    return (
        target is not None
        and (target.end or target.value) > context.year
        and target.role in ("target", "plain")
        and bool(clause.mask & (_MEASURES | _STATES))
        and not clause.mask & bit("projected", "granted")
        and not set(clause.low) & _LASTING
        and (target.i - clause.i <= 3 or target.cue == "senast" or (target.role == "target" and bool(clause.quantities)))
    )


def _leading(clause: Clause) -> Quantity | None:
    """The quantity that a goal is about: a measured one before a counted one."""
    measured = [q for q in clause.quantities if q.kind in _LEVEL_KINDS]
    if measured:
        absolute = [q for q in measured if q.kind in ("mass", "energy")]
        return (
            absolute[0]
            if (absolute and not measured[0].kind == "percent") or (absolute and measured[0].change)
            else measured[0]
        )
    counted = [q for q in clause.quantities if q.kind in _COUNT_KINDS and not q.kind == "bare"]
    bare = [q for q in clause.quantities if q.kind == "bare"]
    return counted[0] if counted else bare[0] if bare else None


def _target(clause: Clause, earliest: int = 0) -> Year | None:
    """The year by which: a target cue first, then a range, a plain year, a year from which. A plain year before
    `earliest` dates a decision, not a goal."""
    for role in ("target", "range", "plain", "effective", "from", "dated"):
        for year in clause.years:
            if year.role != role or (role == "from" and clause.quantities):
                continue
            if (
                role in ("plain", "dated", "range")
                and (year.end or year.value) < earliest
                and not clause.mask & _PAST_GOAL
            ):
                continue
            return year
    return None


_PAST_GOAL = bit("former", "achieved", "superseded")


def _goal(document: Document, reading: Reading, clause: Clause, context: _Context, number: int) -> Goal | None:
    mode = _mode(clause, reading, context)
    if mode in ("none", "result") and not clause.mask & (_FORMER | _BUDGET | _STATES | _AIR):
        return None
    quantity, target = _leading(clause), _target(clause, context.year)
    if target is None and reading.opener is not None:
        years = [year for year in find_years(reading.opener) if year.role in ("target", "plain", "range")]
        target = next((year for year in years if year.value > context.year), None)
    if mode == "nominal" and quantity is not None and _is_reported(clause, quantity):
        quantity = None
    if mode == "nominal":
        aim = _aim_at(clause)
        behind = [other for other in clause.quantities if other.i > aim and other.kind in _LEVEL_KINDS]
        if quantity is not None and quantity.i < aim and behind:
            quantity = behind[0]
        is_before = any(clause.tagged.tags[at] & _STATES for at in range(clause.i, aim))
        if quantity is None and target is not None and target.i < aim and not is_before:
            target = None
    again = _former_again(document, reading, clause, context, number, target)
    if again is not None:
        return again
    inherited = _inherited_mask(clause, context, number)
    rule = _rule(clause, context, mode, quantity, target, inherited, number)
    if rule is None:
        return None
    measures = clause.mask & _MEASURES or inherited & _MEASURES
    return _assemble(document, reading, clause, context, number, rule, quantity, target, measures)


def _former_again(
    document: Document, reading: Reading, clause: Clause, context: _Context, number: int, target: Year | None
) -> Goal | None:
    """ "Tidigare stod det 2045": the goal just stated, as it read before."""
    last = context.last
    is_anaphor = clause.mask & _FORMER and target is not None and not clause.mask & (_MEASURES | _AIM_NOUN)
    if not is_anaphor or last is None or number - context.last_at > 1 or clause.quantities or target is None:
        return None
    if not _PRONOUNS & set(clause.low) or last.target_year in (None, target.value):
        return None
    evidence = Evidence(spans=(evidence_span(document, clause),), section=reading.sentence.section,
                        rule_id="goal.former.again", confidence=0.7)  # fmt: skip
    return replace(last, target_year=target.value, status="superseded", evidence=evidence, governing_document=None,
                   statement=document.clean.text[clause.start : clause.end])  # fmt: skip


def _inherited_mask(clause: Clause, context: _Context, number: int) -> int:
    """Measure tags that an elliptic or anaphoric clause leans on: its left neighbours', then the sentence before."""
    left = clause.left
    while left is not None:
        if left.mask & _MEASURES:
            return left.mask & (_MEASURES | _CHANGE)
        left = left.left
    return context.measure_mask if number - context.measure_at <= 2 or clause.mask & _FORMER else 0


def _is_future(target: Year | None, context: _Context) -> bool:
    """Whether the target year lies ahead of the contract (or the contract's own year is not known)."""
    if target is None or target.role == "name":
        return False
    year = target.end or target.value
    return year > context.year or (year == context.year and target.role in ("target", "effective", "range"))


def _is_proper_name(clause: Clause) -> bool:
    """ "projektet Klimatneutrala Örebro 2030": every end state of the clause belongs to a name."""
    tokens, tags = clause.tagged.tokens, clause.tagged.tags
    states = [at for at in range(clause.i, clause.j) if tags[at] & _STATES]
    return bool(states) and all(
        at > 0 and tokens[at].text[0].isupper() and at + 1 < len(tokens) and tokens[at - 1].low.startswith(_NAMED_WORK)
        for at in states
    )


_NAMED_WORK = ("projekt", "program", "satsning", "initiativ", "nätverk", "plattform", "mission", "vision", "kampanj",
               "innovationsprogram", "klubb", "forum", "pilot")  # fmt: skip


def _left_aims(clause: Clause) -> bool:
    left = clause.left
    while clause.is_elliptic and left is not None:
        if left.mask & _AIM_NOUN:
            return True
        left = left.left
    return False


def _is_opinion(clause: Clause, own: Own) -> bool:
    """ "Ungdomarna vill att …", "forskarna anser att …": somebody's wish, not the municipality's goal."""
    words = clause.low
    if clause.opened_by == "att" and clause.left is not None:
        words = clause.left.low
    elif "att" not in words:
        return False
    return bool(set(words) & _WISHES) and not any(low in _WE or own.owns(low) for low in words)


_WISHES = frozenset(
    {"vill", "anser", "ansåg", "tycker", "menar", "menade", "önskar", "önskade", "kräver", "ville", "hoppas"}
)
_WE = frozenset(
    {"vi", "kommunen", "staden", "regionen", "fullmäktige", "kommunfullmäktige", "kommunstyrelsen", "koncernen"}
)


def _left_is_ahead(clause: Clause, context: _Context) -> bool:
    """Whether an elliptic clause shares a target year ahead with its left neighbours ("40 % cykel 2030, 20 % buss")."""
    left = clause.left
    while clause.is_elliptic and left is not None:
        if _is_future(_target(left), context):
            return True
        left = left.left
    return False


def _rule(
    clause: Clause,
    context: _Context,
    mode: str,
    quantity: Quantity | None,
    target: Year | None,
    inherited: int,
    number: int,
) -> tuple[str, float] | None:
    """The rule by which the clause states a goal, with its confidence; None where it states none."""
    mask = clause.mask
    measured = mask & _MEASURES
    has_year = target is not None
    ahead = _is_future(target, context) or (target is None and _left_is_ahead(clause, context))
    is_modal = bool(mask & (_MUST | _CAP | _MAY))
    is_level = quantity is not None and quantity.kind in _LEVEL_KINDS
    if (
        mask & _BUDGET
        and is_level
        and quantity is not None
        and quantity.kind in ("mass", "scaled")
        and quantity.per is None
    ):
        if mask & (bit("spent") | _NEED) or not _budget_before(clause, quantity):
            return None
        return "goal.budget", 0.8
    if mode in ("none", "result"):
        if mode == "result" and _is_purpose(clause):
            return "goal.purpose", 0.5
        return None
    if (is_modal and mask & _COMPLETION) or (mode == "elliptic" and _is_projected(clause)):
        return None
    has_matter = measured or inherited & _MEASURES or mask & _AIM_NOUN or _left_aims(clause)
    if mode == "elliptic" or (clause.is_elliptic and mode == "goal"):
        left = clause.left
        is_bare = not measured and quantity is None and ahead and clause.j - clause.i <= 6
        if is_bare and target is not None and left is not None and left.mask & _STATES and clause.i + 1 < clause.j:
            return "goal.state.shared", 0.6
    if mode == "laid_down" and is_level and "gäller" in clause.low and target is not None and ahead:
        return "goal.in_force", 0.6
    if is_level and quantity is not None and (has_matter or (is_modal and ahead and not mask & _ACTIVITY)):
        if mode == "elliptic" and not (ahead or (quantity.bound in ("at_most", "at_least") and mask & _CHANGE)):
            return None
        if mode == "laid_down" and not (ahead or quantity.bound or mask & _CHANGE):
            return None
        if (
            mode == "laid_down"
            and quantity.kind != "mass"
            and not (mask & _CHANGE or mask & bit("share_of") or quantity.bound or measured)
        ):
            return None
        if mode == "nominal" and not (has_year or quantity.bound or mask & (_CHANGE | _AIM_IS | _PAST_GOAL | _REVISED)):
            return None
        return f"goal.quantity.{mode}", 0.9 if measured else 0.75
    if mask & _STATES and _is_proper_name(clause) and mode != "nominal":
        return None
    if mask & _STATES or (mask & _NET and mask & _DECREASE):
        if mode == "goal" and (has_year or is_modal):
            return ("goal.state.modal", 0.95) if has_year or set(clause.low) & _STATIVE else None
        if mode == "nominal":
            return "goal.state.nominal", 0.85
        if mode in ("elliptic", "laid_down") and ahead and not clause.mask & bit("granted", "adopted"):
            is_short = clause.j - clause.i <= (14 if ":" in clause.low else 9)
            return ("goal.state.elliptic", 0.7) if clause.left is not None or is_short else None
        if mode == "goal":
            return "goal.state.aim", 0.7
        return None
    if quantity is not None and quantity.kind in _COUNT_KINDS:
        joins = quantity.kind in ("actors", "people") or mask & _JOINING
        if is_modal and mask & _ACTIVITY and not mask & _JOINING:
            return None
        if quantity.bound in ("at_most", "at_least") and mask & _AIM_NOUN and (measured or inherited & _MEASURES):
            return "goal.bound", 0.7
        if mode in ("goal", "nominal") and has_year and (joins or measured or quantity.bound or is_modal):
            return "goal.count", 0.8
        if (
            mode in ("elliptic", "laid_down")
            and ahead
            and target is not None
            and target.role == "target"
            and (mask & _JOINING or measured)
            and not mask & _ACTIVITY
            and clause.j - clause.i <= 12
        ):
            return "goal.count.elliptic", 0.6
        if mode == "goal" and is_modal and quantity.bound and (measured or joins):
            return "goal.count.bound", 0.7
    if is_modal and not mask & _ACTIVITY and mask & (_ALL | _ZERO) and (has_year or measured):
        return "goal.all", 0.75
    if is_modal and mask & _ZERO and clause.tagged.tags[clause.i] & _ZERO:
        return "goal.none", 0.7
    if mode == "elliptic" and ahead and measured and mask & _ZERO and clause.j - clause.i <= 14:
        return "goal.none.elliptic", 0.6
    if is_modal and mask & (_AIR | _RESILIENCE) and has_year and not mask & _ACTIVITY:
        return "goal.threshold", 0.7
    if mask & _CAP and mask & _CHANGE and mask & _NEGATION and measured and quantity is None:
        return "goal.no_change", 0.6
    if is_modal and mask & _CHANGE and mask & _NEGATION and set(clause.low[:2]) & _PRONOUNS and inherited & _MEASURES:
        return "goal.no_change", 0.6
    is_yearly = quantity is not None and (quantity.per == "year" or bool(mask & bit("yearly")))
    if mode != "nominal" and mask & _AIM_NOUN and mask & _CHANGE and is_yearly:
        return "goal.tightened", 0.6
    if mode == "nominal" and _is_named(clause):
        return "goal.named", 0.6
    if mode == "goal" and mask & _AIM_VERB and measured:
        return "goal.aim", 0.6
    if _is_purpose(clause):
        return "goal.purpose", 0.5
    if mode == "goal" and is_modal and measured and ahead and not mask & _ACTIVITY:
        return "goal.qualitative", 0.5
    return None


_STATIVE = frozenset({"vara", "bli", "nå", "uppnå", "ha", "drivas", "köras", "göras", "blir", "är", "upphöra"})
_REACHING = frozenset({"uppnå", "nå", "bli", "klara", "eftersträva", "uppfylla"})
_THRESHOLD = bit("climate_neutral", "net_zero", "climate_positive", "resilience", "air")


def _is_purpose(clause: Clause) -> bool:
    """ "med syfte att uppnå miljökvalitetsnormen", "för att uppnå klimatneutralitet": an aim named in passing."""
    tagged = clause.tagged
    for at in range(clause.i, clause.j - 1):
        if tagged.low[at] in _REACHING and tagged.low[at - 1] in ("att", "och", "ska", "vill"):
            return any(tagged.tags[k] & _THRESHOLD for k in range(at + 1, min(at + 4, clause.j)))
    return False


def _is_projected(clause: Clause) -> bool:
    left: Clause | None = clause
    while left is not None:
        if left.mask & bit("projected"):
            return True
        left = left.left
    return False


def _budget_before(clause: Clause, quantity: Quantity) -> bool:
    return any(clause.tagged.tags[at] & _BUDGET for at in range(clause.i, quantity.i))


_NAMED = bit("decrease", "increase", "resilience", "air", "modal", "energy_use", "emission", "circular", "biodiversity")


def _is_named(clause: Clause) -> bool:
    """ "målet om en ändrad färdmedelsfördelning", "ett nytt hållbarhetsmål": a goal named without its content."""
    tagged = clause.tagged
    for at in range(clause.i, clause.j):
        if tagged.tags[at] & _AIM_NOUN:
            before = tagged.low[max(0, at - 4) : at]
            following = tagged.low[at + 1] if at + 1 < len(tagged.low) else ""
            if following in ("om", "för") and any(
                tagged.tags[k] & _NAMED for k in range(at + 1, min(at + 8, clause.j))
            ):
                return not (clause.mask & bit("says") and clause.j < len(tagged.low) and tagged.low[clause.j] == "att")
            if _NEW & set(before) and not tagged.low[at].endswith("en"):
                return True
    return False


def _assemble(
    document: Document, reading: Reading, clause: Clause, context: _Context, number: int, rule: tuple[str, float],
    quantity: Quantity | None, target: Year | None, measure_mask: int,
) -> Goal:  # fmt: skip
    mask = clause.mask
    near = number - context.document_at <= 3
    name = context.document_name if near else None
    is_state = bool(mask & _STATES) and (quantity is None or quantity.kind not in _LEVEL_KINDS)
    if is_state or rule[0] in ("goal.none", "goal.named", "goal.state.elliptic", "goal.all"):
        quantity = quantity if quantity is not None and quantity.bound else None
    if (quantity is not None and "antalet" in clause.low and context.counts_actors and not mask & _MEASURES) or (
        quantity is not None
        and quantity.kind in _COUNT_KINDS
        and "antalet" in clause.low
        and mask & bit("organisations")
    ) or (
        mask & _JOINING
        and quantity is not None
        and not mask & metrics.STATES
        and (quantity.kind in ("actors", "people") or (quantity.kind in _COUNT_KINDS and "antalet" not in clause.low))
    ):
        goal_type = "participation"
    elif _is_budget(clause, quantity, target):
        goal_type = "carbon_budget"
    elif rule[0] == "goal.named" and not mask & _MEASURES:
        is_climate = mask & bit("consumption_based") or any(low.startswith("klimatmål") for low in clause.low)
        goal_type = "emission_reduction" if is_climate else "governance"
    else:
        if quantity is not None and quantity.kind not in ("mass", "scaled"):
            measure_mask &= ~_BUDGET
        goal_type = metrics.goal_type(measure_mask | mask & _NET, quantity)
        if (
            goal_type == "other"
            and not measure_mask & _MEASURES
            and quantity is not None
            and quantity.kind == "percent"
            and (mask & _AIM_NOUN or _left_aims(clause) or rule[0] == "goal.in_force")
        ):
            goal_type = "emission_reduction"
    change_mask = mask | (_inherited_mask(clause, context, number) & _CHANGE if clause.is_elliptic else 0)
    baseline = None if goal_type == "carbon_budget" or quantity is None else _baseline(clause, target)
    form, unit = _form(clause, quantity, goal_type, change_mask)
    if (
        quantity is not None
        and quantity.kind == "mass"
        and quantity.per != "capita"
        and goal_type == "emission_reduction"
        and (is_per_head(clause) or (context.is_per_head and not mask & _MEASURES))
    ):
        form, unit = "intensity", "tCO2e_per_capita"
    span = evidence_span(document, clause)
    if rule[0] in ("goal.named", "goal.state.nominal") and target_is_behind(clause):
        start = clause.tagged.tokens[max(clause.i, _aim_at(clause) - 3)].start
        span = document.clean.raw_span(start, clause.end)
    others = is_others(clause, context.own) or _left_is_others(clause, context.own)
    if baseline is None and form == "base_year_reduction":
        baseline = _lent_baseline(clause, reading)
    if rule[0] == "goal.named" and target is not None and target.role == "effective":
        target = None
    target_year = (target.end or target.value) if target is not None else _lent_year(clause, reading, context.year)
    if target_year is None and baseline is not None and not change_mask & _CHANGE:
        target_year, baseline = baseline, None
    effective = next((year.value for year in clause.years if year.role == "effective"), None)
    if target is not None and {"kraft", "gälla", "gäller"} & set(clause.low) and rule[0] == "goal.named":
        effective, target_year = target.value, None
    return Goal(
        goal_type=goal_type,
        target_form=form,
        scope=_scope(clause, context, goal_type, measure_mask),
        sector=metrics.sector(measure_mask),
        statement=document.clean.text[clause.start : clause.end],
        value=None if quantity is None else round(quantity.value, 2),
        value_max=None if quantity is None or quantity.value_max is None else round(quantity.value_max, 2),
        unit=unit,
        direction=_direction(change_mask, quantity, form),
        bound=_bound(clause, quantity, goal_type),
        baseline_year=baseline,
        target_year=target_year,
        effective_year=effective,
        gas=None,
        status=goal_status(
            clause, reading.tagged.mask, context.document_mask if near else 0, has_document=name is not None
        ),
        governing_document=name,
        ownership="external" if others else "own",
        evidence=Evidence(spans=(span,), section=reading.sentence.section, rule_id=rule[0], confidence=rule[1]),
    )


def _scope(clause: Clause, context: _Context, goal_type: str, measure_mask: int) -> str:
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
    """Whether the clause goes on about the subject of the clause before ("vars utrymme", "innebärande att", "därefter")."""
    before = clause.tagged.low[max(0, clause.i - 2) : clause.i]
    return clause.is_elliptic or clause.low[0] in _LEANING or "innebärande" in before


_LEANING = frozenset({"vars", "därefter", "vilken", "vilket", "vilka", "som", "den", "det", "de", "ska"})


def _direction(mask: int, quantity: Quantity | None, form: str) -> str | None:
    found = metrics.direction(mask, quantity, is_state=form == "end_state")
    if found is None and form in ("base_year_reduction", "annual_rate"):
        return "decrease"
    return found or "reach"


def _bound(clause: Clause, quantity: Quantity | None, goal_type: str) -> str | None:
    if quantity is None:
        return None
    if (
        quantity.bound is None
        and any(low.endswith(("taket", "tak")) for low in clause.low)
        and quantity.kind != "energy"
    ):
        return "at_most"
    return quantity.bound or "exact"


def _is_budget(clause: Clause, quantity: Quantity | None, target: Year | None) -> bool:
    """An amount for a stretch of years that may be emitted: a carbon budget, also without the word."""
    if quantity is None or quantity.kind not in ("mass", "scaled"):
        return False
    if clause.mask & _BUDGET:
        return True
    return target is not None and target.role == "range" and quantity.per is None and not clause.mask & _CHANGE


def _subject_scope(clause: Clause) -> int:
    """Scope cues of the clause to the left, for an elliptic clause or one that opens with its verb."""
    if clause.left is not None and (clause.is_elliptic or not clause.mask & _MEASURES):
        return clause.left.mask & bit("consumption_based", "urban_area", "district", "territorial", "municipal_group",
                                      "municipal_organisation")  # fmt: skip
    return 0


def _baseline(clause: Clause, target: Year | None) -> int | None:
    for year in clause.years:
        if year.role == "baseline":
            return year.value
    for year in clause.years:
        if year.role in ("from", "aside") and year is not target:
            return year.value
    if target is not None and target.role == "range":
        return target.value
    return None


def _left_is_others(clause: Clause, own: Own) -> bool:
    """An elliptic clause, or one whose subject is a pronoun, belongs to whom its left neighbour belongs to."""
    left = clause.left
    if left is None:
        return False
    leans = clause.is_elliptic or clause.low[0] in ("de", "den", "ska")
    return leans and is_others(left, own)


def _lent_year(clause: Clause, reading: Reading, earliest: int) -> int | None:
    """The target year that a clause without one shares with its neighbours in the sentence."""
    if clause.is_elliptic or {"tidpunkt", "samma"} & set(clause.low) or clause.low[0] == "då":
        left = clause.left
        while left is not None:
            year = _target(left, earliest)
            if year is not None and year.role != "name":
                return year.end or year.value
            left = left.left
    right = _right(clause, reading)
    if right is not None and right.quantities and (year := _target(right, earliest)) is not None:
        return year.end or year.value
    return None


def _lent_baseline(clause: Clause, reading: Reading) -> int | None:
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


def _form(clause: Clause, quantity: Quantity | None, goal_type: str, mask: int) -> tuple[str, str | None]:
    """Target form and unit."""
    if quantity is None:
        if clause.mask & (_STATES | _ALL | _ZERO | _NET) or goal_type in _END_STATES:
            return "end_state", None
        return "qualitative", None
    if goal_type == "carbon_budget" and quantity.kind in ("mass", "scaled"):
        return "budget", quantity.unit or "tCO2e"
    yearly = quantity.per == "year" or (clause.mask & bit("yearly") and quantity.kind == "percent")
    if quantity.kind == "percent":
        if yearly:
            return "annual_rate", "percent_per_year"
        if quantity.change or _is_relative(clause, goal_type, mask):
            return "base_year_reduction", "percent"
        return "share", "percent"
    if quantity.per in ("capita", "other"):
        return "intensity", quantity.unit
    if quantity.kind == "mass":
        return "fixed_level", quantity.unit or ("tCO2e" if goal_type == "emission_reduction" else None)
    if quantity.kind in ("energy", "other", "scaled"):
        return "fixed_level", quantity.unit
    if goal_type in ("air_quality", "emission_reduction"):
        return "fixed_level", None
    return "count", "actors" if goal_type == "participation" else quantity.unit


def _is_relative(clause: Clause, goal_type: str, mask: int) -> bool:
    """A percentage that changes a level rather than shares out a whole."""
    if "andelen" in clause.low or "andel" in clause.low or clause.mask & bit("share_of"):
        return False
    tagged = clause.tagged
    for quantity in clause.quantities:
        if quantity.kind == "percent" and quantity.j < len(tagged.low) and tagged.low[quantity.j] == "av":
            return "nivå" in clause.low or "nivån" in clause.low
    return bool(mask & _CHANGE) or goal_type in ("emission_reduction", "energy_efficiency")


def _merged(goals: list[Goal]) -> list[Goal]:
    """One goal for statements that agree; a bare mention of an end state joins the goal that states it fully."""
    found: list[Goal] = []
    for goal in goals:
        same = next((n for n, known in enumerate(found) if _agree(known, goal)), None)
        if same is None:
            found.append(goal)
        else:
            known = found[same]
            spans = (*known.evidence.spans, *goal.evidence.spans)
            found[same] = replace(known, evidence=replace(known.evidence, spans=spans))
    return [goal for goal in found if not _is_mention(goal, found)]


def _agree(one: Goal, other: Goal) -> bool:
    apart = other.evidence.spans[0].start - one.evidence.spans[-1].end
    if apart <= 3 and one.value is not None:
        return False
    same = (one.goal_type, one.target_form, one.value, one.value_max, one.target_year, one.ownership) == (
        other.goal_type, other.target_form, other.value, other.value_max, other.target_year, other.ownership)  # fmt: skip
    if not same:
        return False
    if one.goal_type in ("other",):
        return one.statement == other.statement
    scopes = {one.scope, other.scope}
    return len(scopes) == 1 or "not_specified" in scopes


def _is_mention(goal: Goal, goals: list[Goal]) -> bool:
    """A goal without year and value ("målet om klimatneutralitet") beside one that says the same with a year."""
    if goal.target_year is not None or goal.value is not None or goal.effective_year is not None:
        return False
    if goal.evidence.rule_id not in ("goal.named", "goal.state.nominal", "goal.purpose", "goal.aim", "goal.state.aim"):
        return False
    family = _FAMILY.get(goal.goal_type, goal.goal_type)
    return any(
        other is not goal and _FAMILY.get(other.goal_type, other.goal_type) == family and (other.target_year or other.value is not None)
        and other.ownership == goal.ownership
        for other in goals
    )  # fmt: skip


_FAMILY = {"net_zero": "climate_neutral", "climate_positive": "climate_neutral"}

__all__ = ["Span", "find_goals"]
