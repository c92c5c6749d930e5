"""Each dashboard in a real browser: every chart of it asks for rows, gets some, and draws them."""

import json
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlparse

import duckdb
import pytest
import yaml

from tests.bi.conftest import ASSETS
from tests.end_to_end.browser import Page

DASHBOARDS = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in ASSETS.glob("dashboards/*.yaml")}

# What each chart shows: a canvas with more than one colour, rows of a table, or a figure; and its error, if any.
_SHOWN = """
[...document.querySelectorAll("[data-test-chart-id]")].map(chart => {
  const canvas = chart.querySelector("canvas");
  let colours = 0;
  if (canvas) {
    const pixels = new Uint32Array(canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.buffer);
    colours = new Set(pixels).size;
  }
  return {
    id: Number(chart.dataset.testChartId),
    title: chart.dataset.testChartName,
    colours,
    rows: chart.querySelectorAll("tbody tr td").length,
    figure: chart.querySelector(".header-line")?.innerText ?? "",
    error: chart.querySelector("[role=alert], .ant-alert, .ant-empty")?.innerText ?? "",
  };
})
"""
_BUSY = "document.querySelectorAll('[data-test=loading-indicator], .loading').length"


def charts_of(slug):
    position = DASHBOARDS[slug]["position"].values()
    return {item["meta"]["sliceName"] for item in position if isinstance(item, dict) and item.get("type") == "CHART"}


def show(page: Page, address: str, charts: int, seconds: float = 90) -> list[dict[str, Any]]:
    """Open a dashboard and give what its charts show, once all are there and none changes any more."""
    page.answers.clear()
    page.complaints.clear()
    page.open(address)
    deadline = time.monotonic() + seconds
    before: list[dict[str, Any]] = []
    while time.monotonic() < deadline:
        time.sleep(0.7)
        shown = page.evaluate(_SHOWN) or []
        drawn = [chart for chart in shown if chart["colours"] > 8 or chart["rows"] or chart["figure"] or chart["error"]]
        if len(drawn) == charts and shown == before and not page.evaluate(_BUSY):
            return shown
        before = shown
    pytest.fail(f"{address} was never whole: {before}\n{page.complaints}")


@dataclass(frozen=True)
class Shown:
    """A dashboard as it stood: its charts, the rows that each was given, and what the browser met on the way."""

    charts: list[dict[str, Any]]
    rows: dict[int, int]
    addresses: list[str]
    complaints: list[str]


@pytest.fixture(scope="module")
def dashboards(superset, page):
    """Each dashboard, opened once; its picture goes to $CI_ARTEFACTS."""
    folder = Path(os.environ.get("CI_ARTEFACTS") or superset.data)
    found = {}
    for slug in DASHBOARDS:
        charts = show(page, f"{superset.address}/superset/dashboard/{slug}/", len(charts_of(slug)))
        page.picture(folder / f"superset_{slug}.png")
        rows = {}
        for request, address in list(page.answers.items()):
            query = json.loads(parse_qs(urlparse(address).query).get("form_data", ["{}"])[0])
            if "/api/v1/chart/data" in address and "slice_id" in query:
                rows[query["slice_id"]] = json.loads(page.body(request))["result"][0]["rowcount"]
        found[slug] = Shown(charts, rows, list(page.answers.values()), list(page.complaints))
    return found


@pytest.mark.parametrize("slug", sorted(DASHBOARDS))
def test_every_chart_of_a_dashboard_gets_rows_and_draws_them(dashboards, slug):
    shown = dashboards[slug]
    assert {chart["title"] for chart in shown.charts} == charts_of(slug)
    assert [chart for chart in shown.charts if chart["error"]] == []
    assert [chart["title"] for chart in shown.charts if not shown.rows.get(chart["id"])] == []


def test_no_answer_comes_from_another_machine_and_the_counting_pixel_is_blocked(superset, dashboards):
    for shown in dashboards.values():
        hosts = {urlparse(address).netloc for address in shown.addresses if address.startswith("http")}
        assert hosts == {urlparse(superset.address).netloc}
        blocked = [line for line in shown.complaints if "scarf.sh" in line and "violates the following Content" in line]
        assert shown.complaints == blocked


def test_the_figures_are_those_of_the_published_file(superset, dashboards):
    figures = {chart["title"]: chart["figure"] for chart in dashboards["mal"].charts if chart["figure"]}
    with duckdb.connect(str(superset.published_file), read_only=True) as reader:
        goals, with_year = reader.execute(
            "select count(*), avg(has_deadline::int) from rpt_goal where is_latest"
        ).fetchone()
    assert figures["Mål · Goals"] == str(goals)
    assert figures["Med målår · With a target year"] == f"{with_year:.0%}"


def test_a_number_leads_to_its_quotes(superset, page):
    """What `Drill to detail` asks for behind the bar of 2030, and what it shows."""
    chosen = [
        {"col": "target_year_label", "op": "==", "val": "2030"},
        {"col": "is_latest", "op": "==", "val": True},
    ]
    (counted,) = superset.ask("rpt_goal", columns=[], metrics=["goals"], filters=chosen)
    address = (
        f"/datasource/samples?datasource_type=table&datasource_id={superset.dataset('rpt_goal')}&per_page=100&page=1"
    )
    answer = page.evaluate(f"""(async () => {{
        const token = (await (await fetch("/api/v1/security/csrf_token/")).json()).result;
        const headers = {{"Content-Type": "application/json", "X-CSRFToken": token}};
        const body = JSON.stringify({json.dumps({"filters": chosen})});
        return await (await fetch("{address}", {{method: "POST", headers, body}})).json();
    }})()""")
    rows = answer["result"]["data"]
    assert len(rows) == counted["goals"] > 0
    with duckdb.connect(str(superset.published_file), read_only=True) as reader:
        for row in rows:
            assert reader.execute(
                "select substr(raw_text, ? + 1, ? - ?) from contract_text where contract_version_id = ?",
                [row["char_start"], row["char_end"], row["char_start"], row["contract_version_id"]],
            ).fetchone() == (row["quote"],)
