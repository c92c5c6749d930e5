-- Grain: one row a goal and current contract version.
with goal as (
    select * from {{ ref('fct_goal') }}
),

municipality as (
    select * from {{ ref('dim_municipality') }}
),

contract_version as (
    select * from {{ ref('dim_contract_version') }}
),

initiative as (
    select * from {{ ref('dim_initiative') }}
),

goal_type as (
    select * from {{ ref('dim_goal_type') }}
),

target_form as (
    select * from {{ ref('dim_target_form') }}
),

scope as (
    select * from {{ ref('dim_scope') }}
),

sector as (
    select * from {{ ref('dim_sector') }}
),

unit as (
    select * from {{ ref('dim_unit') }}
),

direction as (
    select * from {{ ref('dim_direction') }}
),

bound as (
    select * from {{ ref('dim_bound') }}
),

gas as (
    select * from {{ ref('dim_gas') }}
),

goal_status as (
    select * from {{ ref('dim_goal_status') }}
),

ownership as (
    select * from {{ ref('dim_ownership') }}
),

section as (
    select * from {{ ref('dim_section') }}
),

history as (
    select
        goal.goal_id,
        list(
            concat_ws(': ', coalesce(cast(contract_version.version_year as varchar), '?'), goal.statement)
            order by contract_version.version_year nulls last, goal.contract_version_id
        ) as history,
        list(
            coalesce(goal.target_year, goal.effective_year)
            order by contract_version.version_year nulls last, goal.contract_version_id
        ) as history_target_year,
        list(
            goal.value
            order by contract_version.version_year nulls last, goal.contract_version_id
        ) as history_value,
    from goal
    inner join contract_version
        on goal.contract_version_id = contract_version.contract_version_id
    group by all
)

select
    goal.goal_version_id,
    goal.goal_id,
    goal.contract_version_id,
    goal.municipality_id,
    municipality.municipality_name,
    municipality.county_name,
    contract_version.version_year,
    contract_version.is_latest,
    contract_version.document_kind,
    contract_version.is_truncated,
    goal.goal_type,
    goal_type_list.label_sv as goal_type_sv,
    goal_type_list.label_en as goal_type_en,
    goal.target_form,
    target_form_list.label_sv as target_form_sv,
    target_form_list.label_en as target_form_en,
    goal.scope,
    scope_list.label_sv as scope_sv,
    scope_list.label_en as scope_en,
    goal.sector,
    sector_list.label_sv as sector_sv,
    sector_list.label_en as sector_en,
    goal.statement,
    goal.value,
    goal.value_max,
    goal.unit,
    unit_list.label_sv as unit_sv,
    unit_list.label_en as unit_en,
    goal.direction,
    direction_list.label_sv as direction_sv,
    direction_list.label_en as direction_en,
    goal.bound,
    bound_list.label_sv as bound_sv,
    bound_list.label_en as bound_en,
    goal.baseline_year,
    goal.baseline_value,
    goal.target_year,
    goal.effective_year,
    goal.gas,
    gas_list.label_sv as gas_sv,
    gas_list.label_en as gas_en,
    goal.status,
    status_list.label_sv as status_sv,
    status_list.label_en as status_en,
    goal.decision_body,
    goal.decision_date,
    coalesce(initiative.name, goal.governing_document) as governing_document,
    goal.ownership,
    ownership_list.label_sv as ownership_sv,
    ownership_list.label_en as ownership_en,
    goal.is_quantified,
    goal.has_deadline,
    goal.is_headline,
    goal.quote,
    goal.char_start,
    goal.char_end,
    goal.section,
    section_list.label_sv as section_sv,
    section_list.label_en as section_en,
    goal.page,
    goal.confidence,
    goal.quality_flags,
    history.history,
    history.history_target_year,
    history.history_value,
from goal
inner join contract_version
    on goal.contract_version_id = contract_version.contract_version_id
inner join municipality
    on goal.municipality_id = municipality.municipality_id
inner join history
    on goal.goal_id = history.goal_id
left join initiative
    on goal.governing_document_id = initiative.initiative_id
left join goal_type as goal_type_list
    on goal.goal_type = goal_type_list.code
left join target_form as target_form_list
    on goal.target_form = target_form_list.code
left join scope as scope_list
    on goal.scope = scope_list.code
left join sector as sector_list
    on goal.sector = sector_list.code
left join unit as unit_list
    on goal.unit = unit_list.code
left join direction as direction_list
    on goal.direction = direction_list.code
left join bound as bound_list
    on goal.bound = bound_list.code
left join gas as gas_list
    on goal.gas = gas_list.code
left join goal_status as status_list
    on goal.status = status_list.code
left join ownership as ownership_list
    on goal.ownership = ownership_list.code
left join section as section_list
    on goal.section = section_list.code
