-- Grain: one row a contract version that states a climate-neutrality goal with a year: the goal that a chart shows.
-- Only goals that the municipality stands behind and that still hold. First the whole territory, then goals whose scope
-- the text leaves open, then the rest; neutrality before net zero before climate positive; the earliest year.
with goal as (
    select * from {{ ref('int_goal') }}
)

select
    goal.contract_version_id,
    goal.goal_version_id,
from goal
where
    goal.goal_type in ('climate_neutral', 'net_zero', 'climate_positive')
    and goal.target_year is not null
    and goal.ownership <> 'external'
    and goal.status <> 'superseded'
qualify
    row_number() over (
        partition by goal.contract_version_id
        order by
            case goal.scope when 'territorial' then 1 when 'not_specified' then 2 else 3 end,
            case goal.goal_type when 'climate_neutral' then 1 when 'net_zero' then 2 else 3 end,
            goal.target_year,
            goal.goal_version_id
    ) = 1
