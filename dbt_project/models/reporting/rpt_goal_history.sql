-- Grain: one row a goal and current contract version, with what changed since the version before.
-- Of several changes at once the row holds them all, in lists of the same order.
with goal as (
    select * from {{ ref('rpt_goal') }}
),

change as (
    select
        change.entity_id,
        change.to_contract_version_id,
        list(change.change_type order by change.change_id) as change_types,
        list(change.change_type_sv order by change.change_id) as change_types_sv,
        list(change.change_type_en order by change.change_id) as change_types_en,
        bool_or(change.is_declared) as is_declared,
    from {{ ref('rpt_change') }} as change
    where change.entity = 'goal'
    group by all
)

select
    goal.goal_version_id,
    goal.goal_id,
    goal.contract_version_id,
    goal.municipality_id,
    goal.municipality_name,
    goal.version_year,
    goal.is_latest,
    row_number() over (
        partition by goal.goal_id
        order by goal.version_year nulls last, goal.contract_version_id
    ) as version_no,
    goal.goal_type,
    goal.goal_type_sv,
    goal.goal_type_en,
    goal.scope,
    goal.scope_sv,
    goal.scope_en,
    goal.statement,
    goal.value,
    goal.value_max,
    goal.unit,
    goal.unit_sv,
    goal.unit_en,
    goal.baseline_year,
    goal.target_year,
    goal.status,
    goal.status_sv,
    goal.status_en,
    change.change_types,
    change.change_types_sv,
    change.change_types_en,
    change.is_declared,
    goal.quote,
    goal.page,
from goal
left join change
    on
        goal.goal_id = change.entity_id
        and goal.contract_version_id = change.to_contract_version_id
