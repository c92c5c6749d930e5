"""The command klimatlager: refresh the warehouse, look at one file, prepare Dagster.

Here: arguments, and what stands on the terminal. Heavy imports wait until they are needed.
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import click

from orchestration.settings import Settings


@click.group()
def main() -> None:
    """Klimatlager: a warehouse of Swedish municipal climate contracts."""


@main.command()
@click.option("--full", is_flag=True, help="Read and extract everything anew from the archive.")
@click.option("--force", is_flag=True, help="Run even if nothing is new.")
@click.option("--accept-withdrawals", is_flag=True, help="Withdraw what is gone, however much of raw/ it is.")
def refresh(full: bool, force: bool, accept_withdrawals: bool) -> None:
    """Read what is new in raw/, extract, build, test and publish."""
    from orchestration.state import is_up_to_date

    started = time.monotonic()
    try:
        settings = Settings.from_environment()
        if not (full or force) and is_up_to_date(settings):
            click.echo(f"Nothing new in {settings.raw_dir}. {settings.published_file} is up to date.")
            return
        _refresh(settings, started, full=full, accept_withdrawals=accept_withdrawals)
    except (RuntimeError, OSError, ValueError) as error:
        click.echo(f"The refresh failed. {error}", err=True)
        sys.exit(1)


def _refresh(settings: Settings, started: float, *, full: bool, accept_withdrawals: bool) -> None:
    from orchestration.refresh import run_refresh, summarize

    run_refresh(settings, _teller(started), full=full, accept_withdrawals=accept_withdrawals)
    summary = summarize(settings)
    click.echo(
        f"\n{summary.contract_versions} contract versions, {summary.goals} goals, {summary.outcomes} outcomes, "
        f"{summary.initiatives} initiatives, {len(summary.rejected)} files or lines set aside."
    )
    for rejected in summary.rejected:
        click.echo(f"  set aside: {rejected.place}: {rejected.reason}")
    click.echo(f"Published: {summary.file}")


def _teller(started: float) -> Callable[[str, str], None]:
    """A line of progress a stage, with the seconds since the start."""

    def tell(stage: str, text: str) -> None:
        click.echo(f"[{time.monotonic() - started:5.1f} s] {stage:<10} {text}")

    return tell


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
def inspect(file: Path) -> None:
    """Show what one file gives, without touching the warehouse."""
    from orchestration.inspection import inspect_file

    try:
        if not inspect_file(file, Settings.from_environment()):
            sys.exit(1)
    except (OSError, ValueError) as error:
        click.echo(f"{file} can't be inspected. {error}", err=True)
        sys.exit(1)


@main.command()
@click.option("--changes", is_flag=True, help="Agree to how changes are told on the gold chains; after a refresh.")
def baseline(changes: bool) -> None:
    """Measure the extraction on the gold sets and agree to the figures (tests/gold/baseline.json)."""
    from orchestration.contracts.municipalities import Register
    from orchestration.quality.baseline import measure, write_baseline
    from orchestration.quality.change_figures import measure_changes
    from orchestration.warehouse import Warehouse

    settings = Settings.from_environment()
    register = Register.from_csv(settings.municipalities_file)
    if changes:
        if not settings.warehouse_file.exists():
            click.echo("There is no warehouse to measure with: run the refresh first.", err=True)
            sys.exit(1)
        with Warehouse(settings.warehouse_file, settings.lock_timeout_seconds).locked("measuring changes"):
            figures = measure_changes(settings.warehouse_file, settings.gold_dir, register)
        target = settings.change_baseline_file
    else:
        figures, target = measure(settings.gold_dir, register), settings.baseline_file
    write_baseline(target, figures)
    click.echo(f"{len(figures)} figures in {target}. Commit it.")


@main.command()
@click.option("--limit", default=50, show_default=True, help="How many facts to judge.")
@click.option("--output", type=click.Path(path_type=Path), help="Where to; by default review.csv in the data folder.")
def review(limit: int, output: Path | None) -> None:
    """Write the next lines of raw/corrections.csv: the facts that the extractor is least sure of."""
    from orchestration.reviewing import review_file

    try:
        settings = Settings.from_environment()
        target = output or settings.data_dir / "review.csv"
        kept, added = review_file(settings, target, limit)
    except (OSError, ValueError) as error:
        click.echo(f"No lines were written. {error}", err=True)
        sys.exit(1)
    click.echo(
        f"{target}: {kept} lines of raw/corrections.csv and {added} to judge. Fill in action, who, when and why, "
        f"save it as {settings.corrections_file} and run the refresh."
    )


@main.command()
def prepare() -> None:
    """Make DAGSTER_HOME and dbt's manifest, which `dagster dev` needs. Done by `make dev`."""
    from orchestration.dbt_runner import prepare_manifest
    from orchestration.refresh import prepare_home

    settings = Settings.from_environment()
    prepare_home(settings)
    prepare_manifest(settings)
    click.echo(f"DAGSTER_HOME={settings.dagster_home}")


@main.command()
@click.option("--pages-only", is_flag=True, help="Leave dbt's documentation site as it is.")
def docs(pages_only: bool) -> None:
    """Write docs/data_dictionary.md and all answers anew from the published file, and dbt's documentation site."""
    from orchestration.publishing.pages import write_pages
    from orchestration.publishing.snapshot import read_snapshot
    from orchestration.settings import ROOT

    settings = Settings.from_environment()
    try:
        changed = write_pages(read_snapshot(settings.published_file), ROOT)
        for path in changed:
            click.echo(f"Written: {path}")
        if not pages_only:
            from orchestration.dbt_runner import generate_docs

            click.echo(f"Written: {generate_docs(settings)}")
    except (RuntimeError, OSError) as error:
        click.echo(f"The pages could not be written. {error}", err=True)
        sys.exit(1)


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1)
def dev(arguments: tuple[str, ...]) -> None:
    """Start the Dagster UI and daemon on workspace.yaml (further arguments go to `dagster dev`)."""
    from orchestration.dbt_runner import prepare_manifest
    from orchestration.refresh import prepare_home
    from orchestration.settings import ROOT

    settings = Settings.from_environment()
    prepare_home(settings)
    prepare_manifest(settings)
    os.chdir(ROOT)
    program = str(Path(sys.executable).with_name("dagster"))
    os.execv(program, [program, "dev", "--workspace", str(ROOT / "workspace.yaml"), *arguments])


if __name__ == "__main__":
    main()
