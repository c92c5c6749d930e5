{{ config(meta={'dagster': {'ref': {'name': 'dim_contract_version'}}}) }}
{# Keys of goals and initiatives open with the municipality's part of contract_version_id. Were it to differ between two
   versions, nothing would match across them; were it shared (Habo, Håbo), two municipalities would mix. #}
with key_part as (
    select distinct
        contract_version.municipality_id,
        {{ municipality_slug('contract_version.contract_version_id') }} as municipality_slug,
    from {{ ref('dim_contract_version') }} as contract_version
)

select
    key_part.municipality_id,
    key_part.municipality_slug,
from key_part
qualify
    count(*) over (partition by key_part.municipality_id) > 1
    or count(*) over (partition by key_part.municipality_slug) > 1
