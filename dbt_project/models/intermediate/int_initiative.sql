-- Grain: one row an initiative and current contract version.
-- The key is the municipality and the name's slug. Initiatives of one version that share a name are numbered from the
-- second on, by type before place in the text.
with initiative_mention as (
    select * from {{ ref('stg_initiative_mention') }}
),

contract_version as (
    select * from {{ ref('int_contract_version') }}
    where is_current
),

initiative as (
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
    from initiative_mention
    inner join contract_version
        on initiative_mention.document_id = contract_version.document_id
),

numbered as (
    select
        initiative.*,
        row_number() over (
            partition by initiative.contract_version_id, initiative.name_slug
            order by initiative.initiative_type, initiative.char_start, initiative.fact_no
        ) as number_in_key,
    from initiative
),

keyed as (
    select
        numbered.* exclude (number_in_key),
        concat(
            'initiative-', numbered.name_slug,
            case when numbered.number_in_key > 1 then '-' || numbered.number_in_key end
        ) as key_tail,
    from numbered
)

select
    keyed.* exclude (key_tail),
    keyed.contract_version_id || '-' || keyed.key_tail as initiative_version_id,
    keyed.municipality_slug || '-' || keyed.key_tail as initiative_id,
from keyed
