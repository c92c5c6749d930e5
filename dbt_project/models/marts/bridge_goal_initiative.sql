-- Grain: one row a goal version, initiative version and relation that the text states.
with goal_initiative as (
    select * from {{ ref('int_goal_initiative') }}
)

select
    goal_initiative.goal_version_id,
    goal_initiative.initiative_version_id,
    goal_initiative.relation,
    goal_initiative.goal_id,
    goal_initiative.initiative_id,
    goal_initiative.contract_version_id,
    goal_initiative.municipality_id,
    goal_initiative.rule_id,
from goal_initiative
