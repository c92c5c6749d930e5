-- Grain: one row a municipality with a current contract version.
with municipality as (
    select * from {{ ref('dim_municipality') }}
),

contract_version as (
    select * from {{ ref('dim_contract_version') }}
    where is_current
),

goal as (
    select * from {{ ref('fct_goal') }}
),

outcome as (
    select * from {{ ref('fct_outcome') }}
),

initiative as (
    select * from {{ ref('fct_initiative') }}
),

goal_type as (
    select * from {{ ref('dim_goal_type') }}
),

territorial_emission as (
    select * from {{ ref('fct_territorial_emission') }}
    qualify edition = max(edition) over ()
),

version_count as (
    select
        contract_version.municipality_id,
        count(*) as contract_versions,
        max(contract_version.contract_version_id) filter (where contract_version.is_latest)
            as latest_contract_version_id,
        max(contract_version.version_year) filter (where contract_version.is_latest) as latest_version_year,
        max(contract_version.document_kind) filter (where contract_version.is_latest) as latest_document_kind,
        bool_or(contract_version.is_truncated) filter (where contract_version.is_latest) as is_latest_truncated,
    from contract_version
    group by all
),

goal_count as (
    select
        goal.contract_version_id,
        count(*) as goals,
        count(*) filter (where goal.is_quantified) as quantified_goals,
        count(*) filter (where goal.has_deadline) as goals_with_deadline,
    from goal
    group by all
),

outcome_count as (
    select
        outcome.contract_version_id,
        count(*) as outcomes,
    from outcome
    group by all
),

initiative_count as (
    select
        initiative.contract_version_id,
        count(*) as initiatives,
    from initiative
    group by all
),

headline_goal as (
    select
        goal.contract_version_id,
        goal.goal_id,
        goal.goal_type,
        goal_type.label_sv as goal_type_sv,
        goal_type.label_en as goal_type_en,
        goal.target_year,
        goal.quote,
    from goal
    inner join goal_type
        on goal.goal_type = goal_type.code
    where goal.is_headline
),

emission as (
    select
        territorial_emission.municipality_id,
        max(territorial_emission.emissions_tco2e) filter (where territorial_emission.year = 1990)
            as emissions_1990_tco2e,
        max(territorial_emission.emissions_tco2e) filter (where territorial_emission.year = 2015)
            as emissions_2015_tco2e,
        max(territorial_emission.year) as emissions_latest_year,
        max_by(territorial_emission.emissions_tco2e, territorial_emission.year) as emissions_latest_tco2e,
    from territorial_emission
    group by all
)

select
    municipality.municipality_id,
    municipality.municipality_name,
    municipality.county_name,
    municipality.population,
    municipality.first_contract_year,
    version_count.contract_versions,
    version_count.latest_contract_version_id,
    version_count.latest_version_year,
    version_count.latest_document_kind,
    version_count.is_latest_truncated,
    headline_goal.goal_id as headline_goal_id,
    headline_goal.goal_type as headline_goal_type,
    headline_goal.goal_type_sv as headline_goal_type_sv,
    headline_goal.goal_type_en as headline_goal_type_en,
    headline_goal.target_year as headline_target_year,
    headline_goal.quote as headline_quote,
    coalesce(goal_count.goals, 0) as goals,
    coalesce(goal_count.quantified_goals, 0) as quantified_goals,
    coalesce(goal_count.goals_with_deadline, 0) as goals_with_deadline,
    coalesce(outcome_count.outcomes, 0) as outcomes,
    coalesce(initiative_count.initiatives, 0) as initiatives,
    emission.emissions_1990_tco2e,
    emission.emissions_2015_tco2e,
    emission.emissions_latest_year,
    emission.emissions_latest_tco2e,
    {{ change_percent('emission.emissions_1990_tco2e', 'emission.emissions_latest_tco2e') }}
        as emissions_change_since_1990_percent,
    {{ change_percent('emission.emissions_2015_tco2e', 'emission.emissions_latest_tco2e') }}
        as emissions_change_since_2015_percent,
from version_count
inner join municipality
    on version_count.municipality_id = municipality.municipality_id
left join goal_count
    on version_count.latest_contract_version_id = goal_count.contract_version_id
left join outcome_count
    on version_count.latest_contract_version_id = outcome_count.contract_version_id
left join initiative_count
    on version_count.latest_contract_version_id = initiative_count.contract_version_id
left join headline_goal
    on version_count.latest_contract_version_id = headline_goal.contract_version_id
left join emission
    on version_count.municipality_id = emission.municipality_id
