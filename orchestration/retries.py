"""Trying again: when a lock is held or a disk answers badly, and never otherwise.

Here: which errors may pass by themselves, and how long to wait. Not here: runs that failed as a whole (sensors).
"""

from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg
import duckdb

from orchestration.warehouse import WarehouseLockedError

WAITS_SECONDS = (5.0, 30.0, 120.0)
_PERMANENT = (FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError)


def may_pass(error: BaseException) -> bool:
    """Whether the error may be gone in a while: a held lock, I/O. Not: a missing file, a permission, anything else."""
    return isinstance(error, WarehouseLockedError | OSError | duckdb.IOException) and not isinstance(error, _PERMANENT)


@contextmanager
def retrying(context: dg.AssetExecutionContext | dg.AssetCheckExecutionContext) -> Iterator[None]:
    """Ask for the step to be run again, later each time, when its error may pass; three times at most."""
    try:
        yield
    except Exception as error:
        if not may_pass(error):
            raise
        attempt = context.op_execution_context.retry_number
        if attempt >= len(WAITS_SECONDS):
            raise
        context.log.warning("%s Trying again in %g seconds.", error, WAITS_SECONDS[attempt])
        raise dg.RetryRequested(max_retries=len(WAITS_SECONDS), seconds_to_wait=WAITS_SECONDS[attempt]) from error
