"""Whether the subject of a goal is a named actor that is somebody else: an agency, a company, a county, a university.

Here: the actors of a clause in front of its predicate. Not here: unnamed others and genitives (ownership).
"""

from orchestration.extraction.actors.named import find_actors
from orchestration.extraction.clauses.clause import Clause
from orchestration.extraction.clauses.own import Own
from orchestration.extraction.language.words import bit

_PREDICATE = bit("must", "cap", "aim_verb", "aim_is", "was", "says_something")
_OWN = bit("own", "possessive")
_FOREIGN = frozenset(
    {
        "national_agency",
        "eu_institution",
        "university",
        "company",
        "region",
        "county_board",
        "research_institute",
        "industry_cluster",
        "programme_office",
        "foreign_city",
    }
)
_PREPOSITIONS = frozenset(
    {"med", "från", "av", "till", "i", "hos", "enligt", "för", "mot", "inom", "genom", "och", "utom", "vid", "om", "på",
     "som", "ur", "via", "utan", "exklusive"}
)  # fmt: skip
"""Behind these an actor is no subject."""


def has_foreign_subject(clause: Clause, own: Own) -> bool:
    """Whether a foreign actor is the subject, with no word of the municipality's own in front of the verb."""
    tagged = clause.tagged
    verb = next((at for at in range(clause.i, clause.j) if tagged.tags[at] & _PREDICATE), None)
    if verb is None or verb == clause.i:
        return False
    tokens = tagged.tokens[clause.i : verb]
    if any(
        tagged.tags[at] & _OWN or own.owns(tagged.low[at])
        for at in range(clause.i, verb)
        if not _places(tagged.low, at)
    ):
        return False
    if not any(token.text[0].isupper() for token in tokens):
        return False
    return any(
        named.actor.actor_type in _FOREIGN and (named.first == 0 or tokens[named.first - 1].low not in _PREPOSITIONS)
        for named in find_actors(tokens, own.municipality)
    )


def _places(low: list[str], at: int) -> bool:
    """ "Orkla i Eslöv": the municipality's name only says where."""
    return at > 0 and low[at - 1] in ("i", "vid", "utanför")
