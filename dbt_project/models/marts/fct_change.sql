-- Grain: one row a difference (or its absence) in one goal or initiative between two consecutive contract versions.
with change as (
    select * from {{ ref('int_change') }}
)

select
    change.change_id,
    change.municipality_id,
    change.from_contract_version_id,
    change.to_contract_version_id,
    change.entity,
    change.entity_id,
    change.change_type,
    change.attribute,
    change.value_from,
    change.value_to,
    change.ambition,
    change.is_declared,
    change.quote_from,
    change.quote_to,
    change.page_from,
    change.page_to,
from change
