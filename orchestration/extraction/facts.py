"""The facts that extraction finds, as plain values. The columns of the raw.*_mention tables follow these fields.

Only data here. Spans are raw offsets (Unicode characters, end excluded) of the document's raw text; codes are those of
the dbt seeds `codes_*`. Unknown is the code `not_specified`; a number that is not stated is None.
"""

from dataclasses import dataclass, field

from orchestration.contracts.model import Span


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Where a fact stands and what made it. The first span is the quote; further spans say the same again."""

    spans: tuple[Span, ...]
    section: str
    rule_id: str
    confidence: float
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ActorMention:
    """An actor named in a fact, with the role that the text gives it."""

    actor_id: str
    actor_name: str
    actor_type: str
    role: str
    evidence: Evidence
    municipality_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class Goal:
    """Something to be reached: an end state, a level, a rate, a number, or a stated aim."""

    goal_type: str
    target_form: str
    scope: str
    statement: str
    evidence: Evidence
    sector: str = "not_specified"
    value: float | None = None
    value_max: float | None = None
    unit: str | None = None
    direction: str | None = None
    bound: str | None = None
    baseline_year: int | None = None
    baseline_value: float | None = None
    target_year: int | None = None
    effective_year: int | None = None
    gas: str | None = None
    status: str = "not_specified"
    decision_body: str | None = None
    decision_date: str | None = None
    governing_document: str | None = None
    ownership: str = "own"
    actors: tuple[ActorMention, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """Something measured, counted, won, granted or reached."""

    outcome_type: str
    statement: str
    evidence: Evidence
    value: float | None = None
    value_max: float | None = None
    unit: str | None = None
    direction: str | None = None
    bound: str | None = None
    baseline_year: int | None = None
    year: int | None = None
    scope: str = "not_specified"
    sector: str = "not_specified"
    gas: str | None = None
    actors: tuple[ActorMention, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Initiative:
    """A plan, project, network, study … that the municipality has, makes or will make."""

    name: str
    initiative_type: str
    status: str
    evidence: Evidence
    status_max: str | None = None
    is_governing_document: bool = False
    start_year: int | None = None
    end_year: int | None = None
    decision_body: str | None = None
    decision_date: str | None = None
    sectors: tuple[str, ...] = ()
    actors: tuple[ActorMention, ...] = ()


@dataclass(frozen=True)
class Facts:
    """All facts of one document, each kind in the order of the text."""

    goals: tuple[Goal, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    initiatives: tuple[Initiative, ...] = ()
    goal_initiatives: tuple[tuple[int, int, str], ...] = field(default=())
    """(index of the goal, index of the initiative, relation): stems_from or serves."""
