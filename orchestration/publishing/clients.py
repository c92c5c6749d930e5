"""Whether older DuckDB clients can open a DuckDB file, told from the file itself: no other client is installed here.

Here: the storage number in the file's header, and what older clients stumble over. What it proves: that the client's own
check of the header lets the file in, and that none of the known stumbling blocks is there. What it does not prove: that
every table can be read; that is tests/serving/test_old_client.py, with a real client of 2024, before each release.
"""

from pathlib import Path

import duckdb

OLDEST_CLIENT = "0.10.3"
STORAGE_NUMBER = 64
"""What clients from 0.10 to 1.1 write, and the highest that they read; 1.2 and later raise it unless told not to."""
_MAGIC, _AT = b"DUCK", 8
"""The header: a checksum of 8 bytes, the magic bytes, the storage number as 8 bytes, least significant first."""


def obstacles(path: Path) -> list[str]:
    """What keeps clients from OLDEST_CLIENT on from opening the file, in words; none when nothing does.

    Raises OSError or duckdb.Error where this client can't read the file either.
    """
    with path.open("rb") as file:
        head = file.read(_AT + len(_MAGIC) + 8)
    if head[_AT : _AT + len(_MAGIC)] != _MAGIC:
        return ["it is no DuckDB file"]
    found = []
    number = int.from_bytes(head[_AT + len(_MAGIC) :], "little")
    if number != STORAGE_NUMBER:
        found.append(f"its storage number is {number}, and they read {STORAGE_NUMBER}")
    with duckdb.connect(str(path), read_only=True) as connection:
        keys = connection.execute(
            "select table_name from duckdb_constraints() where constraint_type in ('PRIMARY KEY', 'UNIQUE', 'FOREIGN KEY') "
            "union select table_name from duckdb_indexes() order by 1"
        ).fetchall()
    if keys:
        found.append(
            f"tables hold keys or indexes ({', '.join(name for (name,) in keys)}), which clients before 1.1 can't read"
        )
    return found
