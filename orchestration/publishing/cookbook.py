"""Pages with questions, their SQL and the answers that the published file gives: docs/cookbook.md and the README.

Here: reading a page and writing its answers anew. Questions and SQL are written by hand on the page itself, the SQL
between the marks `<!-- answer: name -->` and `<!-- /answer -->`; what follows it there is made.
"""

import re
from dataclasses import dataclass
from typing import Any

import duckdb

from orchestration.publishing.snapshot import Snapshot

_SHOWN_ROWS = 8
_SHOWN_CHARACTERS = 90
_RECIPE = re.compile(
    r"^<!-- answer: (?P<name>[\w-]+) -->\n```sql\n(?P<sql>.*?)```\n(?P<answer>.*?)^<!-- /answer -->$",
    re.MULTILINE | re.DOTALL,
)
_BUILD = re.compile(r"^<!-- build -->\n.*?^<!-- /build -->$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Recipe:
    """One question's SQL, with the answer that stands on the page."""

    name: str
    sql: str
    answer: str

    @property
    def columns(self) -> list[str]:
        """The columns of the answer on the page; none before it was ever worked out."""
        first = self.answer.strip().partition("\n")[0]
        return [cell.strip() for cell in first.strip("|").split("|")] if first.startswith("|") else []


def recipes(page: str) -> list[Recipe]:
    """The questions of a page, in order."""
    return [Recipe(m["name"], m["sql"].strip(), m["answer"]) for m in _RECIPE.finditer(page)]


def answered(page: str, snapshot: Snapshot) -> str:
    """The page with every answer worked out anew. Raises duckdb.Error, naming the question, for SQL that fails."""
    with duckdb.connect(str(snapshot.path), read_only=True) as connection:

        def answer(match: "re.Match[str]") -> str:
            try:
                shown = _table(connection, match["sql"])
            except duckdb.Error as error:
                error.add_note(f"In the question {match['name']}.")
                raise
            return f"<!-- answer: {match['name']} -->\n```sql\n{match['sql']}```\n\n{shown}<!-- /answer -->"

        build = (
            f"<!-- build -->\nThe answers are those of build `{snapshot.stamp.build_id}`, "
            f"texts `{snapshot.stamp.corpus_fingerprint}`.\n<!-- /build -->"
        )
        return _BUILD.sub(lambda _: build, _RECIPE.sub(answer, page))


def _table(connection: duckdb.DuckDBPyConnection, query: str) -> str:
    result = connection.execute(query)
    names = [column[0] for column in result.description or ()]
    rows = result.fetchall()
    lines = [f"| {' | '.join(names)} |", "|" + "---|" * len(names)]
    lines += [f"| {' | '.join(map(_cell, row))} |" for row in rows[:_SHOWN_ROWS]]
    if not rows:
        lines.append("\nNo rows in this build.")
    elif len(rows) > _SHOWN_ROWS:
        lines.append(f"\n… {len(rows)} rows in all.")
    return "\n".join(lines) + "\n"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = " ".join(f"{value:g}".split() if isinstance(value, float) and abs(value) < 1e6 else str(value).split())
    if len(text) > _SHOWN_CHARACTERS:
        text = text[: _SHOWN_CHARACTERS - 1] + "…"
    return text.replace("|", "\\|")
