"""The tags that goals are read by, as bits. What each group holds is said in the lexicons."""

from orchestration.extraction.clauses import metrics
from orchestration.extraction.language.words import bit

MUST = bit("must")
CAP = bit("cap")
MAY = bit("may")
NEED = bit("need")
AIM_NOUN = bit("aim_noun")
AIM_VERB = bit("aim_verb")
AIM_IS = bit("aim_is")
MEASURES = metrics.MEASURES
STATES = metrics.STATES
ACTIVITY = bit("activity")
ALL = bit("all")
ZERO = bit("zero")
BUDGET = bit("carbon_budget")
COMPLETION = bit("completion")
CHANGE = bit("decrease", "increase")
JOINING = bit("joining", "joined")
NEGATION = bit("negation")
AIR = bit("air")
RESILIENCE = bit("resilience")
NET = bit("net_emissions")
DECREASE = bit("decrease")
FORMER = bit("former")
WAS, BUILDING = bit("was"), bit("building")
PURPOSE = bit("projected", "need")
WORKS = bit("granted", "gathering", "projected")
