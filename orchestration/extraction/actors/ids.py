"""The id of an actor: the same for all written forms of its name, in every text and version.

Here: legal forms, genitives, "Länsstyrelsen i Skåne län" beside "Länsstyrelsen Skåne". Not here: former and other names
of known actors (lexicon/actors.toml), which reading of a name is shown (dbt's int_actor).
"""

import re
from functools import cache

from orchestration.contracts.municipalities import municipalities, slug

_LEGAL = re.compile(r"(?:\s+Sverige)?(?:\s+(?:AB|HB|KB|Aktiebolag|ekonomisk förening|ek\. för\.))+(?:\s*\(publ\))?s?$")
_OF_A_COUNTY = re.compile(r"^(Länsstyrelsen|Länsstyrelsens|Region|Landstinget)\s+(?:i\s+)?(.+?)(?:\s+län)?$")


@cache
def _counties() -> dict[str, str]:
    """Every form of a county's name, without "län", → its name as an id: Stockholm and Stockholms → stockholm."""
    forms: dict[str, str] = {}
    for municipality in municipalities().all:
        stem = municipality.county_name.removesuffix(" län")
        bare = stem.removesuffix("s") if len(stem) > 4 else stem
        forms |= dict.fromkeys((stem, bare, f"{bare}s"), slug(bare))
    return forms


def is_county(name: str) -> bool:
    """Whether it is a county's name, with or without genitive, without "län"."""
    return name in _counties()


def actor_id(name: str, actor_type: str) -> str:
    """The id of an actor by its name as written. A name of nothing but signs is its own id."""
    found = _OF_A_COUNTY.match(name) if actor_type in ("county_board", "region") else None
    if found is not None and found[2] in _counties():
        return f"{slug(found[1].removesuffix('s'))}-{_counties()[found[2]]}"
    bare = _LEGAL.sub("", name)
    if slug(bare) in municipalities().by_slug:
        bare = name
    return slug(bare) or name.casefold()
