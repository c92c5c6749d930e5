"""Somebody else told by a proper name: companies, other municipalities, names in front of a verb of promising.

Here: capitals that are names, and whose. Not here: unnamed others, genitives, places (ownership).
"""

from functools import cache

from orchestration.contracts.municipalities import municipalities
from orchestration.extraction.clauses.clause import Clause
from orchestration.extraction.clauses.own import Own
from orchestration.extraction.language.words import Tagged, bit

PREDICATE = bit("must", "cap", "was", "aim_verb")


OTHERS, OWN, PROVINCE = bit("others"), bit("own"), bit("provinces")


_UNITS = bit("other_unit", "energy_unit", "money", "tonne", "co2e", "air")


AIM, DOCUMENT, _MONTH = bit("aim_noun"), bit("document"), bit("month")


MEASURES = bit(
    "emission",
    "energy_use",
    "renewable",
    "modal",
    "food",
    "circular",
    "biodiversity",
    "air",
    "resilience",
    "climate_neutral",
    "fossil_free",
    "carbon_budget",
    "building",
    "net_emissions",
    "organisations",
    "people",
    "all",
    "zero",
    "decrease",
    "increase",
    "at_least",
    "at_most",
    "procurement",
    "adopted",
    "referral",
    "proposal",
    "former",
    "about",
    "joined",
    "possessive",
)


COMMON_ENDINGS = ("en", "et", "na", "ar", "er", "or", "ing", "at", "ns", "n", "ts", "sk")


_TITLES = (
    "bolaget",
    "företaget",
    "operatören",
    "kedjan",
    "föreningen",
    "gruppen",
    "granne",
    "jätten",
    "tillverkaren",
    "koncernen",
    "grannkommunen",
    "stiftelsen",
    "leverantören",
)


def pledged_by_name(clause: Clause, own: Own) -> bool:
    """ "FMMattsson har lovat", "Saab AB har aviserat": a name in front of a verb of promising promises for itself."""
    tagged = clause.tagged
    for at in range(clause.i + 1, clause.j):
        if tagged.low[at] not in _PLEDGED:
            continue
        k = at - 1
        while k > clause.i and (
            tagged.low[k] in ("har", "hade", "sig", "också", "själva") or tagged.tokens[k].text in ("AB", "&")
        ):
            k -= 1
        name = tagged.tokens[k]
        is_name = name.kind == "word" and name.text[0].isupper() and not tagged.tags[k] & (OWN | MEASURES | DOCUMENT)
        if is_name and k > clause.i and not own.owns(name.low):
            return True
        if is_name and not own.owns(name.low) and not name.low.endswith(COMMON_ENDINGS):
            return True
    return False


_PLEDGED = frozenset(
    {"lovat", "aviserat", "utlovat", "utfäst", "föresatt", "förbundit", "lovar", "utlovar", "aviserar"}
)


def is_named_other(tagged: Tagged, zone: range, own: Own) -> bool:
    """ "Staden Lahti ska", "Kommunen Aarhus har": a common noun for a place and a name that is not the municipality's."""
    for at in list(zone)[:-1]:
        name = tagged.tokens[at + 1]
        is_name = name.kind == "word" and name.text[0].isupper() and not own.owns(name.low) and not tagged.tags[at + 1]
        if tagged.low[at] in ("staden", "kommunen", "regionen", "landet", "länet") and is_name:
            return True
    return False


def is_other_municipality(tagged: Tagged, zone: range, own: Own) -> bool:
    """ "Mölndals stad har målet", "Hamnbolaget i Göteborg": a subject that bears another municipality's name."""
    forms = municipalities().forms
    for at in zone:
        token = tagged.tokens[at]
        if not token.text[0].isupper() or token.text not in forms or own.owns(token.low):
            continue
        if forms[token.text].municipality_id == own.municipality.municipality_id:
            continue
        following = tagged.low[at + 1] if at + 1 < len(tagged.low) else ""
        if following in ("kommun", "stad") or (at > zone.start and tagged.low[at - 1] in ("i", "grannkommunen")):
            return not any(own.owns(tagged.low[k]) for k in zone)
    return False


def is_titled_name(tagged: Tagged, zone: range, own: Own) -> bool:
    """ "Fastighetsbolaget Castellum", "kommunens granne SSAB": a title and a name that is not the municipality's."""
    for at in list(zone)[:-1]:
        if tagged.low[at].endswith(_TITLES) and not (tagged.tags[at] & OWN):
            name = tagged.tokens[at + 1]
            if name.kind == "word" and name.text[0].isupper() and not own.owns(name.low):
                return True
    return False


@cache
def municipality_names() -> frozenset[str]:
    """The 290 names, casefolded."""
    return frozenset(municipality.name.casefold() for municipality in municipalities().all)


def _goes_on(tagged: Tagged, at: int) -> bool:
    """ "SSAB i Oxelösund", "Preem, som", "Preem och": what may follow a name as a subject."""
    low, further = tagged.low[at], tagged.tokens[at + 1 : at + 2]
    if low in ("och", "med", "som"):
        return True
    return bool(further) and (
        (low in ("i", "på") and further[0].text[0].isupper()) or (low == "," and further[0].low == "som")
    )


def has_own_aim(clause: Clause, own: Own) -> bool:
    """ "Tarkett har ett eget mål", "Skavsta flygplats har egna mål om": a name that is not the municipality's."""
    low, tagged = clause.low, clause.tagged
    at = next((k for k in range(1, len(low) - 1) if low[k] in ("egna", "eget", "egen")), 0)
    if not at or not tagged.tags[clause.i + at + 1] & AIM or not {"har", "hade"} & set(low[:at]):
        return False
    verb = next(k for k in range(at) if low[k] in ("har", "hade") or k == at - 1)
    before = range(clause.i, clause.i + verb)
    if tagged.low[clause.i].endswith(COMMON_ENDINGS) and verb == 1:
        return False
    return any(tagged.tokens[k].text[0].isupper() for k in before) and not any(
        tagged.tags[k] & OWN or own.owns(tagged.low[k]) for k in before
    )


def may_head(tagged: Tagged, at: int) -> bool:
    """Whether the word may head a subject: no adverb, preposition, conjunction or quantifier."""
    token = tagged.tokens[at]
    if token.kind != "word":
        return False
    return not tagged.tags[at] & _NO_HEAD


_STATES_IT, _TITLE = bit("prescribes", "says"), bit("budget_title")


_PLACES = ("bygden", "dalen", "sjön", "viken", "älven", "fjorden")
"""Ends of names of places, which own nothing."""


_NO_HEAD = bit("no_head")


def is_foreign_name(tagged: Tagged, zone: range, own: Own) -> bool:
    """Whether the subject begins with a proper name that is not the municipality's."""
    for at in zone:
        token = tagged.tokens[at]
        if not may_head(tagged, at):
            continue
        if tagged.tags[at] & _UNITS or (at and tagged.tokens[at - 1].kind == "number"):
            return False
        if not token.text[0].isupper() or tagged.tags[at] & (DOCUMENT | _MONTH):
            return False
        if any(own.owns(tagged.low[k]) for k in zone):
            return False
        if at > 0 and tagged.tokens[at - 1].text not in (".", ":", "•", "”", '"'):
            return not tagged.tags[at] & (MEASURES | _TITLE) and not token.low.endswith(("s", *_PLACES))
        following = tagged.tokens[at + 1] if at + 1 < len(tagged.tokens) else None
        if token.text.isupper() and len(token.text) > 2 and not tagged.tags[at] & MEASURES:
            return following is None or following.text not in ("–", ":", "-")
        if following and following.kind == "word" and following.text[0].isupper() and not own.owns(following.low):
            return not tagged.tags[at]
        is_subject = bool(following) and (
            bool(tagged.tags[at + 1] & (PREDICATE | _STATES_IT)) or _goes_on(tagged, at + 1)
        )
        return is_subject and not tagged.tags[at] and not token.low.endswith(COMMON_ENDINGS)
    return False
