"""By which rule a clause states a goal. Every goal carries the id of the rule that made it.

Here: the ordered rules with their confidence. Not here: the goal's slots (goal_slots).
"""

from itertools import pairwise

from orchestration.extraction.clauses import metrics
from orchestration.extraction.clauses.clause import Clause, has_past
from orchestration.extraction.clauses.units import Quantity
from orchestration.extraction.clauses.years import Year
from orchestration.extraction.goals.context import (
    COUNT_KINDS,
    LEVEL_KINDS,
    PAST_GOAL,
    GoalContext,
    left_is_ahead,
    lies_ahead,
)
from orchestration.extraction.goals.modes import NEW, REVISED
from orchestration.extraction.language.words import bit

_MUST = bit("must")
_CAP = bit("cap")
_MAY = bit("may")
_NEED = bit("need")
_AIM_NOUN = bit("aim_noun")
_AIM_VERB = bit("aim_verb")
_AIM_IS = bit("aim_is")
_MEASURES = metrics.MEASURES
_STATES = metrics.STATES
_ACTIVITY = bit("activity")
_ALL = bit("all")
_ZERO = bit("zero")
_BUDGET = bit("carbon_budget")
_COMPLETION = bit("completion")
_CHANGE = bit("decrease", "increase")
_JOINING = bit("joining", "joined")
_NEGATION = bit("negation")
_AIR = bit("air")
_RESILIENCE = bit("resilience")
_NET = bit("net_emissions")
_DECREASE = bit("decrease")
_FORMER = bit("former")
_WAS, _BUILDING = bit("was"), bit("building")
PRONOUNS = frozenset({"den", "det", "de", "dessa", "denna", "detta"})
_NAMED_WORK = ("projekt", "program", "satsning", "initiativ", "nätverk", "plattform", "mission", "vision", "kampanj",
               "innovationsprogram", "klubb", "forum", "pilot")  # fmt: skip
_STATIVE = frozenset({"vara", "bli", "nå", "uppnå", "ha", "drivas", "köras", "göras", "blir", "är", "upphöra"})
_REACHING = frozenset({"uppnå", "nå", "bli", "klara", "eftersträva", "uppfylla"})
_THRESHOLD = bit("climate_neutral", "net_zero", "climate_positive", "resilience", "air")
_NAMED = bit("decrease", "increase", "resilience", "air", "modal", "energy_use", "emission", "circular", "biodiversity")


def _is_proper_name(clause: Clause) -> bool:
    """ "projektet Klimatneutrala Örebro 2030": every end state of the clause belongs to a name."""
    tokens, tags = clause.tagged.tokens, clause.tagged.tags
    states = [at for at in range(clause.i, clause.j) if tags[at] & _STATES]
    return bool(states) and all(
        at > 0 and tokens[at].text[0].isupper() and at + 1 < len(tokens) and tokens[at - 1].low.startswith(_NAMED_WORK)
        for at in states
    )


def left_aims(clause: Clause) -> bool:
    """Whether an elliptic clause goes on with an aim that a clause to its left names."""
    left = clause.left
    while clause.is_elliptic and left is not None:
        if left.mask & _AIM_NOUN:
            return True
        left = left.left
    return False


def rule_of(
    clause: Clause,
    context: GoalContext,
    mode: str,
    quantity: Quantity | None,
    target: Year | None,
    inherited: int,
) -> tuple[str, float] | None:
    """The rule by which the clause states a goal, with its confidence; None where it states none."""
    mask = clause.mask
    measured = mask & _MEASURES
    has_year = target is not None
    ahead = lies_ahead(target, context) or (target is None and left_is_ahead(clause, context))
    is_modal = bool(mask & (_MUST | _CAP | _MAY))
    is_level = quantity is not None and quantity.kind in LEVEL_KINDS
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
    if (
        mask & _FORMER
        and quantity is not None
        and not measured
        and inherited & _MEASURES
        and (_is_recalled(clause) or (is_level and mode == "elliptic" and ":" in clause.low))
    ):
        return "goal.former.level", 0.6
    if _is_idle(clause, quantity, target):
        return None
    if _reports_first(clause, quantity) or (
        clause.low[0] == "vilket" and not measured and mask & _WAS and "motsvarar" not in clause.low
    ):
        return None
    if mode == "result" and ahead and _is_label_line(clause, quantity) and not _reports_behind_colon(clause):
        return "goal.label.line", 0.6
    if mode in ("none", "result"):
        if mode == "result" and _is_purpose(clause):
            return "goal.purpose", 0.5
        if mode == "result" and mask & _STATES and mask & bit("superseded") and has_year:
            return "goal.state.superseded", 0.6
        return None
    if (is_modal and mask & _COMPLETION and not mask & _STATES) or (mode == "elliptic" and _is_projected(clause)):
        return None
    has_matter = measured or inherited & _MEASURES or mask & (_AIM_NOUN | _AIM_IS) or left_aims(clause)
    if mode == "elliptic" or (clause.is_elliptic and mode == "goal"):
        left = clause.left
        is_bare = not measured and quantity is None and ahead and clause.j - clause.i <= 6
        if is_bare and target is not None and left is not None and left.mask & _STATES and clause.i + 1 < clause.j:
            return "goal.state.shared", 0.6
    if mode == "laid_down" and is_level and "gäller" in clause.low and target is not None and ahead:
        return "goal.in_force", 0.6
    if mode == "elliptic" and ahead and _is_label_line(clause, quantity):
        return "goal.label.line", 0.6
    if is_level and quantity is not None and (has_matter or (is_modal and ahead and not mask & _ACTIVITY)):
        if mode == "elliptic" and _is_labelled(clause, quantity) and not has_past(clause):
            return "goal.label", 0.6
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
        if mode == "nominal" and not (has_year or quantity.bound or mask & (_CHANGE | _AIM_IS | PAST_GOAL | REVISED)):
            return None
        return f"goal.quantity.{mode}", 0.9 if measured else 0.75
    if mask & _STATES and _is_proper_name(clause) and mode != "nominal":
        return None
    if (
        mode in ("nominal", "goal")
        and quantity is not None
        and quantity.kind in COUNT_KINDS
        and _aims_at(clause, quantity)
        and (ahead or inherited & _MEASURES or context.counts_actors)
        and (has_year or quantity.kind == "bare")
    ):
        return "goal.bare", 0.6
    if (
        mode == "goal"
        and not is_modal
        and mask & _DECREASE
        and measured
        and ahead
        and quantity is None
        and target is not None
        and target.role == "target"
    ):
        return "goal.phased_out", 0.6
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
    if quantity is not None and quantity.kind in COUNT_KINDS:
        joins = quantity.kind in ("actors", "people") or mask & _JOINING
        if is_modal and mask & (_ACTIVITY | bit("gathering")) and not (mask & _JOINING and not mask & bit("gathering")):
            return None
        if _is_one_of(clause, quantity) or (is_modal and clause.low[0] in _UNDERTAKINGS):
            return None
        if quantity.bound in ("at_most", "at_least") and mask & _AIM_NOUN and (measured or inherited & _MEASURES):
            return "goal.bound", 0.7
        if mode == "nominal" and joins and mask & PAST_GOAL and (quantity.noun >= 0 or context.counts_actors):
            return "goal.count.past", 0.6
        if mode == "nominal" and has_year and quantity.kind == "bare" and context.counts_actors:
            return "goal.count.joined", 0.6
        if is_modal and quantity.bound and (measured or inherited & _MEASURES) and _caps(clause, quantity):
            return "goal.count.cap", 0.6
        if (
            mode == "elliptic"
            and quantity.bound in ("at_most", "at_least")
            and measured
            and _is_labelled(clause, quantity)
        ):
            return "goal.label", 0.6
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
    if (
        mode in ("goal", "elliptic")
        and ahead
        and mask & (_ALL | _ZERO)
        and measured
        and not mask & (_ACTIVITY | _WORKS)
        and (mode == "goal" or (target is not None and target.role == "target"))
        and clause.j - clause.i <= 14
    ):
        return "goal.all.present", 0.6
    if is_modal and mask & _ZERO and clause.tagged.tags[clause.i] & _ZERO:
        return "goal.none", 0.7
    if mode in ("elliptic", "laid_down", "goal") and ahead and "sista" in clause.low and mask & _STATES:
        return "goal.last", 0.6
    if mode in ("elliptic", "goal", "laid_down") and ahead and mask & _ALL and clause.left is not None:
        if clause.is_elliptic and clause.left is context.last_clause and clause.j - clause.i <= _SHORTEST_STEP:
            return "goal.next_level", 0.6
    if mode in ("elliptic", "goal", "laid_down") and is_level and _is_next_level(clause, context, quantity):
        return "goal.next_level", 0.6
    if mode == "elliptic" and ahead and measured and mask & _ZERO and clause.j - clause.i <= 14:
        return "goal.none.elliptic", 0.6
    if is_modal and mask & (_AIR | _RESILIENCE) and has_year and not mask & _ACTIVITY:
        return "goal.threshold", 0.7
    if is_modal and _is_free_of(clause):
        return "goal.free_of", 0.6
    if mask & _CAP and mask & _NEGATION and quantity is None and clause.years and set(clause.low) & _LEVELLING:
        return "goal.kept_level", 0.6
    if mask & _CAP and mask & _CHANGE and mask & _NEGATION and measured and quantity is None:
        return "goal.no_change", 0.6
    if is_modal and mask & _CHANGE and mask & _NEGATION and set(clause.low[:2]) & PRONOUNS and inherited & _MEASURES:
        return "goal.no_change", 0.6
    is_yearly = quantity is not None and (quantity.per == "year" or bool(mask & bit("yearly")))
    if mode != "nominal" and mask & _AIM_NOUN and mask & _CHANGE and is_yearly:
        return "goal.tightened", 0.6
    if mode == "nominal" and _is_named(clause):
        return "goal.named", 0.6
    if mode == "nominal" and measured and quantity is None and _is_equated(clause):
        return "goal.equated", 0.5
    if mode == "goal" and mask & _AIM_VERB and measured and not _hands_over(clause) and "hoppas" not in clause.low:
        return "goal.aim", 0.6
    if _is_purpose(clause):
        return "goal.purpose", 0.5
    if mode == "goal" and is_modal and measured and ahead and not mask & _ACTIVITY and not _sets_to_work(clause):
        return "goal.qualitative", 0.5
    if (
        mode == "goal"
        and is_modal
        and quantity is None
        and (ahead or measured & ~_BUILDING)
        and not mask & _ACTIVITY
        and _describes_state(clause)
    ):
        return "goal.described", 0.5
    if is_modal and measured and quantity is None and not mask & (_ACTIVITY | _PURPOSE) and _changes_itself(clause):
        return "goal.change", 0.5
    return None


def _is_idle(clause: Clause, quantity: Quantity | None, target: Year | None) -> bool:
    """What looks like a promise and is none: a "skulle" of supposition, a remark on a goal reached, work under way."""
    mask, words = clause.mask, set(clause.low)
    if mask & _MUST and "skulle" in words and not words & {"ska", "skall"} and target is None and quantity is None:
        return not mask & (PAST_GOAL | _AIM_NOUN | _STATES)
    left = clause.left
    if clause.is_elliptic and target is None and left is not None and left.mask & bit("achieved"):
        return True
    if "kunna" in words and quantity is not None and quantity.bound is None and words & _PRODUCING:
        return True
    return clause.is_elliptic and bool(words & _UNDER_WAY) and not mask & _AIM_NOUN


_PRODUCING = frozenset({"producera", "leverera", "rena", "lagra", "värma", "försörja"})
_UNDER_WAY = frozenset(
    {"pågår", "tidigast", "stigande", "löper", "byggstart", "driftstart", "besked", "invigning", "trafikstart",
     "projekteringsstart", "upphandling", "färdigt", "väntas"}
)  # fmt: skip


_UNDERTAKINGS = frozenset({"projektet", "piloten", "satsningen", "kampanjen", "nätverket", "utbildningen", "kursen"})


def _is_one_of(clause: Clause, quantity: Quantity) -> bool:
    """ "de två första", "de tre som saknas": some of a known number, no level."""
    low = clause.tagged.low
    return quantity.is_word and low[quantity.i - 1 : quantity.i] in (["de"], ["dessa"]) and quantity.kind != "people"


_LEVELLING = frozenset({"understiga", "överstiga", "minska", "öka", "sjunka", "överskrida", "underskrida", "ligga"})


def _is_next_level(clause: Clause, context: GoalContext, quantity: Quantity | None) -> bool:
    """ "…, från 2028 240 kg", "och därefter 900 ton per år": a further step of the goal just found in the sentence."""
    if not clause.is_elliptic or quantity is None or clause.left is None:
        return False
    is_dated = any(year.role in ("from", "effective", "target") for year in clause.years) or "därefter" in clause.low[:2]
    return is_dated and clause.left is context.last_clause


def _is_label_line(clause: Clause, quantity: Quantity | None) -> bool:
    """ "Villaägarnas olja: borta 2028", "Eldrivna maskiner: hälften 2027": a label, what is to be, and a year."""
    low = clause.low
    if ":" not in low or clause.j - clause.i > _LONGEST_LABEL or not (
        clause.mask & (_MEASURES | _LABELLED) or _FUELS & set(low)
    ):
        return False
    at = clause.i + low.index(":")
    is_share = quantity is not None and quantity.kind == "percent" and quantity.i > at
    behind = clause.tagged.low[at + 1 : clause.j]
    return bool(behind) and (is_share or bool(_ENDING & set(behind[:4])))


_FUELS = frozenset({"olja", "oljan", "diesel", "dieseln", "bensin", "bensinen", "torv", "kol", "gasol", "gas"})
def _reports_behind_colon(clause: Clause) -> bool:
    at = clause.i + clause.low.index(":")
    return any(tags & _WAS for tags in clause.tagged.tags[at + 1 : clause.j])


_SHORTEST_STEP = 5
_LONGEST_LABEL = 16
_LABELLED = bit("own_things", "possessive", "branch")
_ENDING = frozenset({"borta", "noll", "alla", "samtliga", "inga", "inget", "ingen", "slut", "stopp", "ut"})


def _is_free_of(clause: Clause) -> bool:
    """ "ska vara fritt från nya föroreningar"."""
    return any(one in _FREE and other == "från" for one, other in pairwise(clause.low))


_FREE = frozenset({"fri", "fritt", "fria"})


def _is_equated(clause: Clause) -> bool:
    """ "målet på sikt är en cirkulär kommun": the aim noun, a copula and what it aims at."""
    low, tags = clause.tagged.low, clause.tagged.tags
    at = next(k for k in range(clause.i, clause.j) if tags[k] & _AIM_NOUN)
    for k in range(at + 1, min(at + 5, clause.j - 1)):
        if low[k] in ("är", "var"):
            return low[k + 1] in _EQUATED
    return False


_EQUATED = frozenset({"en", "ett", "fler", "färre", "minskad", "minskade", "ökad", "ökade", "hållbara", "inga", "ingen"})


def _hands_over(clause: Clause) -> bool:
    """ "siktar på | att en fjärdedel ska …": the aim stands in the clause that follows."""
    return clause.tagged.low[clause.j : clause.j + 1] == ["att"]


def _aims_at(clause: Clause, quantity: Quantity) -> bool:
    """ "siktet är inställt på 75", "målet är 40", "siktar vi på 15 …": nothing but small words between aim and number."""
    tagged = clause.tagged
    for at in range(quantity.i - 1, max(clause.i - 1, quantity.i - 6), -1):
        if tagged.tags[at] & (_AIM_NOUN | _AIM_VERB | _AIM_IS):
            return True
        if tagged.low[at] not in _AIMING:
            return False
    return False


_AIMING = frozenset({"är", "var", "på", "till", "om", "inställt", "satt", "satta", "vi", "nu", "minst", "nå", "att", "bli",
                     "ha", "med", "ligger", "kvar", "för", ":", "i", "dag", "lagt", "högst", "max", "få"})  # fmt: skip


def _is_recalled(clause: Clause) -> bool:
    """ "tidigare stod det 50", "i det tidigare programmet talades om 50 procent"."""
    return bool(_RECALLING & set(clause.low))


_RECALLING = frozenset({"stod", "talades", "angavs", "löd", "hette", "sades", "lydde", "gällde", "skrevs"})


def _sets_to_work(clause: Clause) -> bool:
    """ "nästa år ska vi anställa igen": we are to do, and no state or change is named."""
    low = clause.low
    at = next((k for k, word in enumerate(low) if word == "ska"), None)
    if at is None or low[at + 1 : at + 2] != ["vi"]:
        return False
    return not any(word in _STATIVE or word in _CHANGING for word in low[at + 2 : at + 6])


def _reports_first(clause: Clause, quantity: Quantity | None) -> bool:
    """ "att utsläppen var 11 procent lägre … ska tolkas med försiktighet": the figure is reported before the "ska"."""
    if quantity is None:
        return False
    tags = clause.tagged.tags
    must = next((at for at in range(clause.i, clause.j) if tags[at] & _MUST), -1)
    return must >= quantity.j and any(tags[at] & _WAS for at in range(clause.i, quantity.i))


def _caps(clause: Clause, quantity: Quantity) -> bool:
    """ "får inte vara lägre än 0,6": the bound stands behind the verb of permission."""
    return bool(clause.mask & (_CAP | _MAY)) and quantity.kind != "people"


def _is_labelled(clause: Clause, quantity: Quantity) -> bool:
    """ "Köpt el i byggnaderna: max 38 GWh", "i stadsdelen: högst 0,4 platser": a bound behind a colon is a rule."""
    low = clause.tagged.low
    at = next((k for k in range(quantity.i - 1, max(-1, quantity.i - 4), -1) if low[k] == ":"), -1)
    is_rate = quantity.per == "year" and bool(quantity.change) and any(year.role == "baseline" for year in clause.years)
    return at >= 0 and (is_rate or any(low[k] in _RULING for k in range(at + 1, quantity.i)))


_RULING = frozenset({"≤", "≥", "<", ">", "max", "högst", "minst", "maximalt", "lägst", "under"})


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


def _describes_state(clause: Clause) -> bool:
    """ "kalhyggen ska ha upphört 2029", "grundvattnet ska vara fritt från föroreningar": a state, not work to do."""
    low, tags = clause.tagged.low, clause.tagged.tags
    for at in range(clause.i, clause.j - 1):
        if tags[at] & _MUST:
            behind = range(at + 1, min(at + 8, clause.j))
            verb = next((k for k in behind if low[k] in _BEING), None)
            return (
                verb is not None
                and verb + 1 < clause.j
                and not any(low[k] in _WORK_STATES for k in range(verb, min(verb + 4, clause.j)))
            )
    return False


_BEING = frozenset({"vara", "bli", "ha"})
_WORK_STATES = frozenset(
    {
        "klar",
        "klart",
        "klara",
        "färdig",
        "färdigt",
        "färdiga",
        "med",
        "plats",
        "ansvarig",
        "ansvariga",
        "ett",
        "en",
        "beslutad",
        "igång",
        "antagen",
        "del",
        "inne",
        "hållbar",
        "tillgänglig",
        "redovisat",
        "tagit",
        "gjort",
        "börjat",
    }
)


def _changes_itself(clause: Clause) -> bool:
    """ "utsläppen från transporter ska minska": the measure is the subject and changes, without a figure."""
    tags, low = clause.tagged.tags, clause.tagged.low
    must = next((at for at in range(clause.i, clause.j) if tags[at] & _MUST), clause.j)
    is_subject = any(tags[at] & _MEASURES for at in range(clause.i, must))
    return is_subject and any(low[at] in _CHANGING for at in range(must, min(must + 5, clause.j)))


_CHANGING = frozenset({"ned", "ner", "upp", "minska", "öka", "halveras", "minskas", "ökas", "sjunka", "upphöra", "fördubblas", "reduceras"})
_PURPOSE = bit("projected", "need")
_WORKS = bit("granted", "gathering", "projected")


def _budget_before(clause: Clause, quantity: Quantity) -> bool:
    return any(clause.tagged.tags[at] & _BUDGET for at in range(clause.i, quantity.i))


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
            if NEW & set(before) and not tagged.low[at].endswith("en"):
                return True
    return False
