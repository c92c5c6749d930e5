"""What the assets are given: the settings, the warehouse, the archive, and where progress is told.

Here: Dagster's view of these things. Nothing else in the assets opens a file.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property

import dagster as dg

from orchestration.contracts.archive import Archive
from orchestration.contracts.municipalities import Register
from orchestration.contracts.reading import Limits
from orchestration.settings import Settings
from orchestration.warehouse import Warehouse


class Project:
    """The project's settings and what hangs on them. Opens nothing until it is asked to.

    A plain object (dg.ResourceParam), not a ConfigurableResource: its values come from the environment through
    Settings and from nowhere else, and a command passes its own teller of progress.
    """

    def __init__(
        self,
        settings: Settings,
        tell: Callable[[str, str], None] | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.settings = settings
        self._tell = tell
        self.now = now

    @cached_property
    def warehouse(self) -> Warehouse:
        """The working warehouse."""
        return Warehouse(self.settings.warehouse_file, self.settings.lock_timeout_seconds)

    @cached_property
    def archive(self) -> Archive:
        """The archive of everything that was ever loaded."""
        return Archive(self.settings.archive_dir)

    @cached_property
    def register(self) -> Register:
        """The 290 municipalities."""
        return Register.from_csv(self.settings.municipalities_file)

    @property
    def limits(self) -> Limits:
        """How large files may be."""
        return self.settings.limits

    def tell(self, context: dg.AssetExecutionContext, stage: str, text: str) -> None:
        """One line of progress: to the run's log, and to the terminal where a command runs the job."""
        context.log.info("%s: %s", stage, text)
        if self._tell:
            self._tell(stage, text)
