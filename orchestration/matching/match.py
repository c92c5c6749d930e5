"""One municipality's documents in, entities and what the texts say of their changes out. The one entrance to matching.

Here: the order of the steps. Not here: any rule.
"""

from dataclasses import dataclass
from itertools import pairwise

from orchestration.matching.declarations import declared_changes
from orchestration.matching.echoes import echoes
from orchestration.matching.entities import dated, own_names, place_goals, place_initiatives
from orchestration.matching.model import Declaration, Echo, Kind, Placement, Version


@dataclass(frozen=True)
class Matched:
    """Everything that matching says of one municipality."""

    goals: tuple[Placement, ...]
    initiatives: tuple[Placement, ...]
    declarations: tuple[Declaration, ...]
    echoes: tuple[Echo, ...]


def match(versions: list[Version]) -> Matched:
    """Entities of all facts of one municipality's documents, and declarations and echoes of each consecutive pair.

    Pure: the same set of versions gives the same result in whatever order they are given.
    """
    placed: dict[Kind, list[Placement]] = {"goal": place_goals(versions), "initiative": place_initiatives(versions)}
    names = own_names(versions)
    declarations: list[Declaration] = []
    heard: list[Echo] = []
    for older, newer in pairwise(dated(versions)):
        for kind, placements in placed.items():
            entity_of = {placement.key: placement.entity_id for placement in placements}
            declarations += declared_changes(older, newer, kind, entity_of)
            heard += echoes(older, newer, kind, entity_of, names)
    return Matched(tuple(placed["goal"]), tuple(placed["initiative"]), tuple(declarations), tuple(heard))
