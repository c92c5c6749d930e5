"""dbt's exposures name every dashboard, where it is, and the tables behind it."""

import re

import yaml

from orchestration.settings import ROOT
from tests.bi.conftest import ASSETS


def asset(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def tables_of_dashboards():
    """The public tables that the charts of each dashboard read, by its slug."""
    datasets = {}
    for found in map(asset, ASSETS.glob("datasets/*/*.yaml")):
        datasets[found["uuid"]] = set(re.findall(r"\bmain\.(\w+)", found["sql"] or f"main.{found['table_name']}"))
    charts = {found["uuid"]: datasets[found["dataset_uuid"]] for found in map(asset, ASSETS.glob("charts/*.yaml"))}
    tables = {}
    for found in map(asset, ASSETS.glob("dashboards/*.yaml")):
        placed = [item for item in found["position"].values() if isinstance(item, dict) and item["type"] == "CHART"]
        tables[found["slug"]] = set().union(*(charts[item["meta"]["uuid"]] for item in placed))
    return tables


def exposures():
    return asset(ROOT / "dbt_project" / "models" / "exposures.yml")["exposures"]


def test_every_dashboard_is_an_exposure_of_the_tables_that_it_reads():
    told = {
        exposure["url"]: {re.findall(r"'(\w+)'", ref)[0] for ref in exposure["depends_on"]}
        for exposure in exposures()
        if exposure["name"].startswith("superset_")
    }
    read = {
        f"http://127.0.0.1:8088/superset/dashboard/{slug}/": tables for slug, tables in tables_of_dashboards().items()
    }
    assert {url: tables - {"dataset_version"} for url, tables in read.items()} == told


def test_the_files_the_site_and_the_database_server_are_exposures_too():
    assert {exposure["name"] for exposure in exposures() if not exposure["name"].startswith("superset_")} == {
        "published_warehouse", "published_parquet", "published_copies", "postgres_schema", "documentation",
    }  # fmt: skip
