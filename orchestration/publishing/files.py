"""Files that readers open: written beside their place and swapped in whole.

Here: the swap, and what a failure to write means to a person. Not here: what is in the files.
"""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

READ_ONLY = 0o444
"""The mode of every published file: a client that forgets to ask for reading alone is refused, instead of locking the
file against all others or writing into it."""

_FULL, _LARGE, _FORBIDDEN = (
    ("No space left", "Disk quota exceeded"),
    ("File too large",),
    ("Permission denied", "Read-only"),
)
# DuckDB tells what the machine refuses by words alone, and at a commit not even as an IOException.
_REFUSALS = (*_FULL, *_LARGE, *_FORBIDDEN, "Could not write", "Input/output error")


class PublishingError(RuntimeError):
    """A published file could not be written; the last good one stays, and the message says what to do."""


@contextmanager
def swapped_in(target: Path) -> Iterator[Path]:
    """A path to write to; it takes the place of `target` when the block ends well, and goes when it doesn't.

    A reader that holds the old file keeps it until it opens anew. Raises PublishingError for what the machine refuses
    (no right to write, disk full); everything else passes as it is.
    """
    partial = target.with_name(f".{target.name}.partial")
    try:
        make_folder(target.parent)
        _remove(partial)
        yield partial
        partial.chmod(READ_ONLY)
        partial.replace(target)
    except OSError as error:
        raise _explained(target, error) from error
    except duckdb.Error as error:
        if not any(sign in str(error) for sign in _REFUSALS):
            raise
        raise _explained(target, error) from error
    finally:
        _remove(partial)


def make_folder(folder: Path) -> None:
    """Make a folder for readers. Raises PublishingError where that is refused."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _explained(folder, error) from error


def remove_strays(folder: Path, keep: set[Path]) -> None:
    """Remove the files of a folder that are not among `keep`, those of an interrupted run included."""
    for path in folder.iterdir():
        if path not in keep and path.is_file():
            path.unlink()


def _remove(partial: Path) -> None:
    for path in (partial, partial.with_name(partial.name + ".wal"), partial.with_name(partial.name + "-journal")):
        try:
            path.unlink(missing_ok=True)
        except OSError:  # what forbids this forbids the writing too, which says so
            return


def _explained(target: Path, error: Exception) -> PublishingError:
    number = error.errno if isinstance(error, OSError) else None
    text = str(error)
    if number in (errno.ENOSPC, errno.EDQUOT) or any(sign in text for sign in _FULL):
        advice = "The disk is full. Free some space or point KLIMATLAGER_DATA_DIR at a larger disk, and refresh again."
    elif number == errno.EFBIG or any(sign in text for sign in _LARGE):
        advice = "The file is larger than this user or disk may hold. Raise the limit (ulimit -f), and refresh again."
    elif number in (errno.EACCES, errno.EPERM, errno.EROFS) or any(sign in text for sign in _FORBIDDEN):
        advice = f"Give the user who runs the refresh the right to write in {target.parent}, and refresh again."
    else:
        advice = "Mend what the message names, and refresh again."
    return PublishingError(f"{target} could not be written: {text.strip()}. {advice} The last good file stays.")
