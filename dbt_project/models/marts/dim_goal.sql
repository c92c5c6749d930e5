-- Grain: one row a goal of a municipality, the same across contract versions.
-- Attributes are those of the last version in which the goal stands.
with goal as (
    select * from {{ ref('int_goal') }}
),

last_version as (
    select
        goal.goal_id,
        goal.municipality_id,
        goal.goal_type,
        goal.target_form,
        goal.scope,
        goal.sector,
        goal.statement,
        goal.goal_version_id as last_goal_version_id,
    from goal
    qualify
        row_number() over (
            partition by goal.goal_id
            order by goal.version_year desc nulls last, goal.contract_version_id desc
        ) = 1
),

span_of_years as (
    select
        goal.goal_id,
        min(goal.version_year) as first_version_year,
        max(goal.version_year) as last_version_year,
        bool_or(goal.is_latest) as is_in_latest,
    from goal
    group by all
)

select
    last_version.goal_id,
    last_version.municipality_id,
    last_version.goal_type,
    last_version.target_form,
    last_version.scope,
    last_version.sector,
    last_version.statement,
    span_of_years.first_version_year,
    span_of_years.last_version_year,
    span_of_years.is_in_latest,
    last_version.last_goal_version_id,
from last_version
inner join span_of_years
    on last_version.goal_id = span_of_years.goal_id
