{{ config(meta={'dagster': {'ref': {'name': 'dim_contract_version'}}}) }}
{# A chart that joins on is_latest must count each municipality once: exactly one latest version where any version is
   current, none where all are withdrawn. #}
select
    contract_version.municipality_id,
    count(*) filter (where contract_version.is_latest) as latest_versions,
    count(*) filter (where contract_version.is_current) as current_versions,
from {{ ref('dim_contract_version') }} as contract_version
group by all
having latest_versions <> if(current_versions > 0, 1, 0)
