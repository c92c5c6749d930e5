-- Grain: one row a goal and current contract version.
-- Which goal it is a version of was decided by matching (orchestration/matching); the key of the version is made of it.
with goal_mention as (
    select * from {{ ref('stg_goal_mention') }}
),

goal_entity as (
    select * from {{ ref('stg_goal_entity') }}
),

contract_version as (
    select * from {{ ref('int_contract_version') }}
    where is_current
)

select
    contract_version.contract_version_id,
    contract_version.municipality_id,
    contract_version.municipality_slug,
    contract_version.version_year,
    contract_version.is_latest,
    goal_mention.* replace (
        coalesce(goal_mention.unit, 'not_specified') as unit,
        coalesce(goal_mention.direction, 'not_specified') as direction,
        coalesce(goal_mention.bound, 'not_specified') as bound,
        coalesce(goal_mention.gas, 'not_specified') as gas
    ),
    page_place.page,
    goal_entity.basis,
    goal_entity.score,
    goal_entity.words,
    concat(
        contract_version.contract_version_id,
        substr(goal_entity.goal_id, length(contract_version.municipality_slug) + 1)
    ) as goal_version_id,
    goal_entity.goal_id,
from goal_mention
inner join contract_version
    on goal_mention.document_id = contract_version.document_id
inner join goal_entity
    on
        goal_mention.document_id = goal_entity.document_id
        and goal_mention.fact_no = goal_entity.fact_no
{{ page_join('goal_mention') }}
