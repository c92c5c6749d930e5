{{ config(meta={'dagster': {'ref': {'name': 'fct_change'}}}) }}
{# A change is proved by the words of both versions, so they stand in the texts of those versions. #}
select
    change.change_id,
    change.quote_from,
    change.quote_to,
from {{ ref('fct_change') }} as change
inner join {{ ref('contract_text') }} as older
    on change.from_contract_version_id = older.contract_version_id
inner join {{ ref('contract_text') }} as newer
    on change.to_contract_version_id = newer.contract_version_id
where
    not contains(older.raw_text, change.quote_from)
    or not contains(newer.raw_text, change.quote_to)
    or (change.quote_from is null and change.quote_to is null)
