"""Readable ids of entities, from what their first version says.

Here: what an id is made of, and what tells entities apart that would share one. Not here: which facts are one entity.
docs/decisions/0101-entity-ids.md says what can change an id.
"""

import re
import unicodedata
from collections.abc import Iterable

from orchestration.matching.model import GoalFact, InitiativeFact
from orchestration.matching.words import lexicon, tokens, weight

_LONGEST = 80


def slug(text: str) -> str:
    """Lowercase ASCII letters and digits, words parted by hyphens, at most 80 characters; "unnamed" for nothing.

    The same as the dbt macro `slug`.
    """
    plain = "".join(c for c in unicodedata.normalize("NFD", text.casefold()) if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST].strip("-") or "unnamed"


def municipality_slug(contract_version_id: str) -> str:
    """upplands-vasby-2023 gives upplands-vasby. The same as the dbt macro `municipality_slug`."""
    return contract_version_id.rpartition("-")[0]


def goal_stem(goal: GoalFact, town: str) -> str:
    """goal-energy_efficiency-municipal_organisation-lokaler: type, scope, and at most two words of the subject."""
    return "-".join(["goal", goal.goal_type, goal.scope, *_subject(goal.quote, town)])


def initiative_stem(initiative: InitiativeFact, _: str) -> str:
    """initiative-klimatplan-lund-2030: the name."""
    return f"initiative-{slug(initiative.name)}"


def goal_suffixes(goal: GoalFact) -> tuple[str, ...]:
    """What tells two goals with one stem apart, in the order in which it is tried: form, year, value."""
    value = "" if goal.value is None else slug(f"{goal.value:g} {goal.unit or ''}")
    return (goal.target_form, str(goal.target_year or "undated"), value or "unquantified")


def initiative_suffixes(initiative: InitiativeFact) -> tuple[str, ...]:
    """What tells two initiatives of one name apart: their type."""
    return (initiative.initiative_type,)


def assign(wanted: Iterable[tuple[tuple[object, ...], str, tuple[str, ...]]]) -> list[str]:
    """An id each for (precedence, stem, suffixes), in the order given; all different.

    Of those that share a stem the first by precedence keeps it plain; each later one takes as many of its suffixes as
    it needs, and a number where they do not suffice. So an entity that comes later never changes an earlier one's id.
    """
    entries = list(wanted)
    ids = [""] * len(entries)
    taken: set[str] = set()
    for index in sorted(range(len(entries)), key=lambda index: entries[index][0]):  # type: ignore[arg-type, return-value]
        _, stem, suffixes = entries[index]
        candidate = stem
        for suffix in suffixes:
            if candidate not in taken:
                break
            candidate = f"{candidate}-{suffix}"
        base, number = candidate, 2
        while candidate in taken:
            candidate, number = f"{base}-{number}", number + 1
        taken.add(candidate)
        ids[index] = candidate
    return ids


def _subject(quote: str, town: str) -> list[str]:
    """The two longest words that say what the goal is about, in the order of the text; shared words are left out."""
    skipped = tuple(lexicon("words")["subject"]["stems"])
    found = [
        word for word in dict.fromkeys(tokens(quote))
        if len(word) > 3 and weight(word) >= 1.0 and not word.startswith(skipped)
        and slug(word).removesuffix("s") != town.split("-")[-1]
    ]  # fmt: skip
    longest = sorted(found, key=lambda word: (-len(word), word))[:2]
    return [slug(word) for word in found if word in longest]
