-- Grain: one row a difference (or its absence) in one goal or initiative between two consecutive contract versions.
with change as (
    select * from {{ ref('fct_change') }}
),

municipality as (
    select * from {{ ref('dim_municipality') }}
),

contract_version as (
    select * from {{ ref('dim_contract_version') }}
),

goal as (
    select * from {{ ref('dim_goal') }}
),

initiative as (
    select * from {{ ref('dim_initiative') }}
),

change_type as (
    select * from {{ ref('dim_change_type') }}
),

ambition as (
    select * from {{ ref('dim_ambition') }}
)

select
    change.change_id,
    change.municipality_id,
    municipality.municipality_name,
    municipality.county_name,
    change.from_contract_version_id,
    change.to_contract_version_id,
    older.version_year as from_version_year,
    newer.version_year as to_version_year,
    newer.is_latest,
    change.entity,
    if(change.entity = 'goal', 'Mål', 'Insats') as entity_sv,
    if(change.entity = 'goal', 'Goal', 'Initiative') as entity_en,
    change.entity_id,
    coalesce(goal.statement, initiative.name) as entity_name,
    change.change_type,
    change_type.label_sv as change_type_sv,
    change_type.label_en as change_type_en,
    change.attribute,
    change.value_from,
    change.value_to,
    change.ambition,
    ambition.label_sv as ambition_sv,
    ambition.label_en as ambition_en,
    change.is_declared,
    change.quote_from,
    change.quote_to,
    change.page_from,
    change.page_to,
from change
inner join municipality
    on change.municipality_id = municipality.municipality_id
inner join contract_version as older
    on change.from_contract_version_id = older.contract_version_id
inner join contract_version as newer
    on change.to_contract_version_id = newer.contract_version_id
left join goal
    on change.entity = 'goal' and change.entity_id = goal.goal_id
left join initiative
    on change.entity = 'initiative' and change.entity_id = initiative.initiative_id
left join change_type
    on change.change_type = change_type.code
left join ambition
    on change.ambition = ambition.code
