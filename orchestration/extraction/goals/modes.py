"""In which mode a clause speaks: goal, nominal, laid down by a document, elliptic, result or none.

Here: modality, negation, opinion, tense against the contract's own year. Not here: what is promised (goal_rules).
"""

from orchestration.extraction.clauses.clause import Clause
from orchestration.extraction.clauses.own import Own
from orchestration.extraction.clauses.reading import Reading
from orchestration.extraction.clauses.tense import has_past
from orchestration.extraction.goals.context import GoalContext, lies_ahead, target_of
from orchestration.extraction.goals.tags import (
    AIM_IS,
    AIM_NOUN,
    AIM_VERB,
    BUDGET,
    CAP,
    CHANGE,
    FORMER,
    MAY,
    MEASURES,
    MUST,
    NEED,
    NEGATION,
    STATES,
    ZERO,
)
from orchestration.extraction.language.words import Tagged, bit

_WAS = bit("was")
_UNDECIDED = bit("undecided")
_PRESCRIBES = bit("prescribes")
_PROPOSAL = bit("proposal")
_OWN = bit("own")
_DEMAND = bit("aim_noun", "demand", "carbon_budget")
_LINKS = frozenset({"om", "på", "för", "att", "är", ":", ",", "till", "med", "som", "var", "-", "–", "("})
NEW = frozenset({"nytt", "nyligen"})
_DECIDED = frozenset(
    {
        "beslutat",
        "antagit",
        "fastställt",
        "satt",
        "bestämt",
        "beslutade",
        "antog",
        "fastställde",
        "fastslog",
        "klubbade",
        "klubbat",
        "beslutats",
        "bestämts",
        "fastställts",
        "satte",
        "antagits",
    }
)
_PAST_CHANGE = frozenset(
    {
        "minskat",
        "ökat",
        "sjunkit",
        "stigit",
        "minskade",
        "ökade",
        "sjönk",
        "steg",
        "gått",
        "halverats",
        "fördubblats",
        "reducerats",
        "sänkts",
        "höjts",
        "föll",
        "fallit",
    }
)
_AT = bit("at_least", "at_most", "yearly")
REVISED = bit("revised")
_LATEST = 2025
"""A present tense about a year up to this one may be a report, whatever year the text seems to speak in."""
_FORECAST_CUE = bit("forecast")
_FORECAST = ("beräkning", "prognos", "scenari", "kalkyl", "analys", "modell", "framskrivning", "visar", "pekar")
_LASTING = frozenset({"pågår", "löper", "fortsätter", "sträcker", "förlängts", "finansieras", "gäller", "förlängs"})
_DENIED = frozenset(
    {
        "antagit",
        "antagits",
        "beslutat",
        "beslutats",
        "fastställt",
        "fastställts",
        "satt",
        "formulerat",
        "finns",
        "tagit",
        "tagits",
        "infört",
        "har",
        "bedömts",
        "satts",
        "formulerats",
        "föreligger",
    }
)
_KEPT = frozenset(
    {"nås", "nåddes", "nått", "nåtts", "uppnåtts", "uppnåddes", "längre", "klarades", "uppfylldes", "nå", "uppfylls"}
)
_WISHES = frozenset(
    {"vill", "anser", "ansåg", "tycker", "menar", "menade", "önskar", "önskade", "kräver", "ville", "hoppas"}
)
_RELATIVES = frozenset({"som", "vilken", "vilket", "vilka", "vars"})
_WE = frozenset(
    {
        "ägaren",
        "ägardirektivet",
        "direktionen",
        "styrelsen",
        "vi",
        "kommunen",
        "staden",
        "regionen",
        "fullmäktige",
        "kommunfullmäktige",
        "kommunstyrelsen",
        "koncernen",
    }
)


def mode_of(clause: Clause, reading: Reading, context: GoalContext) -> str:
    """goal, nominal (an aim noun names it), laid_down (a document prescribes it), elliptic, result or none."""
    mask = clause.mask
    if mask & _UNDECIDED or _is_opinion(clause, context.own):
        return "none"
    if mask & _FORECAST_CUE and not mask & (MUST | CAP | AIM_NOUN | AIM_VERB | AIM_IS):
        return "none"
    if _is_calculated(clause) or _is_condition(clause) or _asks(clause):
        return "none"
    if mask & (MUST | CAP) or (mask & (MAY | NEED) and _is_bounded(clause)):
        return "goal"
    if mask & NEED and _is_advised(clause, context):
        return "goal"
    left = clause.left
    if clause.opened_by == "att" and left is not None and _ends_with_aim(left):
        return "goal"
    if mask & AIM_NOUN and _names_aim(clause):
        return "nominal"
    if mask & (AIM_IS | AIM_VERB):
        return "goal"
    if mask & NEED:
        return "none"
    if mask & _PRESCRIBES and (mask & (CHANGE | _AT) or clause.years) and _lays_down(clause):
        return "laid_down"
    if mask & _WAS and clause.low[0] in ("motsvarande", "vilket") and "motsvarar" in clause.low[:3]:
        is_restated = (
            clause.left is not None
            and clause.left.mask & (MUST | CAP)
            and any(year.role == "baseline" for year in clause.years)
        )
        return "goal" if is_restated else "none"
    if mask & STATES and mask & REVISED and clause.years:
        return "goal"
    if mask & REVISED and _is_revised(clause):
        return "goal"
    if _is_phased_out(clause, context):
        return "goal"
    if _is_listed(clause):
        return "goal"
    if mask & _WAS:
        return "goal" if _is_ahead(clause, context) or _will_be(clause, context) else "result"
    if has_past(clause):
        return "result"
    if mask & _PRESCRIBES:
        return "laid_down"
    left = clause.left
    while left is not None:
        if left.low[0] in _RELATIVES and left.left is not None:
            left = left.left
            continue
        if left.mask & (MUST | CAP | AIM_IS | AIM_NOUN | AIM_VERB):
            return "goal"
        if left.mask & (_PRESCRIBES | BUDGET):
            return "laid_down"
        if left.mask & (_WAS | NEED):
            return "result"
        left = left.left
    if reading.opener is not None and reading.opener.mask & (AIM_NOUN | AIM_VERB | MUST | AIM_IS):
        return "goal"
    is_led = reading.lead & (AIM_NOUN | AIM_VERB | MUST)
    return "goal" if is_led and lies_ahead(target_of(clause), context) else "elliptic"


def _is_calculated(clause: Clause) -> bool:
    """ "vilket ger en minskningstakt på 13,8 % per år": a rate that follows from something else."""
    words = set(clause.low)
    if not any(quantity.per == "year" for quantity in clause.quantities):
        return False
    if clause.mask & (MUST | AIM_NOUN):
        return "praktiken" in words
    return bool(words & _FOLLOWING and words & _RATE)


def _asks(clause: Clause) -> bool:
    """ "ska visa hur bolaget kan bli fossilfritt", "det förutsätter att elen är fossilfri": asked or taken for granted."""
    states = [at for at in range(clause.i, clause.j) if clause.tagged.tags[at] & STATES]
    first = states[0] if states else clause.quantities[0].i if clause.quantities else clause.j
    before = clause.tagged.low[clause.i : first]
    if clause.mask & AIM_NOUN:
        return False
    return bool(_ASKING & set(before)) or (
        "om" in before[1:] and bool({"frågan", "osäkert", "oklart", "undrar"} & set(before))
    )


_ASKING = frozenset({"hur", "huruvida", "varför", "förutsätter", "ifall"})


def _is_condition(clause: Clause) -> bool:
    """ "Om budgeten ska hålla får utsläppen …": what holds only if; "om åtta år ska" is a year."""
    if clause.low[0] != "om" or clause.i:
        return False
    return not any(year.i <= clause.i + 1 for year in clause.years)


_FOLLOWING = frozenset({"ger", "kräver", "motsvarar", "betyder", "förutsätter", "innebär"})
_RATE = frozenset({"takt", "takten", "minskningstakt", "minskningstakten", "utsläppsminskning", "reduktionstakt"})


def _ends_with_aim(left: Clause) -> bool:
    """ "ambitionen | att bli", "ambitionsnivån är | att …": the clause before ends with its aim."""
    tags, last = left.tagged.tags, left.j - 1
    return bool(tags[last] & AIM_NOUN) or (
        last > left.i and left.low[-1] in ("är", "var", "blir") and bool(tags[last - 1] & AIM_NOUN)
    )


def _is_bounded(clause: Clause) -> bool:
    """ "får … lägre än 3 meter", "bör inte orsaka mer än 3,5 ton 2035": allowed or wanted up to a level."""
    if not any(q.bound for q in clause.quantities):
        return bool(clause.mask & MAY and clause.mask & ZERO and clause.quantities)
    return bool(clause.mask & MAY or target_of(clause) is not None)


def _is_advised(clause: Clause, context: GoalContext) -> bool:
    """ "bör ske till fots 2030": advice with a level and a year ahead is an aim; a calculated need is none."""
    return "bör" in clause.low and bool(clause.quantities) and lies_ahead(target_of(clause), context)


def _is_revised(clause: Clause) -> bool:
    """ "kravet har skärpts till 14 procent": a demand, here or in the clause before, has a new level."""
    low = clause.low
    is_new = any(clause.tagged.low[q.i - 1 : q.i] == ["till"] or q.bound for q in clause.quantities)
    if not is_new or not any(clause.tagged.tags[at] & REVISED for at in range(clause.i, clause.quantities[-1].i)):
        return False
    return bool(
        clause.mask & _DEMAND
        or (
            (clause.is_elliptic or low[0] in ("har", "hade")) and clause.left is not None and clause.left.mask & _DEMAND
        )
    )


def _is_listed(clause: Clause) -> bool:
    """One of several "att" under an aim: "målet är att …, att hälften görs i trä och att ingen mat kastas"."""
    left = clause.left
    if clause.opened_by != "att" or left is None or has_past(clause) or clause.mask & bit("projected"):
        return False
    while left is not None:
        if left.mask & (AIM_IS | AIM_NOUN | AIM_VERB | _PRESCRIBES | _PROPOSAL):
            return not clause.mask & _WAS or bool(clause.mask & MEASURES) or bool(clause.quantities)
        if left.opened_by != "att" and not left.is_elliptic:
            return False
        left = left.left
    return False


_CEASING = frozenset({"fasas", "avvecklas", "upphör", "halveras", "nollas", "elimineras", "ersätts"})


def _is_phased_out(clause: Clause, context: GoalContext) -> bool:
    """ "oljan fasas ut senast 2027": a present passive with a year ahead is a promise."""
    target = target_of(clause)
    return (
        target is not None
        and target.role == "target"
        and lies_ahead(target, context)
        and bool(_CEASING & set(clause.low))
        and bool(clause.mask & (MEASURES | STATES))
        and not clause.mask & bit("projected")
    )


def _lays_down(clause: Clause) -> bool:
    """ "har beslutat om en årlig minskning med 13 procent": nothing has changed yet."""
    words, low = set(clause.low), clause.low
    hands_on = (
        "om" in words or "till" in words or any(low[k] in _DECIDED and low[k + 1] == "att" for k in range(len(low) - 1))
    )
    return bool(words & _DECIDED) and not words & _PAST_CHANGE and hands_on


def aim_at(clause: Clause) -> int:
    """The position of the clause's first aim noun. StopIteration where it has none."""
    return next(at for at in range(clause.i, clause.j) if clause.tagged.tags[at] & AIM_NOUN)


def _names_aim(clause: Clause) -> bool:
    """Whether an aim noun of the clause says its goal: "målet om", "målet är", "mål: 40 %", "är målet", "som mål"."""
    tagged = clause.tagged
    if clause.mask & NEGATION and not clause.mask & (MUST | CAP) and _is_denied(clause):
        return False
    if clause.mask & REVISED or (
        clause.mask & STATES and clause.years and "som" in tagged.low[clause.j - 1 : clause.j + 2]
    ):
        return True
    for at in range(clause.i, clause.j):
        if tagged.tags[at] & AIM_NOUN and not _is_roof(tagged, at):
            following = tagged.low[at + 1] if at + 1 < len(tagged.low) else ""
            if following in _LINKS or (
                at + 1 < len(tagged.low)
                and (tagged.tokens[at + 1].kind == "number" or tagged.tokens[at + 1].text[0].isupper())
            ):
                return True
            if any(low in _REVISES for low in tagged.low[max(clause.i, at - 4) : at]) and clause.quantities:
                return True
            if at and tagged.low[at - 1] in ("är", "som", "blir"):
                return True
            if tagged.tags[at - 1] & FORMER or any(low in NEW for low in tagged.low[max(0, at - 3) : at]):
                return True
            if clause.mask & bit("superseded", "achieved"):
                return True
    return False


_REVISES = frozenset({"höjde", "höjt", "skärpte", "skärpt", "sänkte", "sänkt", "ändrade", "ändrat", "justerade", "justerat",
                      "flyttade", "flyttat", "höjer", "skärper"})  # fmt: skip


def _is_roof(tagged: Tagged, at: int) -> bool:
    """ "solceller på vart tredje tak": a tak that is no ceiling."""
    return tagged.low[at] == "tak" and tagged.low[at + 1 : at + 2] not in (["på"], ["för"], ["om"], ["som"])


def _is_denied(clause: Clause) -> bool:
    """ "har inte antagit något mål": no goal, unlike "målet nåddes inte" and "målet gäller inte längre"."""
    words = set(clause.low)
    return bool(words & _DENIED) and not words & _KEPT


def _is_ahead(clause: Clause, context: GoalContext) -> bool:
    """Present tense about a year ahead ("2030 är alla bussar fossilfria"): a promise in the form of a report."""
    target = target_of(clause)
    if any(low.startswith(_FORECAST) for low in clause.low):
        return False
    return (
        target is not None
        and (target.end or target.value) > max(context.year, _LATEST)
        and target.role in ("target", "plain")
        and bool(clause.mask & (MEASURES | STATES))
        and not clause.mask & bit("projected", "granted")
        and not set(clause.low) & _LASTING
        and (
            target.i - clause.i <= 3
            or target.cue in ("senast", "före", "innan")
            or (target.role == "target" and bool(clause.quantities))
        )
    )


def _will_be(clause: Clause, context: GoalContext) -> bool:
    """ "hela kommunen är klimatneutral 2035": verb, end state and a year ahead, in this order."""
    low, tags, target = clause.tagged.low, clause.tagged.tags, target_of(clause)
    if target is None or not lies_ahead(target, context) or any(word.startswith(_FORECAST) for word in clause.low):
        return False
    state = next((at for at in range(clause.i, target.i) if tags[at] & STATES), -1)
    return (
        state > clause.i and any(low[at] in _IS for at in range(clause.i, state)) and not clause.mask & bit("projected")
    )


_IS = frozenset({"är", "blir", "sker", "drivs", "går", "körs", "görs"})


def _is_opinion(clause: Clause, own: Own) -> bool:
    """ "Ungdomarna vill att …", "forskarna anser att …": somebody's wish, not the municipality's goal."""
    words = clause.low
    if clause.opened_by == "att" and clause.left is not None:
        words = clause.left.low
    elif "att" not in words:
        return False
    if not any(word in _WISHES and words[at + 1 : at + 2] != ["säga"] for at, word in enumerate(words)):
        return False
    tagged, whose = clause.tagged, clause.left if clause.opened_by == "att" and clause.left is not None else clause
    end = next((at for at in range(whose.i, whose.j) if tagged.low[at] == "att"), whose.j)
    return not any(
        tagged.low[at] in _WE or own.owns(tagged.low[at]) or tagged.tags[at] & _OWN for at in range(whose.i, end)
    )
