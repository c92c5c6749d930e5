"""What a goal or a result is about: goal type, target form, scope, sector, gas, unit.

Here: from the tags of a clause and its quantity to the codes. Not here: whether there is a goal at all.
"""

from itertools import pairwise

from orchestration.extraction.clauses.clause import Clause
from orchestration.extraction.clauses.own import Own
from orchestration.extraction.clauses.units import Quantity
from orchestration.extraction.language.words import Tagged, bit

MEASURES = bit(
    "climate_neutral",
    "climate_positive",
    "net_zero",
    "net_emissions",
    "fossil_free",
    "carbon_budget",
    "emission",
    "energy_use",
    "renewable",
    "modal",
    "transport",
    "air",
    "resilience",
    "circular",
    "biodiversity",
    "water_quality",
    "carbon_sink",
    "fossil_fuel",
    "food",
    "procurement",
    "building",
    "renewable_fuel",
)
STATES = bit("climate_neutral", "climate_positive", "net_zero", "fossil_free")

# Goal types by tag, the first that holds wins; end states first, then what is measured, then the field of work.
_STATE_TYPES = (
    ("climate_positive", "climate_positive"),
    ("net_zero", "net_zero"),
    ("climate_neutral", "climate_neutral"),
    ("fossil_free", "fossil_free"),
)
_TYPES = (
    ("carbon_budget", "carbon_budget"),
    ("water_quality", "other"),
    ("carbon_sink", "other"),
    ("emission", "emission_reduction"),
    ("air", "air_quality"),
    ("food", "food"),
    ("circular", "circularity"),
    ("resilience", "resilience"),
    ("biodiversity", "biodiversity"),
    ("energy_use", "energy_efficiency"),
    ("renewable", "renewable_share"),
    ("renewable_fuel", "fossil_free"),
    ("modal", "modal_share"),
    ("transport", "transport"),
    ("fossil_fuel", "fossil_free"),
    ("procurement", "procurement"),
)
_SECTORS = (
    ("food", "food"),
    ("building", "buildings"),
    ("transport", "transport"),
    ("modal", "transport"),
    ("circular", "waste"),
    ("procurement", "procurement"),
    ("energy_use", "stationary_energy"),
    ("renewable", "stationary_energy"),
    ("resilience", "adaptation"),
    ("air", "air_quality"),
    ("biodiversity", "agriculture_land_use"),
    ("carbon_sink", "agriculture_land_use"),
)
_BITS = {name: bit(name) for name in {name for name, _ in (*_STATE_TYPES, *_TYPES, *_SECTORS)}}
_PLACE_SCOPES = ("consumption_based", "municipal_group", "urban_area", "district")
_SCOPE_BITS = {
    name: bit(name)
    for name in (
        *_PLACE_SCOPES,
        "group_company",
        "territorial",
        "municipal_organisation",
        "own_things",
        "possessive",
        "own_by_nature",
        "partners_of_pact",
    )
}
_PLACED = bit(*_PLACE_SCOPES, "municipal_organisation", "own_things")
_DECREASE, _INCREASE = bit("decrease"), bit("increase")
_ENERGY_SHARE = bit("renewable")


def goal_type(mask: int, quantity: Quantity | None) -> str:
    """The goal type of a clause with these tags and this leading quantity."""
    if quantity is None or quantity.kind in ("count", "actors", "people", "bare"):
        for name, code in _STATE_TYPES:
            if mask & _BITS[name]:
                return code
    if mask & bit("net_emissions") and quantity is None:
        return "net_zero"
    if quantity is not None and quantity.kind in ("actors",):
        return "participation"
    if quantity is not None and quantity.unit == "tCO2e_per_capita" and not mask & _BITS["circular"]:
        return "emission_reduction"
    is_share = quantity is not None and quantity.kind == "percent" and not mask & (_DECREASE | _BITS["emission"])
    if is_share and mask & _BITS["fossil_free"] and not mask & (_BITS["energy_use"] | _ENERGY_SHARE):
        return "fossil_free"
    if mask & _BITS["energy_use"] and mask & _ENERGY_SHARE and quantity and quantity.kind == "percent":
        return "renewable_share" if not mask & _DECREASE else "energy_efficiency"
    if quantity is not None and quantity.kind == "energy" and quantity.per == "other":
        return "energy_efficiency"
    if quantity is not None and quantity.kind == "energy" and not mask & bit("carbon_budget"):
        return "energy_efficiency" if mask & _BITS["energy_use"] and not mask & _ENERGY_SHARE else "renewable_share"
    if mask & _BITS["renewable_fuel"] and mask & _BITS["transport"] and not mask & _BITS["emission"]:
        return "fossil_free"
    for name, code in _TYPES:
        if mask & _BITS[name]:
            return code
    is_change = quantity is not None and quantity.kind == "percent" and (quantity.change or mask & _DECREASE)
    for name, code in _STATE_TYPES:
        if mask & _BITS[name]:
            return "emission_reduction" if is_change else code
    return "other"


def sector(mask: int) -> str:
    """The sector of a clause, not_specified where nothing tells."""
    for name, code in _SECTORS:
        if mask & _BITS[name]:
            return code
    return "all_sectors" if mask & bit("climate_neutral", "net_zero", "climate_positive") else "not_specified"


def gas(unit: str | None) -> str | None:
    """CO2 or all greenhouse gases (CO2e), as the unit says; None for what is no mass of gas."""
    if unit is None or not unit.startswith(("tCO2", "ktCO2", "MtCO2")):
        return None
    return "co2" if unit.endswith("CO2") else "co2e"


def direction(mask: int, quantity: Quantity | None, *, is_state: bool) -> str | None:
    """Decrease, increase or reach; None where the clause states a level only."""
    if is_state:
        return "reach"
    if quantity is not None and quantity.change:
        return quantity.change
    if quantity is not None and quantity.start_value is not None and quantity.start_value != quantity.value:
        return "increase" if quantity.value > quantity.start_value else "decrease"
    if mask & _DECREASE and not (mask & _INCREASE and not mask & bit("emission", "energy_use")):
        return "decrease"
    return "increase" if mask & _INCREASE else None


def scope(clause: Clause, own: Own, extra: int = 0, measures: int = 0) -> str:
    """The scope of a clause by its cues; `extra` holds tags of the context that may speak for it."""
    tagged: Tagged = clause.tagged
    mask = clause.mask | extra
    if clause.mask & STATES and _is_a_place(clause, own):
        return "territorial"
    if is_per_head(clause) and clause.mask & _FOOTPRINT and not clause.mask & _SCOPE_BITS["territorial"]:
        return "consumption_based"
    if _in_part_of_town(clause, own):
        return "district"
    if clause.mask & _SCOPE_BITS["partners_of_pact"] and not clause.mask & _SCOPE_BITS["municipal_organisation"]:
        return "partners"
    if clause.mask & _SCOPE_BITS["territorial"] and not clause.mask & _PLACED:
        return "territorial"
    if _is_own_company(clause, own):
        return "municipal_group"
    for name in _PLACE_SCOPES:
        if mask & _SCOPE_BITS[name]:
            if name == "urban_area" and clause.mask & _SCOPE_BITS["territorial"]:
                return "territorial"
            return name
    if mask & _SCOPE_BITS["group_company"]:
        return "municipal_group"
    if clause.mask & _SCOPE_BITS["municipal_organisation"]:
        return "municipal_organisation"
    is_own = False
    for at in range(clause.i, clause.j - 1):
        if tagged.tags[at] & STATES and tagged.low[at + 1] == "organisation":
            return "municipal_organisation"
    for at in range(clause.i, clause.j):
        if tagged.tags[at] & _SCOPE_BITS["possessive"] or (own.owns(tagged.low[at]) and tagged.low[at].endswith("s")):
            is_own = True
            for near in range(at + 1, min(at + 6, clause.j)):
                if tagged.tags[near] & _SCOPE_BITS["own_things"]:
                    return "municipal_organisation"
    if mask & _SCOPE_BITS["territorial"]:
        return "territorial"
    if mask & _SCOPE_BITS["municipal_organisation"]:
        return "municipal_organisation"
    if _is_within(clause, own):
        return "territorial"
    is_sectoral = bool((clause.mask | measures) & _SECTORAL) and not clause.mask & _WHOLE
    if (clause.mask | measures) & _SCOPE_BITS["own_by_nature"]:
        return "municipal_organisation"
    if is_own and is_sectoral and clause.mask & _SCOPE_BITS["own_things"]:
        return "municipal_organisation"
    if is_sectoral:
        return "sector"
    if any(own.owns(tagged.low[at]) for at in range(clause.i, clause.j)) or {"kommunen", "staden"} & set(clause.low):
        return "territorial"
    return "not_specified"


def _is_a_place(clause: Clause, own: Own) -> bool:
    """ "ett klimatpositivt Sollentuna", "Uppsala ska vara fossilfritt", "Ronneby som plats": the place itself."""
    tokens, tags = clause.tagged.tokens, clause.tagged.tags
    for at in range(clause.i, clause.j):
        if not own.owns(tokens[at].low) or (
            tokens[at].low.endswith("s") and not own.municipality.name.casefold().endswith("s")
        ):
            continue
        following = tokens[at + 1].low if at + 1 < clause.j else ""
        if tags[at - 1] & STATES and at > clause.i and not following.startswith(("kommun", "stad")):
            return True
        if at == clause.i and (
            following in ("ska", "skall", "är", "blir") or (following == "som" and tokens[at + 2].low == "plats")
        ):
            return not clause.mask & _ORGANISED
    return False


def _is_own_company(clause: Clause, own: Own) -> bool:
    """ "LudvikaHem", "Landskrona Energis kraftvärme", "Köpings Bostads AB": a company with the municipality's name."""
    tokens = clause.tagged.tokens
    for at in range(clause.i, clause.j):
        token = tokens[at]
        if token.kind != "word" or not token.text[0].isupper():
            continue
        if own.owns(token.low):
            if at + 1 < clause.j and tokens[at + 1].text[0].isupper() and tokens[at + 1].low.startswith(_TRADES):
                return True
        elif token.low.startswith(own.municipality.name.casefold()) and token.low.rstrip("s").endswith(_TRADES):
            return True
    return False


_TRADES = ("energi", "bostäder", "bostads", "hem", "byggen", "fastigheter", "hus", "vatten", "miljö", "hamn", "bo", "va",
           "renhållning", "kraft", "elnät", "fjärrvärme")  # fmt: skip


def _in_part_of_town(clause: Clause, own: Own) -> bool:
    """ "i norra Botkyrka"."""
    low = clause.low
    return any(one in _QUARTERS and own.owns(other) for one, other in pairwise(low))


def _is_within(clause: Clause, own: Own) -> bool:
    """ "resorna i Botkyrka", "utsläppen inom Strängnäs": within the municipality's bounds."""
    low = clause.low
    for at, (one, other) in enumerate(pairwise(low)):
        if own.owns(one) and other in ("gränser", "gräns", "yta", "geografi"):
            return True
        if one == "hela" and own.owns(other) and low[at - 1 : at] in (["i"], ["inom"]):
            return True
        if one in ("i", "inom") and own.owns(other) and not other.endswith("s"):
            return not own.owns(low[at + 2]) if at + 2 < len(low) else True
    return False


_QUARTERS = frozenset({"norra", "södra", "östra", "västra", "centrala", "inre"})
_FOOTPRINT = bit("consumption_based", "footprint")
_ORGANISED = bit("municipal_organisation", "municipal_group", "own_things")
_SECTORAL = bit(
    "energy_use",
    "renewable",
    "modal",
    "transport",
    "air",
    "resilience",
    "circular",
    "biodiversity",
    "food",
    "procurement",
    "building",
    "branch",
)
CARRIED = bit("own_by_nature", "consumption_based")
_WHOLE = bit("climate_neutral", "climate_positive", "net_zero", "net_emissions", "carbon_budget")


def is_per_head(clause: Clause) -> bool:
    """Whether the clause counts for one inhabitant: "per invånare", "en jönköpingsbo orsakar"."""
    if any(quantity.per == "capita" for quantity in clause.quantities):
        return True
    return any(
        (low.endswith("bo") and before in ("en", "varje", "genomsnittlig"))
        or (low in ("invånare", "person", "capita", "kommuninvånare", "invånaren") and before in _PER_HEAD)
        for before, low in zip(clause.low, clause.low[1:], strict=False)
    )


_PER_HEAD = frozenset({"per", "varje", "genomsnittlig", "genomsnittliga"})
