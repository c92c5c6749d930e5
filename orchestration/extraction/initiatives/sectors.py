"""Sectors of an initiative: the words of its name first, those of its clause where the name tells nothing.

Here: lexicon stems → sector codes. Not here: goals' sectors.
"""

from collections.abc import Iterable
from functools import cache, lru_cache

from orchestration.extraction.lexicons import lexicon

SECTORS = (
    "stationary_energy", "buildings", "transport", "off_road_machinery", "waste", "industry", "agriculture_land_use",
    "consumption", "all_sectors", "governance", "spatial_planning", "procurement", "finance", "engagement", "business",
    "research", "digital", "adaptation", "air_quality", "food", "circular_economy", "capacity",
)  # fmt: skip
_SHORT_STEM = 3
_MOST = 3
_ALWAYS_DEFAULT = frozenset(
    {"budget", "organisation", "network", "agreement", "investment_plan", "procurement", "communication"}
)
"""Types that nearly always belong to their own sector as well: a network is governance whatever it is about."""


@cache
def _stems() -> tuple[tuple[str, bool, str], ...]:
    """(stem, anywhere in the word, sector)."""
    entries = lexicon("initiative_sectors")
    return tuple(
        (stem.lstrip("~"), stem.startswith("~"), sector)
        for sector in SECTORS
        for stem in entries[sector]
        if " " not in stem
    )


@lru_cache(maxsize=65536)
def sectors_of_word(low: str) -> tuple[str, ...]:
    """The sectors that a small-letter word points to."""
    found: dict[str, None] = {}
    for stem, anywhere, sector in _stems():
        if len(stem) <= _SHORT_STEM and not anywhere:
            hit = low.startswith(stem) if stem not in _whole() else low == stem
        else:
            hit = stem in low if anywhere else low.startswith(stem)
        if hit:
            found[sector] = None
    return tuple(found)


@cache
def _whole() -> frozenset[str]:
    return frozenset(lexicon("initiative_sectors")["whole"]["words"])


def sectors_of(name: Iterable[str], clause: Iterable[str], initiative_type: str) -> tuple[str, ...]:
    """Up to three sectors: from the name, else from the clause, else by type. Most named first, then code order."""
    for words in (name, clause):
        votes: dict[str, int] = {}
        for word in words:
            for sector in sectors_of_word(word):
                votes[sector] = votes.get(sector, 0) + 1
        if words is clause:
            votes.pop("governance", None)
        if votes:
            ranked = sorted(votes, key=lambda sector: (-votes[sector], SECTORS.index(sector)))
            return _with_default(ranked, initiative_type, from_name=words is name)
    return (lexicon("initiative_sectors")["by_type"].get(initiative_type, "governance"),)


def _with_default(ranked: list[str], initiative_type: str, *, from_name: bool) -> tuple[str, ...]:
    default = lexicon("initiative_sectors")["by_type"].get(initiative_type, "governance")
    chosen = ranked[:_MOST]
    if default not in chosen and (not from_name or initiative_type in _ALWAYS_DEFAULT):
        chosen = [default, *ranked[: _MOST - 1]] if not from_name else [*ranked[: _MOST - 1], default]
    return tuple(chosen)
