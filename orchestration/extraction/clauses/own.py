"""The municipality itself: the names by which a text speaks of it, and the sections that are not its own.

Here: what is its own. Not here: who else may own a clause (ownership, others_by_name).
"""

from dataclasses import dataclass
from functools import cached_property

from orchestration.contracts.model import Municipality

_OTHERS_WORD = frozenset(
    {"viable_cities_commitments", "authority_commitments", "updates_viable_cities", "updates_authorities"}
)


OTHERS_SECTIONS = _OTHERS_WORD | {"purpose", "parties", "contract", "appendix"}
"""Sections of a whole contract in which no goal or result is the municipality's own."""


def sections_of_others(kind: str) -> frozenset[str]:
    """The sections to leave out. An excerpt is the municipality's own text throughout, whatever its headings recall."""
    return OTHERS_SECTIONS if kind == "full_contract" else _OTHERS_WORD


_REGION_WORDS = frozenset({"regionen", "regionens", "region"})


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
