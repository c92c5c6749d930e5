"""The values that matching takes and gives. Only data here; keys are those of the raw tables."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

Kind = Literal["goal", "initiative"]
Basis = Literal["first", "consecutive", "renamed", "earlier", "same_version"]


class FactKey(NamedTuple):
    """A fact of a document: its number among those of its kind."""

    document_id: str
    fact_no: int


@dataclass(frozen=True, kw_only=True)
class GoalFact:
    """What of a goal decides which other goal it is."""

    key: FactKey
    quote: str
    section: str
    goal_type: str
    target_form: str
    scope: str
    unit: str | None = None
    value: float | None = None
    baseline_year: int | None = None
    target_year: int | None = None
    status: str = "not_specified"
    char_start: int = 0


@dataclass(frozen=True, kw_only=True)
class InitiativeFact:
    """What of an initiative decides which other initiative it is."""

    key: FactKey
    quote: str
    section: str
    name: str
    initiative_type: str
    char_start: int = 0


@dataclass(frozen=True, kw_only=True)
class TextSentence:
    """A sentence of the municipality's own sections, with raw offsets; `quote` is the raw text between them."""

    section: str
    kind: str
    quote: str
    char_start: int
    char_end: int


@dataclass(frozen=True, kw_only=True)
class Version:
    """One document of a contract version with its facts and sentences."""

    document_id: str
    contract_version_id: str
    version_year: int | None
    is_current: bool
    goals: tuple[GoalFact, ...] = ()
    initiatives: tuple[InitiativeFact, ...] = ()
    sentences: tuple[TextSentence, ...] = ()


@dataclass(frozen=True)
class Placement:
    """The entity that a fact is a version of; `score` is how alike it and the fact that it was paired with are."""

    key: FactKey
    entity_id: str
    basis: Basis
    score: float


@dataclass(frozen=True)
class Echo:
    """Words of a fact found in the other version of a pair, in which no fact stands for its entity.

    share: how much of its telling words; is_literal: whether all of them stand there in their order.
    """

    from_document_id: str
    to_document_id: str
    kind: Kind
    entity_id: str
    is_literal: bool
    share: float
    quote: str
    char_start: int
    char_end: int


@dataclass(frozen=True)
class Declaration:
    """Words of the new text that say themselves what changed. entity_id None: they speak of the whole contract."""

    from_document_id: str
    to_document_id: str
    kind: Kind
    entity_id: str | None
    cue: str
    quote: str
    char_start: int
    char_end: int
