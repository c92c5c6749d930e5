-- Grain: one row an initiative and current contract version.
-- Which initiative it is a version of was decided by matching (orchestration/matching); the key of the version is made
-- of it.
with initiative_mention as (
    select * from {{ ref('stg_initiative_mention') }}
),

initiative_entity as (
    select * from {{ ref('stg_initiative_entity') }}
),

contract_version as (
    select * from {{ ref('int_contract_version') }}
    where is_current
)

select
    contract_version.contract_version_id,
    contract_version.municipality_id,
    contract_version.municipality_slug,
    contract_version.version_year,
    contract_version.is_latest,
    {{ slug('initiative_mention.name') }} as name_slug,
    coalesce(initiative_mention.sectors[1], 'not_specified') as sector,
    initiative_mention.* replace (
        coalesce(initiative_mention.status_max, initiative_mention.status) as status_max
    ),
    page_place.page,
    initiative_entity.basis,
    initiative_entity.score,
    initiative_entity.words,
    concat(
        contract_version.contract_version_id,
        substr(initiative_entity.initiative_id, length(contract_version.municipality_slug) + 1)
    ) as initiative_version_id,
    initiative_entity.initiative_id,
from initiative_mention
inner join contract_version
    on initiative_mention.document_id = contract_version.document_id
inner join initiative_entity
    on
        initiative_mention.document_id = initiative_entity.document_id
        and initiative_mention.fact_no = initiative_entity.fact_no
{{ page_join('initiative_mention') }}
