-- Grain: one row a municipality with a current contract version and a sector or theme, zeros included.
-- Counts are of the municipality's latest version. An initiative counts in each of its sectors.
with contract_version as (
    select * from {{ ref('dim_contract_version') }}
    where is_latest
),

municipality as (
    select * from {{ ref('dim_municipality') }}
),

sector as (
    select * from {{ ref('dim_sector') }}
),

goal as (
    select * from {{ ref('fct_goal') }}
),

initiative as (
    select * from {{ ref('fct_initiative') }}
),

initiative_sector as (
    select * from {{ ref('bridge_initiative_sector') }}
),

goal_count as (
    select
        goal.contract_version_id,
        goal.sector,
        count(*) as goals,
        count(*) filter (where goal.is_quantified) as quantified_goals,
    from goal
    group by all
),

initiative_count as (
    select
        initiative_sector.contract_version_id,
        initiative_sector.sector,
        count(*) as initiatives,
        count(*) filter (where initiative.status in ('idea', 'planned', 'in_preparation', 'proposed', 'decided'))
            as initiatives_not_begun,
        count(*) filter (where initiative.status = 'ongoing') as initiatives_ongoing,
        count(*) filter (where initiative.status in ('completed', 'established')) as initiatives_done,
        count(*) filter (where initiative.status in ('paused', 'cancelled')) as initiatives_stopped,
        count(*) filter (where initiative.status = 'not_specified') as initiatives_status_not_specified,
    from initiative_sector
    inner join initiative
        on initiative_sector.initiative_version_id = initiative.initiative_version_id
    group by all
)

select
    contract_version.municipality_id,
    municipality.municipality_name,
    municipality.county_name,
    contract_version.contract_version_id,
    contract_version.version_year,
    contract_version.document_kind,
    sector.code as sector,
    sector.label_sv as sector_sv,
    sector.label_en as sector_en,
    coalesce(goal_count.goals, 0) as goals,
    coalesce(goal_count.quantified_goals, 0) as quantified_goals,
    coalesce(initiative_count.initiatives, 0) as initiatives,
    coalesce(initiative_count.initiatives_not_begun, 0) as initiatives_not_begun,
    coalesce(initiative_count.initiatives_ongoing, 0) as initiatives_ongoing,
    coalesce(initiative_count.initiatives_done, 0) as initiatives_done,
    coalesce(initiative_count.initiatives_stopped, 0) as initiatives_stopped,
    coalesce(initiative_count.initiatives_status_not_specified, 0) as initiatives_status_not_specified,
from contract_version
cross join sector
inner join municipality
    on contract_version.municipality_id = municipality.municipality_id
left join goal_count
    on
        contract_version.contract_version_id = goal_count.contract_version_id
        and sector.code = goal_count.sector
left join initiative_count
    on
        contract_version.contract_version_id = initiative_count.contract_version_id
        and sector.code = initiative_count.sector
