-- Grain: one row a goal or initiative and current contract version, with what can move in it.
-- phase_low and phase_high: how far it has come at least and at most; NULL where the text says nothing of it. Being
-- paused or cancelled is no phase but is_stopped. scope_rank orders scopes that hold one another, within scope_family.
-- Goals of others (the nation, the region, companies) are named and not promised: the municipality can't drop them.
with goal as (
    select * from {{ ref('int_goal') }}
    where ownership <> 'external'
),

initiative as (
    select * from {{ ref('int_initiative') }}
)

select
    'goal' as entity,
    goal.goal_id as entity_id,
    goal.municipality_slug,
    goal.contract_version_id,
    goal.section,
    goal.quote,
    goal.page,
    goal.words,
    goal.basis,
    goal.status,
    {{ goal_phase('goal.status') }} as phase_low,
    {{ goal_phase('goal.status') }} as phase_high,
    0 as stopped_rank,
    goal.status = 'superseded' as is_superseded,
    coalesce(goal.target_year, goal.effective_year) as target_year,
    goal.value,
    goal.value_max,
    goal.unit,
    goal.bound,
    case
        when
            goal.target_form in ('base_year_reduction', 'annual_rate')
            or goal.bound = 'at_least'
            or goal.direction = 'increase'
            then true
        when goal.bound = 'at_most' or goal.direction = 'decrease' then false
        when goal.target_form in ('share', 'count', 'fixed_level') and goal.goal_type <> 'emission_reduction' then true
    end as is_more_stronger,
    if(goal.scope in ('not_specified', 'sector'), null, goal.scope) as scope,
    case
        when goal.scope in ('district', 'urban_area', 'territorial') then 'place'
        when goal.scope in ('municipal_organisation', 'municipal_group') then 'organisation'
    end as scope_family,
    case
        when goal.scope in ('district', 'municipal_organisation') then 1
        when goal.scope in ('urban_area', 'municipal_group') then 2
        when goal.scope = 'territorial' then 3
    end as scope_rank,
from goal

union all

select
    'initiative' as entity,
    initiative.initiative_id as entity_id,
    initiative.municipality_slug,
    initiative.contract_version_id,
    initiative.section,
    initiative.quote,
    initiative.page,
    initiative.words,
    initiative.basis,
    initiative.status,
    {{ initiative_phase('initiative.status', 'initiative.initiative_type') }} as phase_low,
    {{ initiative_phase('initiative.status_max', 'initiative.initiative_type') }} as phase_high,
    case initiative.status
        when 'paused' then 1
        when 'cancelled' then 2
        else 0
    end as stopped_rank,
    false as is_superseded,
    null as target_year,
    null as value,
    null as value_max,
    'not_specified' as unit,
    'not_specified' as bound,
    null as is_more_stronger,
    null as scope,
    null as scope_family,
    null as scope_rank,
from initiative
