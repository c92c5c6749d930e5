"""Facts of all versions of one municipality become entities.

Here: in which order versions are compared, and with what. Not here: how alike two facts are (goals, initiatives), the
pairing itself, ids. The result is a function of the set of versions: they are ordered by year, never by arrival.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from orchestration.matching import goals, ids, initiatives
from orchestration.matching.declarations import Renaming, renamings
from orchestration.matching.model import Basis, FactKey, GoalFact, InitiativeFact, Placement, Version
from orchestration.matching.pairing import pair
from orchestration.matching.words import tokens

F = TypeVar("F", GoalFact, InitiativeFact)

_EARLIER = 0.15
"""How much more alike a fact must be to one that was absent from the versions between."""
_RENAMED = 0.9


@dataclass
class _Entity(Generic[F]):
    """The facts that are versions of one thing, with the document each stands in, in the order they were found."""

    members: list[tuple[Version, F]] = field(default_factory=list)
    found: list[tuple[Basis, float]] = field(default_factory=list)

    def add(self, version: Version, fact: F, basis: Basis, score: float) -> None:
        self.members.append((version, fact))
        self.found.append((basis, score))

    def nearest(self, version: Version) -> F:
        """The member in the same contract version, else the one nearest in time."""
        year = version.version_year or 0

        def distance(member: tuple[Version, F]) -> tuple[object, ...]:
            other = member[0]
            is_other = other.contract_version_id != version.contract_version_id
            return (is_other, not other.is_current, abs((other.version_year or 0) - year), other.document_id)

        return min(self.members, key=distance)[1]


def place_goals(versions: Iterable[Version]) -> list[Placement]:
    """The entity of every goal of every document of one municipality."""
    names = own_names(versions := list(versions))
    entities = _chain(
        versions, lambda version: version.goals, lambda one, other: goals.likeness(one, other, names), goals.LEAST
    )
    return _placements(
        entities, ids.goal_stem, ids.goal_suffixes, lambda goal: (goal.target_year or 0, goal.value or 0.0)
    )


def place_initiatives(versions: Iterable[Version]) -> list[Placement]:
    """The entity of every initiative of every document of one municipality, renamed ones included."""
    names = own_names(versions := list(versions))
    entities = _chain(
        versions,
        lambda version: version.initiatives,
        lambda one, other: initiatives.likeness(one, other, names),
        initiatives.LEAST,
        renamings,
    )
    return _placements(entities, ids.initiative_stem, ids.initiative_suffixes, lambda _: (0, 0.0))


def own_names(versions: Sequence[Version]) -> frozenset[str]:
    """The words of the municipality's name, as its contract versions are keyed, and with a genitive s in texts."""
    parts = {part for version in versions for part in ids.municipality_slug(version.contract_version_id).split("-")}
    spoken = {
        token
        for version in versions
        for quote in [fact.quote for fact in version.goals] + [fact.quote for fact in version.initiatives]
        for token in tokens(quote)
        if ids.slug(token).removesuffix("s") in parts or ids.slug(token) in parts
    }
    return frozenset(spoken)


def dated(versions: Iterable[Version]) -> list[Version]:
    """The current versions with a year, oldest first: those that follow one another."""
    known = [version for version in versions if version.is_current and version.version_year is not None]
    return sorted(known, key=lambda version: (version.version_year or 0, version.contract_version_id))


def _chain(
    versions: Sequence[Version],
    facts: Callable[[Version], tuple[F, ...]],
    likeness: Callable[[F, F], float],
    least: float,
    renamed: Callable[[Version, Sequence[F], Sequence[F]], list[Renaming]] | None = None,
) -> list[_Entity[F]]:
    chain = dated(versions)
    rest = sorted(
        (version for version in versions if version not in chain),
        key=lambda version: (not version.is_current, version.contract_version_id, version.document_id),
    )
    entities: list[_Entity[F]] = []
    before: Version | None = None
    for version in chain:
        left = sorted(facts(version), key=_order)
        live = [entity for entity in entities if entity.members[-1][0] is before]
        left = _join(version, left, live, likeness, least, "consecutive")
        if renamed:
            left = _rename(version, left, [e for e in live if e.members[-1][0] is before], renamed)
        dormant = [entity for entity in entities if entity.members[-1][0] not in (version, before)]
        left = _join(version, left, dormant, likeness, least + _EARLIER, "earlier")
        entities += [_new(version, fact) for fact in left]
        before = version
    for version in rest:
        left = _join(version, sorted(facts(version), key=_order), entities, likeness, least, "same_version")
        entities += [_new(version, fact) for fact in left]
    return entities


def _join(
    version: Version, left: list[F], entities: list[_Entity[F]], likeness: Callable[[F, F], float], least: float,
    basis: Basis,
) -> list[F]:  # fmt: skip
    """Let facts of a version join entities. Returns those that joined none."""
    at_hand = {_order(entity.nearest(version)): entity for entity in entities}
    pairs = pair([entity.nearest(version) for entity in entities], left, likeness, _order, least)
    joined = set()
    for older, newer, score in pairs:
        at_hand[_order(older)].add(version, newer, basis, score)
        joined.add(newer.key)
    return [fact for fact in left if fact.key not in joined]


def _rename(
    version: Version, left: list[F], entities: list[_Entity[F]],
    renamed: Callable[[Version, Sequence[F], Sequence[F]], list[Renaming]],
) -> list[F]:  # fmt: skip
    by_key = {entity.members[-1][1].key: entity for entity in entities}
    by_fact = {fact.key: fact for fact in left}
    joined = set()
    for renaming in renamed(version, [entity.members[-1][1] for entity in entities], left):
        by_key[renaming.older].add(version, by_fact[renaming.newer], "renamed", _RENAMED)
        joined.add(renaming.newer)
    return [fact for fact in left if fact.key not in joined]


def _new(version: Version, fact: F) -> _Entity[F]:
    entity: _Entity[F] = _Entity()
    entity.add(version, fact, "first", 1.0)
    return entity


def _placements(
    entities: list[_Entity[F]],
    stem: Callable[[F, str], str],
    suffixes: Callable[[F], tuple[str, ...]],
    rank: Callable[[F], tuple[float, float]],
) -> list[Placement]:
    wanted: list[tuple[tuple[object, ...], str, tuple[str, ...]]] = []
    for entity in entities:
        version = entity.members[0][0]
        fact: F = entity.members[0][1]
        order = _order(fact)
        is_dated = version.is_current and version.version_year is not None
        precedence = (not is_dated, version.version_year or 0, *rank(fact), order)
        town = ids.municipality_slug(version.contract_version_id)
        wanted.append((precedence, f"{town}-{stem(fact, town)}", suffixes(fact)))
    placements = [
        Placement(member[1].key, entity_id, basis, score)
        for entity, entity_id in zip(entities, ids.assign(wanted), strict=True)
        for member, (basis, score) in zip(entity.members, entity.found, strict=True)
    ]
    return sorted(placements, key=lambda placement: placement.key)


def _order(fact: GoalFact | InitiativeFact) -> tuple[object, ...]:
    """A sortable key of a fact by its content, then its place: equal scores are settled by it."""
    return (fact.quote, fact.char_start, FactKey(*fact.key))
