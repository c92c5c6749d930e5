"""The PostgreSQL asset: nothing without a server, and a dead one fails it alone and keeps its secret."""

from dataclasses import replace

import dagster as dg
import pytest

from orchestration.assets.served import postgres
from orchestration.publishing.postgres_server import Server
from orchestration.refresh import _failure
from orchestration.resources import Project
from orchestration.state import is_up_to_date

DEAD = "postgresql://klimat:hemligt%2Blosen@127.0.0.1:1/bi"


def settings(refreshed, address):
    return replace(refreshed.settings, postgres=Server(address) if address else None)


@pytest.fixture
def materialized(refreshed):
    """The asset run by itself, and everything that Dagster has kept of the run, as text."""

    def run(address):
        with dg.DagsterInstance.ephemeral() as instance:
            result = dg.materialize(
                [postgres], resources={"project": Project(settings(refreshed, address))}, instance=instance,
                selection=[postgres], raise_on_error=False,
            )  # fmt: skip
            kept = "\n".join(str(record) for record in instance.all_logs(result.run_id))
        return result, kept

    return run


def test_without_a_server_the_asset_does_nothing_and_nothing_fails(materialized):
    result, _ = materialized(None)
    assert result.success
    assert result.get_asset_materialization_events() == []


def test_a_dead_server_fails_with_what_to_do_and_its_password_is_kept_nowhere(materialized):
    result, kept = materialized(DEAD)
    assert not result.success
    told = _failure(result)
    assert "127.0.0.1:1, database bi, schema klimatlager" in told
    assert "See that the server runs" in told
    assert "hemligt" not in kept


def test_a_server_that_is_set_later_is_news(refreshed):
    assert is_up_to_date(refreshed.settings)
    assert not is_up_to_date(settings(refreshed, DEAD))
