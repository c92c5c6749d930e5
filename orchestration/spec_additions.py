"""What every asset shows in the UI besides its own words: owner, columns of raw tables, freshness of what is read.

Here: additions to specs, by group. Not here: keys, groups and descriptions (assets, translator).
"""

from datetime import timedelta

import dagster as dg

from orchestration.frames import columns

_FRESH = dg.FreshnessPolicy.cron(
    deadline_cron="0 6 * * *", lower_bound_delta=timedelta(hours=24), timezone="Europe/Stockholm"
)
"""What people read is published at least once a day: nightly_refresh does it at 03:30. Fails at six when it did not."""
_READ = ("published", "reporting")


def complete(spec: dg.AssetSpec) -> dg.AssetSpec:
    """The spec with its owner, its columns where it is a raw table, and its freshness policy where people read it."""
    owner = "team:climate-strategy" if spec.group_name in _READ else "team:data"
    spec = spec.replace_attributes(owners=[owner])
    if spec.key.path[0] == "raw" and len(spec.key.path) == 2:
        spec = spec.merge_attributes(metadata={"dagster/column_schema": _schema(spec.key.path[1])})
    return dg.apply_freshness_policy(spec, _FRESH) if spec.group_name == "published" else spec


def _schema(table: str) -> dg.TableSchema:
    return dg.TableSchema([dg.TableColumn(name, kind.lower()) for name, kind in columns(table).items()])
