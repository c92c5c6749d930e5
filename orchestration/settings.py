"""The settings: the one module that reads the environment.

Here: where things lie and how large they may be. Not here: any use of it. Relative paths are from the project's root,
whatever the working directory. Every variable is listed in .env.example.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from orchestration.contracts.source import Limits
from orchestration.publishing.postgres_server import Server

ROOT = Path(__file__).resolve().parents[1]
_MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Settings:
    """Everything that can be set, with absolute paths."""

    raw_dir: Path
    data_dir: Path
    dagster_home: Path
    lock_timeout_seconds: float
    limits: Limits
    postgres: Server | None = None
    alert_webhook: str | None = None
    alert_format: str = "json"
    ui_url: str = "http://127.0.0.1:3000"
    max_vanished_share: float = 0.5

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Read the settings. Raises ValueError for a value that can't be used, naming the variable."""
        values = os.environ if environment is None else environment
        data_dir = _path(values.get("KLIMATLAGER_DATA_DIR"), "data")
        return cls(
            raw_dir=_path(values.get("KLIMATLAGER_RAW_DIR"), "raw"),
            data_dir=data_dir,
            dagster_home=_path(values.get("DAGSTER_HOME"), str(data_dir / "dagster")),
            lock_timeout_seconds=_seconds(values, "KLIMATLAGER_LOCK_TIMEOUT", "600"),
            limits=_limits(values),
            postgres=_postgres(values),
            alert_webhook=values.get("KLIMATLAGER_ALERT_WEBHOOK") or None,
            alert_format=_choice(values, "KLIMATLAGER_ALERT_FORMAT", ("json", "slack")),
            max_vanished_share=_percent(values, "KLIMATLAGER_MAX_VANISHED_PERCENT", 50) / 100,
            ui_url=(values.get("KLIMATLAGER_UI_URL") or "http://127.0.0.1:3000").rstrip("/"),
        )

    @property
    def manifest_file(self) -> Path:
        """The optional raw/manifest.csv."""
        return self.raw_dir / "manifest.csv"

    @property
    def corrections_file(self) -> Path:
        """The optional raw/corrections.csv."""
        return self.raw_dir / "corrections.csv"

    @property
    def warehouse_file(self) -> Path:
        """The working file that the pipeline alone opens."""
        return self.data_dir / "warehouse.duckdb"

    @property
    def archive_dir(self) -> Path:
        """Bytes of every revision ever loaded and the log of arrivals."""
        return self.data_dir / "archive"

    @property
    def published_dir(self) -> Path:
        """What readers open: the published file, Parquet, datapackage.json."""
        return self.data_dir / "published"

    @property
    def published_file(self) -> Path:
        """The read-only DuckDB file for people and BI tools."""
        return self.published_dir / "klimatlager.duckdb"

    @property
    def scratch_dir(self) -> Path:
        """Where publishing keeps files of its own for a moment; never what readers open."""
        return self.data_dir / "publishing.tmp"

    @property
    def state_file(self) -> Path:
        """What the last finished refresh had seen, so that the next can tell that nothing is new."""
        return self.data_dir / "refresh_state.json"

    @property
    def raw_index_file(self) -> Path:
        """Hashes of the files in raw/ by size and times: a cache, made anew when it is missing."""
        return self.data_dir / "raw_index.sqlite"

    @property
    def change_figures_file(self) -> Path:
        """How right changes are told, as measured with the version of the code that it names."""
        return self.data_dir / "change_figures.json"

    @property
    def change_baseline_file(self) -> Path:
        """How right changes are told, as last agreed to: a fall below it fails a check."""
        return self.gold_dir / "change_baseline.json"

    @property
    def baseline_file(self) -> Path:
        """The extraction's quality as last agreed to: a fall below it fails a check."""
        return self.gold_dir / "baseline.json"

    @property
    def dbt_project_dir(self) -> Path:
        """The dbt project."""
        return ROOT / "dbt_project"

    @property
    def dbt_target_dir(self) -> Path:
        """Where the pipeline's dbt leaves its manifest and compiled SQL; a dbt user's own target/ is left alone."""
        return self.data_dir / "dbt"

    @property
    def docs_site(self) -> Path:
        """dbt's documentation, one page that opens without a server."""
        return self.data_dir / "docs" / "index.html"

    @property
    def docs_dir(self) -> Path:
        """The pages that explain the data."""
        return ROOT / "docs"

    @property
    def municipalities_file(self) -> Path:
        """The register of the 290 municipalities: a dbt seed that reading and extraction share."""
        return self.dbt_project_dir / "seeds" / "municipalities.csv"

    @property
    def codes_dir(self) -> Path:
        """The code lists: dbt seeds that corrections are checked against."""
        return self.dbt_project_dir / "seeds" / "codes"

    @property
    def gold_dir(self) -> Path:
        """Annotated texts that the extraction is measured on."""
        return ROOT / "tests" / "gold"

    def export(self) -> dict[str, str]:
        """The environment that child processes, dbt and Dagster need to see the same settings."""
        return {
            "KLIMATLAGER_RAW_DIR": str(self.raw_dir),
            "KLIMATLAGER_DATA_DIR": str(self.data_dir),
            "DAGSTER_HOME": str(self.dagster_home),
            "DAGSTER_DISABLE_TELEMETRY": "yes",
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
            "DO_NOT_TRACK": "1",
        }


def _postgres(values: Mapping[str, str]) -> Server | None:
    address = values.get("KLIMATLAGER_POSTGRES_URL")
    if not address:
        return None
    schema = values.get("KLIMATLAGER_POSTGRES_SCHEMA") or "klimatlager"
    return Server(address, schema, values.get("KLIMATLAGER_POSTGRES_READER") or "klimatlager_reader")


def _path(value: str | None, default: str) -> Path:
    return (ROOT / Path(value or default).expanduser()).resolve()


def _limits(values: Mapping[str, str]) -> Limits:
    """How much a file may ask for: whole megabytes, pages and seconds."""
    default = Limits()
    return replace(
        default,
        file_bytes=_whole(values, "KLIMATLAGER_MAX_FILE_MB", default.file_bytes // _MEGABYTE) * _MEGABYTE,
        pages=_whole(values, "KLIMATLAGER_MAX_PAGES", default.pages),
        seconds=float(_whole(values, "KLIMATLAGER_MAX_READ_SECONDS", int(default.seconds))),
        memory_bytes=_whole(values, "KLIMATLAGER_MAX_READ_MB", default.memory_bytes // _MEGABYTE) * _MEGABYTE,
    )


def _whole(values: Mapping[str, str], name: str, default: int) -> int:
    value = values.get(name) or str(default)
    if not (value.isascii() and value.isdigit() and int(value) > 0):
        raise ValueError(f"{name} must be a whole number above 0, found {value!r}. Correct it or unset it.")
    return int(value)


def _percent(values: Mapping[str, str], name: str, default: int) -> int:
    value = values.get(name) or str(default)
    if not (value.isascii() and value.isdigit() and int(value) <= 100):
        raise ValueError(f"{name} must be a whole number from 0 to 100, found {value!r}. Correct it or unset it.")
    return int(value)


def _seconds(values: Mapping[str, str], name: str, default: str) -> float:
    value = values.get(name) or default
    try:
        return float(value)
    except ValueError:
        raise ValueError(f"{name} must be a number of seconds, found {value!r}. Correct it or unset it.") from None


def _choice(values: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    value = (values.get(name) or choices[0]).casefold()
    if value not in choices:
        raise ValueError(f"{name} must be one of {', '.join(choices)}, found {value!r}. Correct it or unset it.")
    return value
