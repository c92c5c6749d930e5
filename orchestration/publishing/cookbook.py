"""docs/cookbook.md: questions, their SQL, and the answers that the published file gives.

Here: reading the page and writing its answers anew. The questions and the SQL are written by hand on the page itself;
what stands between the marks `<!-- answer -->` and `<!-- end -->` is made.
"""

import re
from dataclasses import dataclass
from typing import Any

import duckdb

from orchestration.publishing.snapshot import Snapshot

_SHOWN_ROWS = 8
_SHOWN_CHARACTERS = 90
_RECIPE = re.compile(
    r"^### (?P<number>\d+)\. (?P<question>.+?)\n(?P<text>.*?)```sql\n(?P<sql>.*?)```\n+"
    r"<!-- answer -->\n(?P<answer>.*?)<!-- end -->$",
    re.MULTILINE | re.DOTALL,
)
_BUILD = re.compile(r"<!-- build -->\n.*?<!-- end -->", re.DOTALL)


@dataclass(frozen=True)
class Recipe:
    """One question of the cookbook, with the answer that stands on the page."""

    number: int
    question: str
    sql: str
    answer: str

    @property
    def columns(self) -> list[str]:
        """The columns of the answer on the page."""
        first = self.answer.strip().partition("\n")[0]
        return [cell.strip() for cell in first.strip("|").split("|")] if first.startswith("|") else []


def recipes(page: str) -> list[Recipe]:
    """The questions of a page, in order."""
    return [Recipe(int(m["number"]), m["question"], m["sql"].strip(), m["answer"]) for m in _RECIPE.finditer(page)]


def answered(page: str, snapshot: Snapshot) -> str:
    """The page with every answer worked out anew. Raises duckdb.Error, naming the question, for SQL that fails."""
    with duckdb.connect(str(snapshot.path), read_only=True) as connection:

        def answer(match: "re.Match[str]") -> str:
            try:
                shown = _table(connection, match["sql"])
            except duckdb.Error as error:
                error.add_note(f"In question {match['number']} of the cookbook: {match['question']}")
                raise
            start, end = match.span("answer")
            offset = match.start()
            whole = match.group()
            return whole[: start - offset] + shown + whole[end - offset :]

        build = (
            f"<!-- build -->\nThe answers are those of build `{snapshot.stamp.build_id}` "
            f"(texts `{snapshot.stamp.corpus_fingerprint}`).\n<!-- end -->"
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
