"""Whose goal or result a clause speaks of: the municipality's own, or somebody else's.

Here: the subject of a clause and the owner of an aim. Not here: what is the municipality's (own), proper names
(others_by_name), actors as entities.
"""

from orchestration.extraction.clauses.clause import Clause
from orchestration.extraction.clauses.others_by_name import (
    AIM,
    COMMON_ENDINGS,
    DOCUMENT,
    MEASURES,
    OTHERS,
    OWN,
    PREDICATE,
    PROVINCE,
    has_own_aim,
    is_foreign_name,
    is_named_other,
    is_other_municipality,
    is_titled_name,
    may_head,
    municipality_names,
    pledged_by_name,
)
from orchestration.extraction.clauses.own import Own
from orchestration.extraction.language.words import Tagged, bit

_AIM_VERB, _LAYS_DOWN = bit("aim_verb"), bit("aim_noun", "says", "prescribes")


_STATE = bit("climate_neutral", "climate_positive", "net_zero", "fossil_free")


_NOT_SUBJECT = frozenset(
    {
        "utom",
        "utan",
        "exklusive",
        "undantaget",
        "förutom",
        "utanför",
        "inom",
        "ur",
        "från",
        "till",
        "med",
        "av",
        "som",
        "mot",
        "genom",
        "än",
        "jämfört",
        "enligt",
    }
)


def is_others(clause: Clause, own: Own, *, cites: bool = False) -> bool:
    """Whether the clause's subject, or the owner of its aim, is clearly somebody else. `cites`: "enligt SMHI" is a
    source, as in a result, and owns nothing."""
    tagged = clause.tagged
    for at in range(clause.i, clause.j):
        if tagged.tags[at] & AIM and at > clause.i - 1 and _owned_by_others(tagged, at, own):
            return True
    if _antecedent_is_foreign(clause, own) or _matrix_is_others(clause, own):
        return True
    if _state_of_others(clause, own) or has_own_aim(clause, own):
        return True
    if _placed_elsewhere(clause, own):
        return True
    zone = _subject(clause)
    if (not cites and is_named_other(tagged, zone, own)) or is_other_municipality(tagged, zone, own):
        return True
    for at in zone:
        low, tags = tagged.low[at], tagged.tags[at]
        if own.owns(low) and at > clause.i + 1 and tagged.low[at - 1] in _PLACING:
            continue
        if own.owns(low):
            return at + 1 < clause.j and (
                tagged.low[at + 1].startswith(_FOREIGN_KINDS) or tagged.tokens[at + 1].text in _CLUBS
            )
        if cites and "enligt" in tagged.low[max(clause.i, at - 3) : at]:
            return False
        is_named = tags & (OTHERS | PROVINCE)
        if is_named and not any(tagged.low[k] in _NOT_SUBJECT for k in range(max(clause.i, at - 3), at)):
            return True
        if tags & OWN:
            return False
    for at in range(clause.i, clause.j - 1):
        if (
            not cites
            and tagged.low[at] == "enligt"
            and any(
                tagged.tags[k] & OTHERS and not own.owns(tagged.low[k]) for k in range(at + 1, min(at + 4, clause.j))
            )
        ):
            return True
    if {"krav", "kravet"} & set(clause.low) and any(
        tagged.tags[at] & OTHERS and not own.owns(tagged.low[at]) for at in range(clause.i, clause.j)
    ):
        return True
    if pledged_by_name(clause, own):
        return True
    return bool(zone) and (is_foreign_name(tagged, zone, own) or is_titled_name(tagged, zone, own))


_FOREIGN_KINDS = ("universitet", "län", "stift", "domkyrk", "högskol", "tingsrätt")
"""Behind the municipality's name: somebody else who bears it ("Uppsala län", "Karlstads universitet")."""


_CLUBS = frozenset({"IF", "IK", "BK", "FK", "AIK", "GIF", "HK", "BTK"})


_PLACING = frozenset({"i", "vid", "utanför", "på", "nära"})
"""Behind these the municipality's name only says where somebody else is ("Orkla i Eslöv")."""


def _placed_elsewhere(clause: Clause, own: Own) -> bool:
    """ "I länet ska andelen …", "På EU-nivå ska utsläppen …": the clause opens with where, and it is not here."""
    tagged = clause.tagged
    if tagged.low[clause.i] not in ("i", "på", "inom", "nationellt", "globalt", "internationellt"):
        return False
    if tagged.low[clause.i] not in ("i", "på", "inom"):
        return tagged.low[clause.i + 1 : clause.i + 2] == ["ska"]
    for at in range(clause.i + 1, min(clause.i + 4, clause.j)):
        if tagged.tags[at] & PREDICATE or own.owns(tagged.low[at]) or tagged.tags[at] & OWN:
            return False
        if tagged.tags[at] & (OTHERS | PROVINCE):
            following = tagged.tags[at + 1] if at + 1 < clause.j else 0
            return bool(following & PREDICATE)
    return False


def _state_of_others(clause: Clause, own: Own) -> bool:
    """ "ett klimatneutralt Sverige", "fossilfri kollektivtrafik i länet": the end state is another's."""
    tagged = clause.tagged
    for at in range(clause.i, clause.j - 1):
        if tagged.tags[at] & _STATE:
            following = tagged.tokens[at + 1]
            if own.owns(following.low):
                return False
            if following.text[0].isupper() and following.low in municipality_names():
                return True
            if tagged.tags[at + 1] & (OTHERS | PROVINCE) and following.low not in ("region", "regional", "regionala"):
                return True
    return False


def _antecedent_is_foreign(clause: Clause, own: Own) -> bool:
    """ "Volvo Group, som har föresatt sig": the relative clause's aim is its antecedent's."""
    tagged = clause.tagged
    for at in range(clause.i, clause.j):
        if tagged.tags[at] & (_AIM_VERB | _MODAL):
            if tagged.low[clause.i + 1 : clause.i + 2] == ["som"] and tagged.low[clause.i].endswith(COMMON_ENDINGS):
                return False
            som = next((k for k in range(at - 1, max(clause.i, at - 4), -1) if tagged.low[k] == "som"), None)
            if som is None:
                return False
            before = [k for k in range(max(clause.i, som - 3), som) if tagged.tokens[k].kind == "word"]
            return bool(before) and tagged.tokens[before[-1]].text[0].isupper() and not own.owns(tagged.low[before[-1]])
    return False


def _matrix_is_others(clause: Clause, own: Own) -> bool:
    """ "ett av Trafikverket fastställt krav på att …": the governing clause's owner."""
    left = clause.left
    if left is None or clause.opened_by != "att":
        return False
    if {"vi", "vår", "vårt", "våra"} & set(left.low):
        return False
    if left.mask & (AIM | _AIM_VERB) and is_others(left, own):
        return True
    tagged = left.tagged
    names = [k for k in range(left.i, left.j) if tagged.tags[k] & (OTHERS | PROVINCE) and not own.owns(tagged.low[k])]
    if not names or (not left.mask & _LAYS_DOWN and not {"krav", "kravet"} & set(left.low)):
        return False
    return not any(tagged.tags[k] & OWN or own.owns(tagged.low[k]) for k in range(left.i, left.j))


def _owned_by_others(tagged: Tagged, aim: int, own: Own) -> bool:
    """ "Sveriges mål", "SCA:s föresats", "Östgötatrafikens eget mål": a genitive of somebody else in front."""
    for at in range(aim - 1, max(-1, aim - 4), -1):
        token = tagged.tokens[at]
        if token.kind != "word" or own.owns(token.low):
            return False
        if tagged.tags[at] & (OTHERS | PROVINCE):
            return True
        if tagged.tags[at] & OWN or token.low in ("målet", "att"):
            return False
        if token.text[0].isupper() and token.low.endswith("s") and not tagged.tags[at] & (DOCUMENT | MEASURES):
            return tagged.low[at + 1] != "gemensamma"
    return False


def _subject(clause: Clause) -> range:
    """The tokens in which the subject stands: before the predicate, or behind it when only adverbials stand before."""
    tagged = clause.tagged
    is_inverted = clause.opened_by != "att" and tagged.low[clause.i] in _PREPOSITIONS
    for at in range(clause.i, clause.j):
        if tagged.tags[at] & PREDICATE:
            if is_inverted and tagged.tags[at] & _MODAL:
                return range(at + 1, min(at + 7, clause.j))
            before = range(clause.i, at)
            if any(may_head(tagged, k) for k in before):
                return before
            return range(at + 1, min(at + 7, clause.j))
    return range(clause.i, min(clause.i + 6, clause.j))


_PREPOSITIONS = frozenset(
    {
        "som",
        "till",
        "senast",
        "i",
        "inom",
        "från",
        "efter",
        "före",
        "på",
        "genom",
        "med",
        "under",
        "vid",
        "år",
        "inför",
        "utöver",
        "för",
        "enligt",
    }
)


_MODAL = bit("must", "may")
