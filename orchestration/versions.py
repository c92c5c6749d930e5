"""Versions of the code that makes rows: the same version means the same rows from the same bytes.

Here: fingerprints of source files, and the commit they come from. A version is a hash, so that nobody can forget to
raise it.
"""

import hashlib
import subprocess
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parent


def fingerprint(folders: tuple[Path, ...], suffixes: tuple[str, ...]) -> str:
    """A hash (12 hex digits) over the names and contents of the source files below the folders."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in suffixes and path.is_file():
                digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


@cache
def reader_version() -> str:
    """The version of reading, layout and hygiene (orchestration/contracts)."""
    return fingerprint((_PACKAGE / "contracts",), (".py", ".toml"))


@cache
def extractor_version() -> str:
    """The version of extraction with its lexicons, on top of the reader's (orchestration/extraction)."""
    return fingerprint((_PACKAGE / "contracts", _PACKAGE / "extraction"), (".py", ".toml", ".json"))


@cache
def matching_version() -> str:
    """The version of matching with its lexicons (orchestration/matching)."""
    return fingerprint((_PACKAGE / "matching",), (".py", ".toml"))


@cache
def code_version() -> str:
    """The version of everything that decides what is published: the package and the dbt project."""
    project = _PACKAGE.parent / "dbt_project"
    parts = [fingerprint((_PACKAGE,), (".py", ".toml", ".json", ".sql"))]
    parts += [
        fingerprint((project / name,), (".sql", ".csv", ".yml", ".md"))
        for name in ("models", "seeds", "macros", "tests")
    ]
    parts += [hashlib.sha256((project / "dbt_project.yml").read_bytes()).hexdigest()]
    return hashlib.sha256("".join(parts).encode()).hexdigest()[:12]


@cache
def git_commit() -> str | None:
    """The commit of the code, with -dirty where files differ from it; None outside git or without the git command."""
    try:
        described = subprocess.run(
            ["git", "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"],
            cwd=_PACKAGE, capture_output=True, text=True, timeout=20, check=True,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return None
    return described.stdout.strip() or None
