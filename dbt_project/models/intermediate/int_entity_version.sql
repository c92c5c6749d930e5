-- Grain: one row a goal or initiative and current contract version, with what can move in it.
-- status_rank orders statuses from less to more; NULL where a status has no place in the order. Being paused ranks
-- below every stage of work, being cancelled below that.
with goal as (
    select * from {{ ref('int_goal') }}
),

initiative as (
    select * from {{ ref('int_initiative') }}
),

goal_status as (
    select * from {{ ref('codes_goal_status') }}
    where code not in ('superseded', 'not_specified')
),

initiative_status as (
    select * from {{ ref('codes_initiative_status') }}
    where code <> 'not_specified'
)

select
    'goal' as entity,
    goal.goal_id as entity_id,
    goal.municipality_slug,
    goal.contract_version_id,
    goal.section,
    goal.quote,
    goal.status,
    goal_status.sort_order as status_rank,
    goal.status = 'superseded' as is_superseded,
    goal.target_year,
    goal.value,
    goal.value_max,
    goal.unit,
    case
        when
            goal.target_form in ('base_year_reduction', 'annual_rate')
            or goal.bound = 'at_least'
            or goal.direction = 'increase'
            then true
        when goal.bound = 'at_most' or goal.direction = 'decrease' then false
    end as is_more_stronger,
from goal
left join goal_status
    on goal.status = goal_status.code

union all

select
    'initiative' as entity,
    initiative.initiative_id as entity_id,
    initiative.municipality_slug,
    initiative.contract_version_id,
    initiative.section,
    initiative.quote,
    initiative.status,
    case initiative.status
        when 'paused' then 1
        when 'cancelled' then 0
        else initiative_status.sort_order
    end as status_rank,
    false as is_superseded,
    null as target_year,
    null as value,
    null as value_max,
    'not_specified' as unit,
    null as is_more_stronger,
from initiative
left join initiative_status
    on initiative.status = initiative_status.code
