"""Small contract versions, built from sentences and facts, for the tests of matching."""

from orchestration.matching.model import FactKey, GoalFact, InitiativeFact, TextSentence, Version

Goal = tuple[str, str, str, int | None, float | None]
"""(quote, goal type, scope, target year, value)"""


def version(
    year: int | None,
    goals: tuple[Goal, ...] = (),
    initiatives: tuple[tuple[str, str], ...] = (),
    texts: tuple[str, ...] = (),
    town: str = "lund",
    is_current: bool = True,
    mark: str = "a",
    statuses: dict[str, str] | None = None,
) -> Version:
    """A version whose sentences are `texts`, each fact's quote a sentence of its own unless a text holds it."""
    document = f"{town}-{year or 'unknown'}@{mark}"
    quotes = [quote for quote, *_ in (*goals, *initiatives)]
    lines = list(texts) + [quote for quote in quotes if not any(quote in text for text in texts)]
    starts, at = {}, 0
    sentences = []
    for line in lines:
        sentences.append(
            TextSentence(section="climate_goals", kind="paragraph", quote=line, char_start=at, char_end=at + len(line))
        )
        starts[line] = at
        at += len(line) + 1

    def start_of(quote: str) -> int:
        return next(starts[line] + line.index(quote) for line in lines if quote in line)

    return Version(
        document_id=document,
        contract_version_id=f"{town}-{year or 'unknown'}",
        version_year=year,
        is_current=is_current,
        goals=tuple(
            GoalFact(
                key=FactKey(document, number), quote=quote, section="climate_goals", goal_type=kind, scope=scope,
                target_form="end_state", target_year=target, value=value, char_start=start_of(quote),
                status=(statuses or {}).get(quote, "not_specified"),
            )
            for number, (quote, kind, scope, target, value) in enumerate(goals, 1)
        ),
        initiatives=tuple(
            InitiativeFact(
                key=FactKey(document, number), quote=quote, section="climate_goals", name=quote, initiative_type=kind,
                char_start=start_of(quote),
            )
            for number, (quote, kind) in enumerate(initiatives, 1)
        ),
        sentences=tuple(sentences),
    )  # fmt: skip
