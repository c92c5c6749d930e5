"""What stands around an aim noun or verb: what it aims at, what it merely names, what it recalls or hands over.

Here: reading the words near an aim. Not here: which rule follows from it (rules).
"""

from orchestration.extraction.clauses.clause import Clause
from orchestration.extraction.clauses.units import Quantity
from orchestration.extraction.goals.modes import NEW
from orchestration.extraction.goals.tags import AIM_IS, AIM_NOUN, AIM_VERB, STATES
from orchestration.extraction.language.words import bit

NAMED_WORK = (
    "konferens",
    "mäss",
    "rapport",
    "seminari",
    "förstudi",
    "utställning",
    "tävling",
    "utlysning",
    "ansökan",
    "projekt",
    "program",
    "satsning",
    "initiativ",
    "nätverk",
    "plattform",
    "mission",
    "vision",
    "kampanj",
    "innovationsprogram",
    "klubb",
    "forum",
    "pilot",
)


REACHING = frozenset({"uppnå", "nå", "bli", "klara", "eftersträva", "uppfylla"})


THRESHOLD = bit("climate_neutral", "net_zero", "climate_positive", "resilience", "air")


NAMED = bit("decrease", "increase", "resilience", "air", "modal", "energy_use", "emission", "circular", "biodiversity")


def is_proper_name(clause: Clause) -> bool:
    """ "projektet Klimatneutrala Örebro 2030": every end state of the clause belongs to a name."""
    tokens, tags = clause.tagged.tokens, clause.tagged.tags
    states = [at for at in range(clause.i, clause.j) if tags[at] & STATES]
    return bool(states) and all(
        at > 0 and tokens[at].text[0].isupper() and at + 1 < len(tokens) and tokens[at - 1].low.startswith(NAMED_WORK)
        for at in states
    )


def left_aims(clause: Clause) -> bool:
    """Whether an elliptic clause goes on with an aim that a clause to its left names."""
    left = clause.left
    while clause.is_elliptic and left is not None:
        if left.mask & AIM_NOUN:
            return True
        left = left.left
    return False


def is_equated(clause: Clause) -> bool:
    """ "målet på sikt är en cirkulär kommun": the aim noun, a copula and what it aims at."""
    low, tags = clause.tagged.low, clause.tagged.tags
    at = next(k for k in range(clause.i, clause.j) if tags[k] & AIM_NOUN)
    for k in range(at + 1, min(at + 5, clause.j - 1)):
        if low[k] in ("är", "var"):
            return low[k + 1] in EQUATED
    return False


EQUATED = frozenset({"en", "ett", "fler", "färre", "minskad", "minskade", "ökad", "ökade", "hållbara", "inga", "ingen"})


def hands_over(clause: Clause) -> bool:
    """ "siktar på | att en fjärdedel ska …": the aim stands in the clause that follows."""
    return clause.tagged.low[clause.j : clause.j + 1] == ["att"]


def says_so(clause: Clause, quantity: Quantity) -> bool:
    """ "Cykelstrategi 2030 anger 40": a document's verb right in front of the number."""
    return bool(clause.tagged.tags[quantity.i - 1] & _SAYS) and quantity.i > clause.i


_SAYS = bit("prescribes", "says")


def aims_at(clause: Clause, quantity: Quantity) -> bool:
    """ "siktet är inställt på 75", "målet är 40", "siktar vi på 15 …": nothing but small words between aim and number."""
    tagged = clause.tagged
    for at in range(quantity.i - 1, max(clause.i - 1, quantity.i - 6), -1):
        if tagged.tags[at] & (AIM_NOUN | AIM_VERB | AIM_IS):
            return True
        if tagged.low[at] not in AIMING:
            return False
    return False


AIMING = frozenset({"är", "var", "på", "till", "om", "inställt", "satt", "satta", "vi", "nu", "minst", "nå", "att", "bli",
                     "ha", "med", "ligger", "kvar", "för", ":", "i", "dag", "lagt", "högst", "max", "få",
                     "ett", "en", "cirka", "omkring", "runt"})  # fmt: skip


def is_recalled(clause: Clause) -> bool:
    """ "tidigare stod det 50", "i det tidigare programmet talades om 50 procent"."""
    return bool(RECALLING & set(clause.low))


RECALLING = frozenset({"stod", "talades", "angavs", "löd", "hette", "sades", "lydde", "gällde", "skrevs"})


def is_purpose(clause: Clause) -> bool:
    """ "med syfte att uppnå miljökvalitetsnormen", "för att uppnå klimatneutralitet": an aim named in passing."""
    tagged = clause.tagged
    for at in range(clause.i, clause.j - 1):
        if tagged.low[at] in REACHING and tagged.low[at - 1] in ("att", "och", "ska", "vill"):
            return any(tagged.tags[k] & THRESHOLD for k in range(at + 1, min(at + 4, clause.j)))
    return False


def is_named(clause: Clause) -> bool:
    """ "målet om en ändrad färdmedelsfördelning", "ett nytt hållbarhetsmål": a goal named without its content."""
    tagged = clause.tagged
    for at in range(clause.i, clause.j):
        if tagged.tags[at] & AIM_NOUN:
            before = tagged.low[max(0, at - 4) : at]
            following = tagged.low[at + 1] if at + 1 < len(tagged.low) else ""
            if following in ("om", "för") and any(tagged.tags[k] & NAMED for k in range(at + 1, min(at + 8, clause.j))):
                return not (clause.mask & bit("says") and clause.j < len(tagged.low) and tagged.low[clause.j] == "att")
            if NEW & set(before) and not tagged.low[at].endswith("en"):
                return True
    return False
