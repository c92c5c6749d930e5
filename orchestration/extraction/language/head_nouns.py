"""Head nouns of initiatives: klimatfärdplanen is a plan, områden is no råd.

Here: one cached look-up a word form, from the lexicon of heads. Not here: the phrase around the head, and whether it is
an initiative at all.
"""

from functools import cache, lru_cache
from typing import NamedTuple

from orchestration.extraction.lexicons import lexicon

HEAD_GROUPS = (
    "plan", "programme", "budget", "investment_plan", "study", "regulation", "procurement", "organisation", "network",
    "agreement", "project", "certification", "communication", "infrastructure", "other", "process",
)  # fmt: skip


_SHORTEST_NOTED = 6


class Head(NamedTuple):
    """A head noun found in a word.

    `group` is its group in the lexicon, `base` the head's own base form, `name` the whole word as a name has it
    (indefinite, number kept), `first_part` what stands before the head in a compound.
    """

    group: str
    base: str
    name: str
    first_part: str
    definite: bool
    plural: bool
    genitive: bool
    neuter: bool


class _Form(NamedTuple):
    group: str
    base: str
    name: str
    definite: bool
    plural: bool
    neuter: bool


def inflect(entry: str) -> tuple[str, str, str, str]:
    """Base, definite, plural, definite plural of an entry: "plan -en -er -erna" gives plan planen planer planerna."""
    base, *endings = entry.split()
    if len(endings) != 3:
        raise ValueError(f"a head noun with three endings is expected, as in 'plan -en -er -erna', found {entry!r}")
    definite, plural, plural_definite = (
        base if ending == "-" else base + ending[1:] if ending[0] == "-" else ending for ending in endings
    )
    return base, definite, plural, plural_definite


@cache
def _tables() -> tuple[dict[str, _Form], dict[str, _Form]]:
    """Forms that count as the last part of a compound, and forms that count alone."""
    compound: dict[str, _Form] = {}
    free: dict[str, _Form] = {}
    for group in HEAD_GROUPS:
        entries = lexicon("initiative_heads")[group]
        for table, kind in ((compound, "compound"), (free, "free")):
            for entry in entries[kind]:
                base, definite, plural, plural_definite = inflect(entry)
                neuter = definite.endswith("t")
                table.setdefault(base, _Form(group, base, base, False, False, neuter))
                table.setdefault(definite, _Form(group, base, base, True, False, neuter))
                table.setdefault(plural, _Form(group, base, plural, False, True, neuter))
                table.setdefault(plural_definite, _Form(group, base, plural, True, True, neuter))
    return compound, free


@cache
def _words(group: str, key: str) -> frozenset[str]:
    return frozenset(lexicon("initiative_heads")[group][key])


@cache
def _accident_endings() -> tuple[str, ...]:
    return tuple(lexicon("initiative_heads")["accidents"]["endings"])


def is_place(head: Head) -> bool:
    """Whether the head, capitalised inside a sentence, makes a place's name: Drottninggatan."""
    return head.base in _words("places", "words")


def is_empty_act(head: Head) -> bool:
    """Whether the noun says no more than that something comes to be: uppförandet av en depå."""
    return head.base in _words("process", "empty")


def is_person(head: Head) -> bool:
    """Whether a name after the noun makes it a person's: klimatsamordnaren Anna."""
    return head.base in _words("persons", "words")


def is_generic(head: Head) -> bool:
    """Whether the word alone only points back to something named before: strategin, projektet."""
    return not head.first_part and head.base in _words("generic", "words")


@lru_cache(maxsize=65536)
def head_of(low: str) -> Head | None:
    """The head noun of a small-letter word form, or None. The longest head wins."""
    if len(low) < 3 or low in _words("accidents", "words") or low.endswith(_accident_endings()):
        return None
    if low[-1].isdigit():
        low = low.rstrip("0123456789")  # a note: strategin1
        return head_of(low) if len(low) >= _SHORTEST_NOTED else None
    found = _find(low, genitive=False)
    if found is None and low[-1] == "s" and low[:-1] not in _words("accidents", "words"):
        found = _find(low[:-1], genitive=True)
    return found


def _find(form: str, *, genitive: bool) -> Head | None:
    compound, free = _tables()
    if form in free:
        return _head(free[form], "", genitive=genitive)
    for cut in range(2, len(form) - 2):
        first_part, last_part = form[:cut], form[cut:]
        found = compound.get(last_part) or free.get(last_part)
        if found and (len(first_part.rstrip("-")) >= 4 or first_part.rstrip("-") in _words("first_parts", "short")):
            return _head(found, first_part, genitive=genitive)
    return None


def _head(form: _Form, first_part: str, *, genitive: bool) -> Head:
    group = form.group
    if form.base == "program":
        stem = first_part.rstrip("-s") + "s" if first_part.endswith("s") else first_part.rstrip("-")
        group = "programme" if not first_part or stem in _words("programme_of_work", "first_parts") else "plan"
    if first_part.startswith("projekt") and group == "network":
        group = "project"
    name = first_part + form.name
    return Head(group, form.base, name, first_part, form.definite, form.plural, genitive, form.neuter)
