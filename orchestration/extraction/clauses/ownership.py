"""Whose goal or result a clause speaks of: the municipality's own, or somebody else's.

Here: the subject of a clause and the owner of an aim. Not here: sections that are wholly someone else's (a list in
facts' callers), actors as entities.
"""

from dataclasses import dataclass
from functools import cache, cached_property

from orchestration.contracts.model import Municipality
from orchestration.contracts.municipalities import municipalities
from orchestration.extraction.clauses.clause import Clause
from orchestration.extraction.language.words import Tagged, bit

_OTHERS_WORD = frozenset(
    {"viable_cities_commitments", "authority_commitments", "updates_viable_cities", "updates_authorities"}
)
OTHERS_SECTIONS = _OTHERS_WORD | {"purpose", "parties", "contract", "appendix"}
"""Sections of a whole contract in which no goal or result is the municipality's own."""


def sections_of_others(kind: str) -> frozenset[str]:
    """The sections to leave out. An excerpt is the municipality's own text throughout, whatever its headings recall."""
    return OTHERS_SECTIONS if kind == "full_contract" else _OTHERS_WORD


_REGION_WORDS = frozenset({"regionen", "regionens", "region"})
_PREDICATE = bit("must", "cap", "was", "aim_verb")
_OTHERS, _OWN, _PROVINCE = bit("others"), bit("own"), bit("provinces")
_AIM_VERB, _LAYS_DOWN = bit("aim_verb"), bit("aim_noun", "says", "prescribes")
_UNITS = bit("other_unit", "energy_unit", "money", "tonne", "co2e", "air")
_STATE = bit("climate_neutral", "climate_positive", "net_zero", "fossil_free")
_AIM, _DOCUMENT, _MONTH = bit("aim_noun"), bit("document"), bit("month")
_MEASURES = bit(
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
_COMMON_ENDINGS = ("en", "et", "na", "ar", "er", "or", "ing", "at", "ns", "n", "ts", "sk")


@dataclass(frozen=True)
class Own:
    """The names by which a text speaks of its own municipality."""

    municipality: Municipality

    @cached_property
    def names(self) -> frozenset[str]:
        """Casefolded words: the name, its genitive and the stem of the official name."""
        name = self.municipality.name.casefold()
        stem = self.municipality.official_name.casefold().split()[0]
        words = {word for word in (name, stem) if word not in ("region", "upplands")}
        words |= {part for part in name.split() if len(part) > 4}
        return frozenset(words | {word if word[-1] in "sxz" else word + "s" for word in words})

    @cached_property
    def is_region(self) -> bool:
        """Gotland: the region is the municipality."""
        return self.municipality.official_name.casefold().startswith("region ")

    def owns(self, low: str) -> bool:
        """Whether a word is one of the municipality's names or begins with it (Karlstadsbor, Falu-)."""
        return low in self.names or (self.is_region and low in _REGION_WORDS)


def is_others(clause: Clause, own: Own, *, cites: bool = False) -> bool:
    """Whether the clause's subject, or the owner of its aim, is clearly somebody else. `cites`: "enligt SMHI" is a
    source, as in a result, and owns nothing."""
    tagged = clause.tagged
    for at in range(clause.i, clause.j):
        if tagged.tags[at] & _AIM and at > clause.i - 1 and _owned_by_others(tagged, at, own):
            return True
    if _antecedent_is_foreign(clause, own) or _matrix_is_others(clause, own):
        return True
    if _state_of_others(clause, own) or _has_own_aim(clause, own):
        return True
    zone = _subject(clause)
    if _is_other_municipality(tagged, zone, own):
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
        is_named = tags & (_OTHERS | _PROVINCE)
        if is_named and not any(tagged.low[k] in _NOT_SUBJECT for k in range(max(clause.i, at - 3), at)):
            return True
        if tags & _OWN:
            return False
    for at in range(clause.i, clause.j - 1):
        if (
            not cites
            and tagged.low[at] == "enligt"
            and any(
                tagged.tags[k] & _OTHERS and not own.owns(tagged.low[k]) for k in range(at + 1, min(at + 4, clause.j))
            )
        ):
            return True
    if {"krav", "kravet"} & set(clause.low) and any(
        tagged.tags[at] & _OTHERS and not own.owns(tagged.low[at]) for at in range(clause.i, clause.j)
    ):
        return True
    if _pledged_by_name(clause, own):
        return True
    return bool(zone) and (_is_foreign_name(tagged, zone, own) or _is_titled_name(tagged, zone, own))


_FOREIGN_KINDS = ("universitet", "län", "stift", "domkyrk", "högskol", "tingsrätt")
"""Behind the municipality's name: somebody else who bears it ("Uppsala län", "Karlstads universitet")."""
_CLUBS = frozenset({"IF", "IK", "BK", "FK", "AIK", "GIF", "HK", "BTK"})
_PLACING = frozenset({"i", "vid", "utanför", "på", "nära"})
"""Behind these the municipality's name only says where somebody else is ("Orkla i Eslöv")."""
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


def _pledged_by_name(clause: Clause, own: Own) -> bool:
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
        is_name = name.kind == "word" and name.text[0].isupper() and not tagged.tags[k] & (_OWN | _MEASURES | _DOCUMENT)
        if is_name and k > clause.i and not own.owns(name.low):
            return True
        if is_name and not own.owns(name.low) and not name.low.endswith(_COMMON_ENDINGS):
            return True
    return False


_PLEDGED = frozenset(
    {"lovat", "aviserat", "utlovat", "utfäst", "föresatt", "förbundit", "lovar", "utlovar", "aviserar"}
)


def _is_other_municipality(tagged: Tagged, zone: range, own: Own) -> bool:
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


def _is_titled_name(tagged: Tagged, zone: range, own: Own) -> bool:
    """ "Fastighetsbolaget Castellum", "kommunens granne SSAB": a title and a name that is not the municipality's."""
    for at in list(zone)[:-1]:
        if tagged.low[at].endswith(_TITLES) and not (tagged.tags[at] & _OWN):
            name = tagged.tokens[at + 1]
            if name.kind == "word" and name.text[0].isupper() and not own.owns(name.low):
                return True
    return False


def _state_of_others(clause: Clause, own: Own) -> bool:
    """ "ett klimatneutralt Sverige", "fossilfri kollektivtrafik i länet": the end state is another's."""
    tagged = clause.tagged
    for at in range(clause.i, clause.j - 1):
        if tagged.tags[at] & _STATE:
            following = tagged.tokens[at + 1]
            if own.owns(following.low):
                return False
            if following.text[0].isupper() and following.low in _municipality_names():
                return True
            if tagged.tags[at + 1] & (_OTHERS | _PROVINCE) and following.low not in ("region", "regional", "regionala"):
                return True
    return False


@cache
def _municipality_names() -> frozenset[str]:
    return frozenset(municipality.name.casefold() for municipality in municipalities().all)


def _antecedent_is_foreign(clause: Clause, own: Own) -> bool:
    """ "Volvo Group, som har föresatt sig": the relative clause's aim is its antecedent's."""
    tagged = clause.tagged
    for at in range(clause.i, clause.j):
        if tagged.tags[at] & (_AIM_VERB | _MODAL):
            if tagged.low[clause.i + 1 : clause.i + 2] == ["som"] and tagged.low[clause.i].endswith(_COMMON_ENDINGS):
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
    if left.mask & (_AIM | _AIM_VERB) and is_others(left, own):
        return True
    tagged = left.tagged
    names = [k for k in range(left.i, left.j) if tagged.tags[k] & (_OTHERS | _PROVINCE) and not own.owns(tagged.low[k])]
    if not names or (not left.mask & _LAYS_DOWN and not {"krav", "kravet"} & set(left.low)):
        return False
    return not any(tagged.tags[k] & _OWN or own.owns(tagged.low[k]) for k in range(left.i, left.j))


def _owned_by_others(tagged: Tagged, aim: int, own: Own) -> bool:
    """ "Sveriges mål", "SCA:s föresats", "Östgötatrafikens eget mål": a genitive of somebody else in front."""
    for at in range(aim - 1, max(-1, aim - 4), -1):
        token = tagged.tokens[at]
        if token.kind != "word" or own.owns(token.low):
            return False
        if tagged.tags[at] & (_OTHERS | _PROVINCE):
            return True
        if tagged.tags[at] & _OWN or token.low in ("målet", "att"):
            return False
        if token.text[0].isupper() and token.low.endswith("s") and not tagged.tags[at] & (_DOCUMENT | _MEASURES):
            return tagged.low[at + 1] != "gemensamma"
    return False


def _goes_on(tagged: Tagged, at: int) -> bool:
    """ "SSAB i Oxelösund", "Preem, som", "Preem och": what may follow a name as a subject."""
    low, further = tagged.low[at], tagged.tokens[at + 1 : at + 2]
    if low in ("och", "med", "som"):
        return True
    return bool(further) and (
        (low in ("i", "på") and further[0].text[0].isupper()) or (low == "," and further[0].low == "som")
    )


def _has_own_aim(clause: Clause, own: Own) -> bool:
    """ "Tarkett har ett eget mål", "Skavsta flygplats har egna mål om": a name that is not the municipality's."""
    low, tagged = clause.low, clause.tagged
    at = next((k for k in range(1, len(low) - 1) if low[k] in ("egna", "eget", "egen")), 0)
    if not at or not tagged.tags[clause.i + at + 1] & _AIM or not {"har", "hade"} & set(low[:at]):
        return False
    verb = next(k for k in range(at) if low[k] in ("har", "hade") or k == at - 1)
    before = range(clause.i, clause.i + verb)
    if tagged.low[clause.i].endswith(_COMMON_ENDINGS) and verb == 1:
        return False
    return any(tagged.tokens[k].text[0].isupper() for k in before) and not any(
        tagged.tags[k] & _OWN or own.owns(tagged.low[k]) for k in before
    )


def _subject(clause: Clause) -> range:
    """The tokens in which the subject stands: before the predicate, or behind it when only adverbials stand before."""
    tagged = clause.tagged
    is_inverted = clause.opened_by != "att" and tagged.low[clause.i] in _PREPOSITIONS
    for at in range(clause.i, clause.j):
        if tagged.tags[at] & _PREDICATE:
            if is_inverted and tagged.tags[at] & _MODAL:
                return range(at + 1, min(at + 7, clause.j))
            before = range(clause.i, at)
            if any(_may_head(tagged, k) for k in before):
                return before
            return range(at + 1, min(at + 7, clause.j))
    return range(clause.i, min(clause.i + 6, clause.j))


def _may_head(tagged: Tagged, at: int) -> bool:
    token = tagged.tokens[at]
    if token.kind != "word":
        return False
    return not tagged.tags[at] & _NO_HEAD


_STATES_IT, _TITLE = bit("prescribes", "says"), bit("budget_title")
_PLACES = ("bygden", "dalen", "sjön", "viken", "älven", "fjorden")
"""Ends of names of places, which own nothing."""
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
_NO_HEAD = bit("no_head")


def _is_foreign_name(tagged: Tagged, zone: range, own: Own) -> bool:
    """Whether the subject begins with a proper name that is not the municipality's."""
    for at in zone:
        token = tagged.tokens[at]
        if not _may_head(tagged, at):
            continue
        if tagged.tags[at] & _UNITS or (at and tagged.tokens[at - 1].kind == "number"):
            return False
        if not token.text[0].isupper() or tagged.tags[at] & (_DOCUMENT | _MONTH):
            return False
        if any(own.owns(tagged.low[k]) for k in zone):
            return False
        if at > 0 and tagged.tokens[at - 1].text not in (".", ":", "•", "”", '"'):
            return not tagged.tags[at] & (_MEASURES | _TITLE) and not token.low.endswith(("s", *_PLACES))
        following = tagged.tokens[at + 1] if at + 1 < len(tagged.tokens) else None
        if token.text.isupper() and len(token.text) > 2 and not tagged.tags[at] & _MEASURES:
            return following is None or following.text not in ("–", ":", "-")
        if following and following.kind == "word" and following.text[0].isupper() and not own.owns(following.low):
            return not tagged.tags[at]
        is_subject = bool(following) and (
            bool(tagged.tags[at + 1] & (_PREDICATE | _STATES_IT)) or _goes_on(tagged, at + 1)
        )
        return is_subject and not tagged.tags[at] and not token.low.endswith(_COMMON_ENDINGS)
    return False
