"""The command klimatlager: refresh the warehouse, look at one file, prepare Dagster.

Here: arguments, and what stands on the terminal. Heavy imports wait until they are needed.
"""

import sys
import time
from pathlib import Path

import click

from orchestration.settings import Settings


@click.group()
def main() -> None:
    """Klimatlager: a warehouse of Swedish municipal climate contracts."""


@main.command()
@click.option("--full", is_flag=True, help="Read and extract everything anew from the archive.")
@click.option("--force", is_flag=True, help="Run even if nothing is new.")
def refresh(full: bool, force: bool) -> None:
    """Read what is new in raw/, extract, build, test and publish."""
    from filelock import Timeout

    from orchestration.refresh import RefreshFailedError, is_up_to_date, run_refresh, summarize
    from orchestration.warehouse import WarehouseLockedError

    started = time.monotonic()
    try:
        settings = Settings.from_environment()
        if not (full or force) and is_up_to_date(settings):
            click.echo(f"Nothing new in {settings.raw_dir}. {settings.published_file} is up to date.")
            return
        run_refresh(settings, _tell_since(started), full=full)
        summary = summarize(settings)
    except (RefreshFailedError, WarehouseLockedError, FileNotFoundError, ValueError, OSError, Timeout) as error:
        click.echo(f"The refresh failed. {error}", err=True)
        sys.exit(1)
    click.echo(
        f"\n{summary.contract_versions} contract versions, {summary.goals} goals, {summary.outcomes} outcomes, "
        f"{summary.initiatives} initiatives, {len(summary.rejected)} files or lines set aside."
    )
    for rejected in summary.rejected:
        click.echo(f"  set aside: {rejected.place}: {rejected.reason}")
    click.echo(f"Published: {summary.file}")


def _tell_since(started: float):  # type: ignore[no-untyped-def]
    def tell(stage: str, text: str) -> None:
        click.echo(f"[{time.monotonic() - started:5.1f} s] {stage:<10} {text}")

    return tell


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
def inspect(file: Path) -> None:
    """Show what one file gives, without touching the warehouse."""
    from orchestration.inspection import inspect_file

    settings = Settings.from_environment()
    try:
        inspect_file(file, settings)
    except (OSError, ValueError) as error:
        click.echo(f"{file} can't be inspected. {error}", err=True)
        sys.exit(1)


@main.command()
def prepare() -> None:
    """Make DAGSTER_HOME and dbt's manifest, which `dagster dev` needs. Done by `make dev`."""
    from orchestration.dbt_runner import prepare_manifest
    from orchestration.refresh import prepare_home

    settings = Settings.from_environment()
    prepare_home(settings)
    prepare_manifest(settings)
    click.echo(f"DAGSTER_HOME={settings.dagster_home}")


if __name__ == "__main__":
    main()
