"""`klimatlager review`: the next lines of raw/corrections.csv, from the published facts of least confidence.

Here: which facts, and where the file goes. Not here: how it is written (corrections/review).
"""

from pathlib import Path

import duckdb

from orchestration.corrections.columns import ATTRIBUTES, OF_KIND
from orchestration.corrections.current import load_codes
from orchestration.corrections.reading import Corrections, read_corrections
from orchestration.corrections.review import write_review
from orchestration.settings import Settings

_KEYS = {"goal": "goal_version_id", "outcome": "outcome_id", "initiative": "initiative_version_id"}


def review_file(settings: Settings, target: Path, limit: int) -> tuple[int, int]:
    """Write `target`: every line of raw/corrections.csv, then up to `limit` facts to judge. Returns both counts.

    Raises FileNotFoundError when nothing was ever published, and FileExistsError when the target is there already: it
    may hold a person's work.
    """
    if not settings.published_file.exists():
        raise FileNotFoundError(f"Nothing is published at {settings.published_file} yet. Run `make refresh`.")
    if target.exists():
        raise FileExistsError(f"{target} is there already and may hold work. Move it, or choose another --output.")
    corrections = current_file(settings)
    facts = _least_sure(settings.published_file, limit, corrections)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(write_review(corrections, facts))
    return len(corrections.rows), len(facts)


def current_file(settings: Settings) -> Corrections:
    """raw/corrections.csv as it lies there now; none where there is no file."""
    path = settings.corrections_file
    return read_corrections(path.read_bytes(), load_codes(settings.codes_dir)) if path.exists() else Corrections()


def _least_sure(published: Path, limit: int, corrections: Corrections) -> list[dict[str, object]]:
    queries = [
        f"select '{kind}' as kind, {_KEYS[kind]} as fact_id, contract_version_id, quote, char_start, extractor, "
        f"confidence, {', '.join(sorted(OF_KIND[kind]))} from fct_{kind}"
        for kind in OF_KIND
    ]
    names = ", ".join(name for name in ATTRIBUTES)
    known: list[tuple[str, str, str]] = [
        (line.contract_version_id, line.kind, " ".join(line.quote.split())) for line in corrections.lines
    ]
    known += [
        (
            row.get("contract_version_id", ""),
            row.get("kind", ""),
            " ".join(row.get("quote", "").removeprefix("'").split()),
        )
        for _, row in corrections.rows
    ]
    with duckdb.connect(str(published), read_only=True) as connection:
        connection.execute("create temp table known (contract_version_id varchar, kind varchar, quote varchar)")
        if known:
            connection.executemany("insert into known values (?, ?, ?)", known)
        cursor = connection.execute(
            f"with fact as ({' union all by name '.join(queries)}), plain as (select *, "
            "trim(regexp_replace(quote, '\\s+', ' ', 'g')) as words from fact), "
            "numbered as (select *, if(count(*) over same > 1, row_number() over (same order by char_start, fact_id), "
            "null) as nr from plain window same as (partition by contract_version_id, kind, words)) "
            f"select kind, contract_version_id, quote, nr, confidence, {names} from numbered "
            "anti join known on numbered.contract_version_id = known.contract_version_id "
            "and numbered.kind = known.kind and numbered.words = known.quote "
            "where extractor <> 'reviewed' order by confidence, contract_version_id, char_start, fact_id limit ?",
            [limit],
        )
        columns = [column[0] for column in cursor.description]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
