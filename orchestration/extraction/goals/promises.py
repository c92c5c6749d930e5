"""What a clause with a verb promises: a state, a change, a cap; and what only looks so.

Here: reading the predicate and its subject. Not here: which rule follows from it (rules).
"""

from itertools import pairwise

from orchestration.extraction.clauses.clause import Clause
from orchestration.extraction.clauses.units import Quantity
from orchestration.extraction.clauses.years import Year
from orchestration.extraction.goals.context import PAST_GOAL
from orchestration.extraction.goals.tags import ACTIVITY, AIM_NOUN, BUDGET, CAP, MAY, MEASURES, MUST, STATES, WAS
from orchestration.extraction.language.words import bit

STATIVE = frozenset({"vara", "bli", "nå", "uppnå", "ha", "drivas", "köras", "göras", "blir", "är", "upphöra"})


def is_idle(clause: Clause, quantity: Quantity | None, target: Year | None) -> bool:
    """What looks like a promise and is none: a "skulle" of supposition, a remark on a goal reached, work under way."""
    mask, words = clause.mask, set(clause.low)
    if mask & MUST and "skulle" in words and not words & {"ska", "skall"} and target is None and quantity is None:
        return not mask & (PAST_GOAL | AIM_NOUN | STATES)
    left = clause.left
    if clause.is_elliptic and target is None and left is not None and left.mask & bit("achieved"):
        return True
    if "kunna" in words and quantity is not None and quantity.bound is None and words & PRODUCING:
        return True
    return clause.is_elliptic and bool(words & UNDER_WAY) and not mask & AIM_NOUN


PRODUCING = frozenset({"producera", "leverera", "rena", "lagra", "värma", "försörja"})


UNDER_WAY = frozenset(
    {"pågår", "tidigast", "stigande", "löper", "byggstart", "driftstart", "besked", "invigning", "trafikstart",
     "projekteringsstart", "upphandling", "färdigt", "väntas"}
)  # fmt: skip


UNDERTAKINGS = frozenset({"projektet", "piloten", "satsningen", "kampanjen", "nätverket", "utbildningen", "kursen"})


def is_one_of(clause: Clause, quantity: Quantity) -> bool:
    """ "de två första", "de tre som saknas": some of a known number, no level."""
    low = clause.tagged.low
    return quantity.is_word and low[quantity.i - 1 : quantity.i] in (["de"], ["dessa"]) and quantity.kind != "people"


LEVELLING = frozenset({"understiga", "överstiga", "minska", "öka", "sjunka", "överskrida", "underskrida", "ligga"})


def is_free_of(clause: Clause) -> bool:
    """ "ska vara fritt från nya föroreningar"."""
    return any(one in FREE and other == "från" for one, other in pairwise(clause.low))


FREE = frozenset({"fri", "fritt", "fria"})


def sets_to_work(clause: Clause) -> bool:
    """ "nästa år ska vi anställa igen": we are to do, and no state or change is named."""
    low = clause.low
    at = next((k for k, word in enumerate(low) if word == "ska"), None)
    if at is None or low[at + 1 : at + 2] != ["vi"]:
        return False
    return not any(word in STATIVE or word in CHANGING for word in low[at + 2 : at + 6])


def is_spoken_of(clause: Clause) -> bool:
    """ "arbetet med att bli klimatneutral ska redovisas": the end state stands in the subject of work to do."""
    tags = clause.tagged.tags
    must = next((at for at in range(clause.i, clause.j) if tags[at] & MUST), clause.j)
    last = max((at for at in range(clause.i, clause.j) if tags[at] & STATES), default=clause.j)
    return last < must and any(tags[at] & ACTIVITY for at in range(must, min(must + 3, clause.j)))


def reports_first(clause: Clause, quantity: Quantity | None) -> bool:
    """ "att utsläppen var 11 procent lägre … ska tolkas med försiktighet": the figure is reported before the "ska"."""
    if quantity is None:
        return False
    tags = clause.tagged.tags
    must = next((at for at in range(clause.i, clause.j) if tags[at] & MUST), -1)
    return must >= quantity.j and any(tags[at] & WAS for at in range(clause.i, quantity.i))


def caps(clause: Clause, quantity: Quantity) -> bool:
    """ "får inte vara lägre än 0,6": the bound stands behind the verb of permission."""
    return bool(clause.mask & (CAP | MAY)) and quantity.kind != "people"


def is_projected(clause: Clause) -> bool:
    """Whether the clause, or one that it goes on with, tells what is reckoned with."""
    left: Clause | None = clause
    while left is not None:
        if left.mask & bit("projected"):
            return True
        left = left.left
    return False


def describes_state(clause: Clause) -> bool:
    """ "kalhyggen ska ha upphört 2029", "grundvattnet ska vara fritt från föroreningar": a state, not work to do."""
    low, tags = clause.tagged.low, clause.tagged.tags
    for at in range(clause.i, clause.j - 1):
        if tags[at] & MUST:
            behind = range(at + 1, min(at + 8, clause.j))
            verb = next((k for k in behind if low[k] in BEING), None)
            return (
                verb is not None
                and verb + 1 < clause.j
                and not any(low[k] in WORK_STATES for k in range(verb, min(verb + 4, clause.j)))
            )
    return False


BEING = frozenset({"vara", "bli", "ha"})


WORK_STATES = frozenset(
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


def changes_itself(clause: Clause) -> bool:
    """ "utsläppen från transporter ska minska": the measure is the subject and changes, without a figure."""
    tags, low = clause.tagged.tags, clause.tagged.low
    must = next((at for at in range(clause.i, clause.j) if tags[at] & MUST), clause.j)
    is_subject = any(tags[at] & MEASURES for at in range(clause.i, must))
    return is_subject and any(low[at] in CHANGING for at in range(must, min(must + 5, clause.j)))


CHANGING = frozenset(
    {
        "ned",
        "ner",
        "upp",
        "minska",
        "öka",
        "halveras",
        "minskas",
        "ökas",
        "sjunka",
        "upphöra",
        "fördubblas",
        "reduceras",
    }
)


def budget_before(clause: Clause, quantity: Quantity) -> bool:
    """Whether a carbon budget is named in front of the amount."""
    return any(clause.tagged.tags[at] & BUDGET for at in range(clause.i, quantity.i))
