-- Grain: one row an initiative and current contract version.
with initiative as (
    select * from {{ ref('fct_initiative') }}
),

municipality as (
    select * from {{ ref('dim_municipality') }}
),

contract_version as (
    select * from {{ ref('dim_contract_version') }}
),

initiative_actor as (
    select * from {{ ref('bridge_initiative_actor') }}
),

actor as (
    select * from {{ ref('dim_actor') }}
),

initiative_sector as (
    select * from {{ ref('bridge_initiative_sector') }}
),

initiative_type as (
    select * from {{ ref('dim_initiative_type') }}
),

initiative_status as (
    select * from {{ ref('dim_initiative_status') }}
),

sector as (
    select * from {{ ref('dim_sector') }}
),

section as (
    select * from {{ ref('dim_section') }}
),

actor_names as (
    select
        initiative_actor.initiative_version_id,
        string_agg(actor.actor_name, '; ' order by actor.actor_name) filter (
            where initiative_actor.role = 'lead'
        ) as lead_actors,
        string_agg(actor.actor_name, '; ' order by actor.actor_name) filter (
            where initiative_actor.role = 'partner'
        ) as partner_actors,
        string_agg(actor.actor_name, '; ' order by actor.actor_name) filter (
            where initiative_actor.role = 'funder'
        ) as funder_actors,
        string_agg(actor.actor_name, '; ' order by actor.actor_name) filter (
            where initiative_actor.role not in ('lead', 'partner', 'funder')
        ) as other_actors,
    from initiative_actor
    inner join actor
        on initiative_actor.actor_id = actor.actor_id
    group by all
),

sector_names as (
    select
        initiative_sector.initiative_version_id,
        string_agg(sector.label_sv, '; ' order by initiative_sector.is_primary desc, sector.sort_order) as sectors_sv,
        string_agg(sector.label_en, '; ' order by initiative_sector.is_primary desc, sector.sort_order) as sectors_en,
    from initiative_sector
    inner join sector
        on initiative_sector.sector = sector.code
    group by all
)

select
    initiative.initiative_version_id,
    initiative.initiative_id,
    initiative.contract_version_id,
    initiative.municipality_id,
    municipality.municipality_name,
    municipality.county_name,
    contract_version.version_year,
    contract_version.is_latest,
    contract_version.document_kind,
    contract_version.is_truncated,
    initiative.name,
    initiative.initiative_type,
    initiative_type_list.label_sv as initiative_type_sv,
    initiative_type_list.label_en as initiative_type_en,
    initiative.is_governing_document,
    initiative.status,
    status_list.label_sv as status_sv,
    status_list.label_en as status_en,
    initiative.status_max,
    status_max_list.label_sv as status_max_sv,
    status_max_list.label_en as status_max_en,
    initiative.start_year,
    initiative.end_year,
    initiative.decision_body,
    initiative.decision_date,
    initiative.sector,
    sector_list.label_sv as sector_sv,
    sector_list.label_en as sector_en,
    sector_names.sectors_sv,
    sector_names.sectors_en,
    actor_names.lead_actors,
    actor_names.partner_actors,
    actor_names.funder_actors,
    actor_names.other_actors,
    initiative.quote,
    initiative.char_start,
    initiative.char_end,
    initiative.section,
    section_list.label_sv as section_sv,
    section_list.label_en as section_en,
    initiative.page,
    initiative.confidence,
    initiative.quality_flags,
from initiative
inner join contract_version
    on initiative.contract_version_id = contract_version.contract_version_id
inner join municipality
    on initiative.municipality_id = municipality.municipality_id
left join actor_names
    on initiative.initiative_version_id = actor_names.initiative_version_id
left join sector_names
    on initiative.initiative_version_id = sector_names.initiative_version_id
left join initiative_type as initiative_type_list
    on initiative.initiative_type = initiative_type_list.code
left join initiative_status as status_list
    on initiative.status = status_list.code
left join initiative_status as status_max_list
    on initiative.status_max = status_max_list.code
left join sector as sector_list
    on initiative.sector = sector_list.code
left join section as section_list
    on initiative.section = section_list.code
