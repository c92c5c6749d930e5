"""What one file gives, on the terminal: identity, sections, and facts with their words marked in the text.

Here: showing. Not here: reading or extracting. Nothing is written anywhere.
"""

from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from rich.console import Console
from rich.table import Table
from rich.text import Text

from orchestration.contracts.document import divide
from orchestration.contracts.identity import identify
from orchestration.contracts.manifest import read_manifest
from orchestration.contracts.model import Document, Identity
from orchestration.contracts.municipalities import Register
from orchestration.contracts.reading import SourceText, UnreadableFile, read
from orchestration.extraction.extract import extract
from orchestration.extraction.facts import ActorMention, Evidence, Facts, Goal, Initiative, Outcome
from orchestration.settings import Settings

_STYLES = {"goal": "black on green", "outcome": "black on cyan", "initiative": "black on yellow"}


def inspect_file(file: Path, settings: Settings, console: Console | None = None) -> bool:
    """Print every document of the file. Returns whether all of it could be read; what could not is said."""
    console = console or Console(highlight=False)
    register = Register.from_csv(settings.municipalities_file)
    path = _below_raw(file, settings.raw_dir)
    manifest = read_manifest(settings.manifest_file, register)
    try:
        found = read(file.read_bytes(), file.name, settings.limits)
    except UnreadableFile as error:
        console.print(Text.assemble(("Set aside: ", "bold red"), f"{file}: {error.reason}"))
        return False
    whole = True
    for source in found.texts:
        place = str(file) if source.line is None else f"{file} line {source.line}"
        try:
            identity = identify(source, path, register, manifest.lookup(str(path), source.line))
        except UnreadableFile as error:
            console.print(Text.assemble(("Set aside: ", "bold red"), f"{place}: {error.reason}"))
            whole = False
            continue
        document = divide(source)
        _print_identity(console, place, found.format, identity, document)
        _print_facts(console, source, extract(document, identity.municipality, identity.version_year))
    return whole


def _below_raw(file: Path, raw_dir: Path) -> PurePosixPath:
    """The path as the warehouse would know it: below raw/ where it lies there, else the name alone."""
    absolute = file.resolve()
    if absolute.is_relative_to(raw_dir):
        return PurePosixPath(absolute.relative_to(raw_dir).as_posix())
    return PurePosixPath(file.name)


def _print_identity(console: Console, place: str, kind: str, identity: Identity, document: Document) -> None:
    municipality = identity.municipality
    console.rule(Text(identity.contract_version_id, style="bold"))
    year = f"{identity.version_year or 'unknown'} (known by: {identity.version_year_basis})"
    flags = " ".join((*document.quality_flags, *identity.flags)) or "none"
    console.print(Text(f"{place} · {kind} · {document.kind} · {len(document.raw):,} characters"))
    console.print(
        Text(f"{municipality.official_name} {municipality.municipality_id} (known by: {identity.municipality_basis})")
    )
    console.print(Text(f"version year {year} · flags: {flags}"))
    sections: dict[str, int] = {}
    for sentence in document.sentences:
        if sentence.kind != "heading":
            sections[sentence.section] = sections.get(sentence.section, 0) + 1
    console.print(Text("sections: " + ", ".join(f"{name} ({count})" for name, count in sections.items())))


def _print_facts(console: Console, source: SourceText, facts: Facts) -> None:
    text = Text(source.raw)
    for kind, found in (("initiative", facts.initiatives), ("outcome", facts.outcomes), ("goal", facts.goals)):
        for fact in found:
            for start, end in fact.evidence.spans:
                text.stylize(_STYLES[kind], start, end)
    console.print(Text.assemble("\n", *((f" {kind} ", style) for kind, style in _STYLES.items()), "\n"))
    console.print(text)
    table = Table("kind", "what", "values", "words", "rule", show_lines=True, expand=True)
    for goal in facts.goals:
        whose = "" if goal.ownership == "own" else f" [{goal.ownership}]"
        _row(table, "goal" + whose, goal.goal_type, _goal_values(goal), source.raw, goal.evidence)
    for outcome in facts.outcomes:
        _row(table, "outcome", outcome.outcome_type, _outcome_values(outcome), source.raw, outcome.evidence)
    for initiative in facts.initiatives:
        _row(table, "initiative", initiative.name, _initiative_values(initiative), source.raw, initiative.evidence)
    console.print(table)


def _row(table: Table, kind: str, what: str, values: str, raw: str, evidence: Evidence) -> None:
    start, end = evidence.spans[0]
    rule = f"{evidence.rule_id}\n{evidence.confidence:.2f}"
    cells = (kind, what, values, f"{raw[start:end]}\n[{start}:{end}] {evidence.section}", rule)
    table.add_row(*(Text(cell) for cell in cells))


def _goal_values(goal: Goal) -> str:
    return _named(
        form=goal.target_form, scope=goal.scope, value=goal.value, max=goal.value_max, unit=goal.unit,
        bound=goal.bound, direction=goal.direction, baseline=goal.baseline_year, target=goal.target_year,
        from_=goal.effective_year, status=goal.status, document=goal.governing_document,
    )  # fmt: skip


def _outcome_values(outcome: Outcome) -> str:
    return _named(
        value=outcome.value, max=outcome.value_max, unit=outcome.unit, direction=outcome.direction,
        baseline=outcome.baseline_year, year=outcome.year, scope=outcome.scope, by=_actors(outcome.actors),
    )  # fmt: skip


def _initiative_values(initiative: Initiative) -> str:
    return _named(
        type=initiative.initiative_type, status=initiative.status, or_=initiative.status_max,
        start=initiative.start_year, end=initiative.end_year, sectors=", ".join(initiative.sectors),
        actors=_actors(initiative.actors),
    )  # fmt: skip


def _actors(actors: Iterable[ActorMention]) -> str:
    return ", ".join(f"{actor.actor_name} ({actor.role})" for actor in actors)


def _named(**values: object) -> str:
    return "\n".join(
        f"{name.rstrip('_')}: {value}" for name, value in values.items() if value not in (None, "", "not_specified")
    )
