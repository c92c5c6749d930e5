-- Grain: one row a goal and current contract version.
with goal as (
    select * from {{ ref('int_goal') }}
),

goal_governing_document as (
    select * from {{ ref('int_goal_governing_document') }}
),

headline_goal as (
    select * from {{ ref('int_headline_goal') }}
)

select
    goal.goal_version_id,
    goal.goal_id,
    goal.contract_version_id,
    goal.municipality_id,
    goal.goal_type,
    goal.target_form,
    goal.scope,
    goal.sector,
    goal.statement,
    goal.value,
    goal.value_max,
    goal.unit,
    goal.direction,
    goal.bound,
    goal.baseline_year,
    goal.baseline_value,
    goal.target_year,
    goal.effective_year,
    goal.gas,
    goal.status,
    goal.decision_body,
    goal.decision_date,
    goal_governing_document.governing_document_id,
    goal.ownership,
    goal.value is not null as is_quantified,
    goal.target_year is not null as has_deadline,
    {{ evidence_columns('goal') }},
    goal.governing_document,
    headline_goal.goal_version_id is not null as is_headline,
from goal
left join goal_governing_document
    on goal.goal_version_id = goal_governing_document.goal_version_id
left join headline_goal
    on goal.goal_version_id = headline_goal.goal_version_id
