"""Matching and the raw tables: documents in, raw.goal_entity, raw.initiative_entity and what texts say of changes out.

Here: which municipalities are due, their versions as values, and replacing their rows. Not here: any rule of matching.
Work is proportional to what changed: a municipality whose documents, facts and matching code are those of the last run
is left alone.
"""

import hashlib
from collections import defaultdict
from dataclasses import asdict

import duckdb

from orchestration.frames import frame
from orchestration.matching.match import Matched, match
from orchestration.matching.model import FactKey, GoalFact, InitiativeFact, Placement, TextSentence, Version
from orchestration.matching.words import telling
from orchestration.rows import Row
from orchestration.warehouse import insert_rows

TABLES = ("goal_entity", "initiative_entity", "change_declaration", "change_echo")

_DOCUMENTS = """
    select d.municipality_id, d.document_id, d.contract_version_id, d.version_year, bool_or(r.is_current),
        string_agg(distinct s.stage || ' ' || s.version, ', ' order by s.stage || ' ' || s.version)
    from raw.document as d
    inner join raw.revision as r on d.document_id = r.document_id
    left join raw.stage_state as s on d.document_id = s.document_id
    group by all
    order by all
"""


def match_due(connection: duckdb.DuckDBPyConnection, version: str) -> int:
    """Match the municipalities that are due and replace their rows. Returns how many there were."""
    documents: dict[str, list[tuple[str, str, int | None, bool]]] = defaultdict(list)
    marks: dict[str, list[str]] = defaultdict(lambda: [version])
    for municipality, document, contract, year, is_current, stages in connection.execute(_DOCUMENTS).fetchall():
        documents[municipality].append((document, contract, year, is_current))
        marks[municipality].append(repr((document, contract, year, is_current, stages)))
    fingerprints = {key: hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16] for key, lines in marks.items()}
    known = dict(connection.execute("from raw.matching_state").fetchall())
    due = sorted(key for key, fingerprint in fingerprints.items() if known.get(key) != fingerprint)
    for table in (*TABLES, "matching_state"):
        connection.execute(
            f"delete from raw.{table} where municipality_id in (select unnest(?)) "
            "or municipality_id not in (select unnest(?))",
            [due, list(documents)],
        )
    for municipality in due:
        versions = [_version(connection, *document) for document in documents[municipality]]
        for table, rows in _rows(municipality, versions, match(versions)).items():
            insert_rows(connection, table, frame(table, rows))
    marked = [{"municipality_id": key, "fingerprint": fingerprints[key]} for key in due]
    insert_rows(connection, "matching_state", frame("matching_state", marked))
    return len(due)


def _version(
    connection: duckdb.DuckDBPyConnection, document: str, contract: str, year: int | None, is_current: bool
) -> Version:
    goals = connection.execute(
        "select fact_no, quote, section, goal_type, target_form, scope, unit, value, baseline_year, target_year, "
        "effective_year, status, char_start from raw.goal_mention where document_id = ? order by fact_no",
        [document],
    ).fetchall()
    initiatives = connection.execute(
        "select fact_no, quote, section, name, initiative_type, char_start from raw.initiative_mention "
        "where document_id = ? order by fact_no",
        [document],
    ).fetchall()
    sentences = connection.execute(
        "select s.section, s.kind, substr(d.raw_text, s.char_start + 1, s.char_end - s.char_start), s.char_start, "
        "s.char_end from raw.sentence as s inner join raw.document as d on s.document_id = d.document_id "
        "where s.document_id = ? order by s.sentence_no",
        [document],
    ).fetchall()
    return Version(
        document_id=document,
        contract_version_id=contract,
        version_year=year,
        is_current=is_current,
        goals=tuple(
            GoalFact(
                key=FactKey(document, number), quote=quote, section=section, goal_type=goal_type, target_form=form,
                scope=scope, unit=unit, value=value, baseline_year=baseline, target_year=target or effective,
                status=status, char_start=start,
            )
            for number, quote, section, goal_type, form, scope, unit, value, baseline, target, effective, status, start
            in goals
        ),
        initiatives=tuple(
            InitiativeFact(
                key=FactKey(document, number), quote=quote, section=section, name=name, initiative_type=kind,
                char_start=start,
            )
            for number, quote, section, name, kind, start in initiatives
        ),
        sentences=tuple(
            TextSentence(section=section, kind=kind, quote=quote, char_start=start, char_end=end)
            for section, kind, quote, start, end in sentences
        ),
    )  # fmt: skip


def _rows(municipality: str, versions: list[Version], matched: Matched) -> dict[str, list[Row]]:
    texts = {goal.key: goal.quote for version in versions for goal in version.goals}
    names = {initiative.key: initiative.name for version in versions for initiative in version.initiatives}
    town = {"municipality_id": municipality}
    return {
        "goal_entity": [town | _placed(one, "goal_id", texts[one.key]) for one in matched.goals],
        "initiative_entity": [town | _placed(one, "initiative_id", names[one.key]) for one in matched.initiatives],
        "change_declaration": [town | _spoken(asdict(one)) for one in matched.declarations],
        "change_echo": [town | _spoken(asdict(one)) for one in matched.echoes],
    }


def _placed(placement: Placement, name: str, text: str) -> Row:
    return {
        "document_id": placement.key.document_id,
        "fact_no": placement.key.fact_no,
        name: placement.entity_id,
        "basis": placement.basis,
        "score": placement.score,
        "words": " ".join(telling(text)),
    }


def _spoken(row: Row) -> Row:
    row["entity"] = row.pop("kind")
    return row
