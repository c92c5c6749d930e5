{{ config(meta={'dagster': {'ref': {'name': 'dim_contract_version'}}}) }}
{# Changes are told from one version to the next: the previous version is current, of the same municipality and of an
   earlier year, and no two versions follow the same one. #}
select
    newer.contract_version_id,
    newer.previous_contract_version_id,
from {{ ref('dim_contract_version') }} as newer
left join {{ ref('dim_contract_version') }} as older
    on newer.previous_contract_version_id = older.contract_version_id
where newer.previous_contract_version_id is not null
qualify
    not coalesce(
        older.is_current
        and older.municipality_id = newer.municipality_id
        and older.version_year < newer.version_year
        and count(*) over (partition by newer.previous_contract_version_id) = 1,
        false
    )
