"""The register of the 290 municipalities and the ways their names are written.

Here: names, genitives, slugs and look-ups. Not here: deciding whose contract a text is (identity).
"""

import csv
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache, cached_property
from pathlib import Path

from orchestration.contracts.model import Municipality

SEED = Path(__file__).parents[2] / "dbt_project" / "seeds" / "municipalities.csv"
"""The seed of the 290 municipalities, as the repository holds it."""


def slug(name: str, *, keep_apart: bool = False) -> str:
    """ASCII, lower case, words joined by hyphens: "Upplands Väsby" gives upplands-vasby.

    `keep_apart` spells å as aa, for the two municipalities that are one in ASCII: Habo is habo, Håbo haabo.
    """
    if keep_apart:
        name = name.casefold().replace("å", "aa")
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return "-".join("".join(letter if letter.isalnum() else " " for letter in plain).split())


class Register:
    """All municipalities, by id, name and slug. Source: the seed municipalities.csv (SCB)."""

    def __init__(self, municipalities: Iterable[Municipality]) -> None:
        self.all = tuple(municipalities)

    @classmethod
    def from_csv(cls, path: Path) -> "Register":
        """Read the seed. Raises FileNotFoundError, or KeyError for a missing column."""
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        shared = Counter(slug(row["municipality_name"]) for row in rows)
        return cls(
            Municipality(
                municipality_id=row["municipality_id"],
                name=row["municipality_name"],
                official_name=row["official_name"],
                county_name=row["county_name"],
                slug=slug(row["municipality_name"], keep_apart=shared[slug(row["municipality_name"])] > 1),
            )
            for row in rows
        )

    @cached_property
    def by_id(self) -> dict[str, Municipality]:
        """Municipalities by SCB's four-digit code."""
        return {municipality.municipality_id: municipality for municipality in self.all}

    @cached_property
    def by_slug(self) -> dict[str, Municipality]:
        """Municipalities by slug of the name and of the official name (malmo, malmo-stad, falun, falu-kommun)."""
        official = {slug(municipality.official_name): municipality for municipality in self.all}
        return official | {municipality.slug: municipality for municipality in self.all}

    def named(self, name: str) -> Municipality:
        """The municipality of that name, official name or slug. Raises KeyError where there is none."""
        return self.exactly_named(name) or self.by_slug[slug(name)]

    def exactly_named(self, name: str) -> Municipality | None:
        """The municipality written just so but for case: tells Håbo from Habo, which are one in ASCII."""
        return self._by_exact_name.get(unicodedata.normalize("NFC", name).casefold())

    @cached_property
    def _by_exact_name(self) -> dict[str, Municipality]:
        return {name.casefold(): one for one in self.all for name in (one.official_name, one.name)}

    @cached_property
    def forms(self) -> dict[str, Municipality]:
        """Every written form, with genitives: "Lund", "Lunds", "Lunds kommun", "Falu kommun", "Malmö stad"."""
        found: dict[str, Municipality] = {}
        for municipality in self.all:
            stem = municipality.official_name.rsplit(" ", 1)[0]
            for name in (
                municipality.name,
                municipality.official_name,
                stem if stem != "Region" else municipality.name,
            ):
                for form in (name, name if name[-1] in "sxz" else name + "s"):
                    found.setdefault(form, municipality)
        return found


@cache
def municipalities() -> Register:
    """The 290 municipalities of the repository's seed, read once: for code that recognises names in a text."""
    return Register.from_csv(SEED)
