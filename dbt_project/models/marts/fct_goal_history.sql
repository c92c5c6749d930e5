-- Grain: one row a goal and document that stands or ever stood for a contract version.
-- The inner join keeps documents that ever stood: matching gives an entity to the facts of those alone.
with goal_mention as (
    select * from {{ ref('stg_goal_mention') }}
),

goal_entity as (
    select * from {{ ref('stg_goal_entity') }}
)

select
    concat(goal_mention.document_id, '-goal-', goal_mention.fact_no) as goal_history_id,
    goal_mention.document_id,
    goal_entity.goal_id,
    goal_mention.goal_type,
    goal_mention.target_form,
    goal_mention.scope,
    goal_mention.sector,
    goal_mention.statement,
    goal_mention.value,
    goal_mention.value_max,
    goal_mention.unit,
    goal_mention.direction,
    goal_mention.bound,
    goal_mention.baseline_year,
    goal_mention.baseline_value,
    goal_mention.target_year,
    goal_mention.effective_year,
    goal_mention.gas,
    goal_mention.status,
    goal_mention.ownership,
    goal_mention.governing_document,
    goal_mention.quote,
    goal_mention.char_start,
    goal_mention.char_end,
    goal_mention.section,
    page_place.page,
    goal_mention.extractor,
    goal_mention.extractor_version,
    goal_mention.rule_id,
    goal_mention.confidence,
    goal_mention.quality_flags,
from goal_mention
inner join goal_entity
    on
        goal_mention.document_id = goal_entity.document_id
        and goal_mention.fact_no = goal_entity.fact_no
{{ page_join('goal_mention') }}
