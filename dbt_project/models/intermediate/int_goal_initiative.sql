-- Grain: one row a goal version, initiative version and relation that the text states.
with goal_initiative_mention as (
    select * from {{ ref('stg_goal_initiative_mention') }}
),

goal as (
    select * from {{ ref('int_goal') }}
),

initiative as (
    select * from {{ ref('int_initiative') }}
)

select
    goal.goal_version_id,
    initiative.initiative_version_id,
    goal_initiative_mention.relation,
    goal.goal_id,
    initiative.initiative_id,
    goal.contract_version_id,
    goal.municipality_id,
    min(goal_initiative_mention.rule_id) as rule_id,
from goal_initiative_mention
inner join goal
    on
        goal_initiative_mention.document_id = goal.document_id
        and goal_initiative_mention.goal_no = goal.fact_no
inner join initiative
    on
        goal_initiative_mention.document_id = initiative.document_id
        and goal_initiative_mention.initiative_no = initiative.fact_no
group by all
