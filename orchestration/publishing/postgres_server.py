"""Where a PostgreSQL server is that the publishing loads, and how it is named to people without its password.

Here: the address and the names. Not here: any connection (postgres).
"""

import hashlib
import re
from dataclasses import dataclass, field
from typing import Any

_NAME = re.compile(r"[a-z_][a-z0-9_]{0,40}")


class PostgresError(RuntimeError):
    """The server could not be loaded; its last good schema stays, and the message says what to do."""


@dataclass(frozen=True)
class Server:
    """Where to load: an address (URL or key=value), the schema, and the role that may read it."""

    address: str = field(repr=False)
    schema: str = "klimatlager"
    reader: str = "klimatlager_reader"

    def __post_init__(self) -> None:
        for name in (self.schema, self.reader):
            if not _NAME.fullmatch(name):
                raise ValueError(f"{name!r} can't name a PostgreSQL schema or role: a-z, 0-9 and _ alone, at most 41.")

    def place(self) -> str:
        """Host, database and schema, for people: without the password. Raises PostgresError for a bad address."""
        parts = self.parts()
        host = parts.get("host") or parts.get("hostaddr") or "the local socket"
        port = f":{parts['port']}" if "port" in parts else ""
        return f"{host}{port}, database {parts.get('dbname', 'by default')}, schema {self.schema}"

    def fingerprint(self) -> str:
        """Tells one server, schema and role from another; made of what is no secret."""
        public = {key: value for key, value in self.parts().items() if "password" not in key}
        return hashlib.sha256(repr((sorted(public.items()), self.schema, self.reader)).encode()).hexdigest()[:12]

    def parts(self) -> dict[str, Any]:
        """The address, taken apart. Raises PostgresError, without repeating the address, where that can't be done."""
        import psycopg  # late: the settings are read before anything heavy is wanted
        from psycopg.conninfo import conninfo_to_dict

        try:
            return dict(conninfo_to_dict(self.address))
        except psycopg.Error:
            pass  # its words may hold the password
        raise PostgresError(
            "KLIMATLAGER_POSTGRES_URL is not an address that PostgreSQL understands. It should look like "
            "postgresql://user:password@host:5432/database, with special characters percent-encoded."
        )
