"""Drop a file, see it land: the real web server and daemon, three kinds of files, and the UI in a real browser."""

import itertools
import json
import socket
import time
from urllib.parse import urlsplit

import duckdb
import pytest

from orchestration.run_tags import STARTED_BY
from tests.conftest import GOLD
from tests.end_to_end.browser import browser

_SHOW_PICTURE = """
[...document.querySelectorAll("tr")].filter(row => row.innerText.includes("facts_by_municipality")).at(-1)
  .querySelectorAll("button, a, span, div").forEach(found => {
    if (found.children.length === 0 && found.innerText.includes("Show Markdown")) found.click();
  })
"""
_PICTURE_WIDTH = "document.querySelector('img[src^=\"data:image/svg\"]')?.naturalWidth"


def test_files_that_are_dropped_are_published_within_minutes_and_the_ui_shows_it(running, artefacts, tmp_path):
    port = urlsplit(running.address).port
    with pytest.raises(ConnectionRefusedError), socket.create_connection(("127.0.0.2", port), timeout=5):
        pass  # a UI on all addresses, not on 127.0.0.1 alone, would answer here too

    raw = running.settings.raw_dir
    known = {run.run_id for run in running.runs()}
    contract = raw / "karlskrona" / "2021.txt"
    changed = contract.read_text(encoding="utf-8") + "\nKarlskrona kommun ska vara klimatneutral senast 2034.\n"
    dropped = time.time()
    (raw / "strangnas").mkdir()
    (raw / "strangnas" / "2024.txt").write_bytes((GOLD / "authored_d" / "strangnas-2024.txt").read_bytes())
    contract.write_text(changed, encoding="utf-8")
    (raw / "malmo").mkdir()
    (raw / "malmo" / "2023.pdf").write_bytes(b"%PDF-1.7 cut off")

    run = running.wait("a run for the files", lambda: running.finished(known), 240)
    published = time.time()

    assert run.status == "SUCCESS", running.log.read_text(errors="replace")[-4000:]
    assert run.job == "refresh"
    assert {
        "contract_version/strangnas-2024",
        "contract_version/karlskrona-2021",
        "municipality/strangnas",
    } <= run.tags.keys()
    with duckdb.connect(str(running.settings.published_file), read_only=True) as connection:
        ask = connection.sql
        goals = ask("select goal_version_id from fct_goal where contract_version_id = 'strangnas-2024'").fetchall()
        revised = ask(
            "select revision, contains(raw_text, 'senast 2034') from contract_text "
            "join dim_contract_version as v using (contract_version_id) "
            "where contract_version_id = 'karlskrona-2021' and v.is_current"
        ).fetchall()
        broken = ask("select outcome, reason from load_log where source_path = 'malmo/2023.pdf'").fetchall()
    assert revised == [(2, True)]
    assert goals
    assert [outcome for outcome, _ in broken] == ["rejected"]
    assert len(broken[0][1]) > 30
    assert running.settings.state_file.exists()
    figures = {"drop_to_published_seconds": published - dropped, "run_seconds": run.ended - run.started}
    (artefacts / "drop_a_file.json").write_text(json.dumps(figures, indent=2))

    with browser(tmp_path / "chromium") as page:
        page.open(f"{running.address}/asset-groups")
        page.wait_for("Global asset lineage", "documents", "mentions", "published")
        page.picture(artefacts / "asset_graph.png")
        page.open(f"{running.address}/runs/{run.run_id}")
        page.wait_for(run.run_id[:8], "Success", "raw__file_event", "modelled", "published")
        page.picture(artefacts / "run.png")
        page.open(f"{running.address}/assets/published/klimatlager_duckdb?view=overview")
        page.wait_for("klimatlager_duckdb", "Description", "the public tables, read-only")
        page.picture(artefacts / "asset.png")
        page.evaluate(_SHOW_PICTURE)
        running.wait("the picture in the metadata", lambda: page.evaluate(_PICTURE_WIDTH), 30)
        page.picture(artefacts / "picture.png")
        page.open(f"{running.address}/assets/main/rpt_goal?view=overview")
        page.wait_for("rpt_goal", "Columns", "goal_type_sv")
        page.picture(artefacts / "columns.png")
        assert page.complaints == []

    running.wait("a quiet sensor", lambda: b"Nothing new among" in running.log.read_bytes()[-4000:], 60)
    assert [found.run_id for found in running.runs() if found.run_id not in known] == [run.run_id], "one run, not two"


def test_runs_asked_for_at_once_by_hand_by_the_sensor_and_by_a_schedule_queue_and_all_succeed(running):
    known = {run.run_id for run in running.runs()}
    (running.settings.raw_dir / "umea").mkdir()
    (running.settings.raw_dir / "umea" / "2024.txt").write_text(
        "Klimatkontrakt 2030 för Umeå kommun.\n\n3.1 Klimatmål\nUmeå ska vara klimatneutralt 2030.\n", encoding="utf-8"
    )
    asked = running.wait("the sensor's run", lambda: {run.run_id for run in running.runs()} - known, 120)
    by_hand = running.launch("publish_only")
    by_schedule = running.tick("nightly_refresh", "refresh")

    def ended():
        runs = [run for run in running.runs() if run.run_id not in known]
        return runs if all(run.ended for run in runs) else None

    runs = running.wait("three runs", ended, 300)

    assert {run.run_id for run in runs} == {*asked, by_hand, by_schedule}
    assert [run.status for run in runs] == ["SUCCESS"] * 3, running.log.read_text(errors="replace")[-4000:]
    assert {run.tags.get(STARTED_BY, "hand") for run in runs} == {
        "sensor raw_files", "hand", "schedule nightly_refresh",
    }  # fmt: skip
    spans = sorted((run.started, run.ended) for run in runs)
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(spans)), "one writer at a time"
