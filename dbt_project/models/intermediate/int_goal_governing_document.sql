-- Grain: one row a goal version whose governing document is among the initiatives of the same contract version.
-- A link that the text states (stems_from) goes before a document of the same name.
with goal as (
    select * from {{ ref('int_goal') }}
),

initiative as (
    select * from {{ ref('int_initiative') }}
),

goal_initiative as (
    select * from {{ ref('int_goal_initiative') }}
),

candidate as (
    select
        goal_initiative.goal_version_id,
        goal_initiative.initiative_id,
        1 as precedence,
    from goal_initiative
    where goal_initiative.relation = 'stems_from'

    union all

    select
        goal.goal_version_id,
        initiative.initiative_id,
        2 as precedence,
    from goal
    inner join initiative
        on
            goal.contract_version_id = initiative.contract_version_id
            and {{ slug('goal.governing_document') }} = initiative.name_slug
    where goal.governing_document is not null
)

select
    candidate.goal_version_id,
    candidate.initiative_id as governing_document_id,
from candidate
qualify
    row_number() over (
        partition by candidate.goal_version_id
        order by candidate.precedence, candidate.initiative_id
    ) = 1
