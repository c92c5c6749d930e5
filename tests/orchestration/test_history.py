"""Changes, revisions and corrections as a reader finds them in the published file."""

import json
import re

import duckdb
import pytest

from orchestration.contracts.municipalities import Register
from orchestration.quality.baseline import falls, read_baseline
from orchestration.quality.change_figures import as_rows, figures_of, measured_once
from orchestration.quality.changes import Chain, Figures, load_chains, predict_changes, score_chain, total
from orchestration.settings import ROOT
from orchestration.versions import code_version


@pytest.fixture
def published(refreshed):
    with duckdb.connect(str(refreshed.settings.published_file), read_only=True) as connection:
        yield connection


def test_a_change_has_both_quotes_both_values_and_whether_it_is_declared(published):
    found = published.execute(
        "select change_type, attribute, value_from, value_to, ambition, is_declared, quote_from, quote_to from fct_change "
        "where entity_id = 'karlskrona-goal-climate_neutral-territorial' and attribute = 'target_year'"
    ).fetchall()
    (row,) = found
    assert row[:6] == ("target_year_moved_earlier", "target_year", "2040", "2035", "strengthened", True)
    assert "2040" in row[6]
    assert "2035" in row[7]


def test_what_a_missing_section_held_is_not_called_removed(published):
    found = published.execute(
        "select distinct change_type from fct_change where to_contract_version_id = 'karlskrona-2022' "
        "and (quote_from like '%laddplan%' or quote_from like '%skolskjuts%' or quote_from like '%45 procent av resorna%')"
    ).fetchall()
    assert found == [("not_comparable",)]


def test_a_silent_drop_is_a_removal_without_a_word(published):
    drops = published.execute("select quote_from from rpt_silent_drop where entity = 'goal'").fetchall()
    assert any("80 procent av den energi" in quote for (quote,) in drops)
    assert not any("5 GWh solel" in quote for (quote,) in drops), "the text says that this one is gone"
    assert published.execute("select count(*) from rpt_silent_drop where entity_name is null").fetchone() == (0,)


def test_the_history_of_a_goal_stands_in_one_row_and_in_long_form(published):
    found = published.execute(
        "select distinct history_target_year from rpt_goal where goal_id = 'karlskrona-goal-climate_neutral-territorial'"
    ).fetchall()
    assert found == [([2040, 2035],)]
    long = published.execute(
        "select version_no, target_year, change_types_sv from rpt_goal_history "
        "where goal_id = 'karlskrona-goal-climate_neutral-territorial' order by 1"
    ).fetchall()
    assert long == [(1, 2040, None), (2, 2035, ["Tidigare målår"])]


def documented(name: str) -> str:
    """The SQL block of docs/changes.md that follows the comment `-- name`."""
    text = (ROOT / "docs" / "changes.md").read_text(encoding="utf-8")
    found = re.search(rf"```sql\n-- {name}\n(.*?)```", text, re.DOTALL)
    assert found
    return found[1]


def test_what_was_believed_on_a_day_is_a_documented_query(published):
    query = documented("what was believed on a day")
    before = published.execute(query, {"day": "2026-01-02", "municipality_id": "1380"}).fetchall()
    now = published.execute(query, {"day": "2100-01-01", "municipality_id": "1380"}).fetchall()

    def fleet(rows):
        return [row for row in rows if "fordonsflotta" in str(row) and "halmstad-2023" in str(row)]

    assert "2029" in str(fleet(before))
    assert "2027" in str(fleet(now))
    assert not any("2029" in str(row) for row in fleet(now))


def test_a_withdrawn_version_was_believed_while_it_stood(published):
    query = documented("what was believed on a day")
    assert published.execute(query, {"day": "2026-01-02", "municipality_id": "2080"}).fetchall()
    assert not published.execute(query, {"day": "2100-01-01", "municipality_id": "2080"}).fetchall()


def test_a_revision_keeps_the_goals_id(published):
    found = published.execute(
        "select count(distinct goal_id), count(distinct document_id) from fct_goal_history "
        "where replace(quote, chr(10), ' ') like '%fordonsflotta ska vara fossilfri%' and document_id like 'halmstad%'"
    ).fetchone()
    assert found == (1, 3)


def test_a_corrected_fact_is_reviewed_and_the_log_says_by_whom(published):
    found = published.execute(
        "select target_year, extractor, confidence, decided_by, why, before from fct_goal "
        "inner join correction_log on fact_id = goal_version_id where action = 'edit'"
    ).fetchall()
    assert found == [(2026, "reviewed", 1.0, "Eva", "fel år", "target_year=2025")]
    added = published.execute("select quote, goal_type from fct_goal where rule_id = 'correction'").fetchall()
    assert added == [("Nämnderna redovisar i april varje år", "governance")]


def test_a_correction_that_finds_nothing_is_told(published):
    found = published.execute(
        "select line, outcome, reason from correction_log where outcome <> 'applied' order by 1"
    ).fetchall()
    assert [(line, outcome) for line, outcome, _ in found] == [(3, "not_found"), (5, "no_such_version")]
    assert all(reason for _, _, reason in found)


def test_review_writes_the_next_lines_and_never_over_work(refreshed, tmp_path):
    target = tmp_path / "review.csv"
    finished = refreshed.run("review", "--limit", "3", "--output", str(target))
    assert finished.returncode == 0, finished.stderr
    assert target.read_bytes().startswith(b"\xef\xbb\xbfcontract_version_id;")
    assert len(target.read_text(encoding="utf-8-sig").splitlines()) == 3 + 4 + 3
    again = refreshed.run("review", "--output", str(target))
    assert (again.returncode, "is there already" in again.stderr) == (1, True)


@pytest.fixture(scope="module")
def figures(refreshed):
    """Figures with annotated facts; only those of readable chains are told apart."""
    register = Register.from_csv(refreshed.settings.municipalities_file)
    found = {}
    for chain in load_chains(refreshed.settings.gold_dir):
        rows = predict_changes(refreshed.settings.warehouse_file, [chain], register, "gold")
        found[chain.name] = (chain.is_unseen, score_chain(chain, rows))
    return found


def test_change_types_of_the_readable_chains_are_right(figures):
    whole = total([found for is_unseen, found in figures.values() if not is_unseen])
    assert whole.right / whole.gold >= 0.97


def test_nothing_is_called_removed_that_is_not(figures):
    assert total([found for _, found in figures.values()]).false_removed == 0


def test_the_refresh_has_measured_how_changes_are_told_and_nothing_fell(refreshed):
    settings = refreshed.settings
    kept = json.loads(settings.change_figures_file.read_text(encoding="utf-8"))
    assert kept["version"] == code_version()
    assert falls(as_rows(kept["figures"]), read_baseline(settings.change_baseline_file)) == []
    assert kept["figures"].keys() == read_baseline(settings.change_baseline_file).keys()


def test_a_removal_that_is_none_is_a_fall_and_the_same_code_is_measured_once(tmp_path):
    chain = Chain("a:Lund", False, {}, [], [])
    before = figures_of(chain, "gold", Figures(gold=40, right=38))
    after = figures_of(chain, "gold", Figures(gold=40, right=38, false_removed=1))
    assert [fall.place for fall in falls(as_rows(after), before)] == [
        "a:Lund, changes of annotated facts, not falsely removed"
    ]
    assert falls(as_rows(before), before) == []
    cache = tmp_path / "figures.json"
    cache.write_text(json.dumps({"version": "v1", "figures": after}), encoding="utf-8")
    missing = tmp_path / "none.duckdb"
    assert measured_once(cache, "v1", missing, tmp_path, Register(())) == after
    with pytest.raises(FileNotFoundError):
        measured_once(cache, "v2", missing, ROOT / "tests" / "gold", Register(()))
