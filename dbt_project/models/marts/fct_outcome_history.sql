-- Grain: one row a reported result and document that stands or ever stood for a contract version.
with outcome_mention as (
    select * from {{ ref('stg_outcome_mention') }}
),

revision as (
    select * from {{ ref('stg_revision') }}
)

select
    concat(outcome_mention.document_id, '-outcome-', outcome_mention.fact_no) as outcome_history_id,
    outcome_mention.document_id,
    outcome_mention.outcome_type,
    outcome_mention.statement,
    outcome_mention.value,
    outcome_mention.value_max,
    outcome_mention.unit,
    outcome_mention.direction,
    outcome_mention.bound,
    outcome_mention.baseline_year,
    outcome_mention.year,
    outcome_mention.scope,
    outcome_mention.sector,
    outcome_mention.gas,
    outcome_mention.quote,
    outcome_mention.char_start,
    outcome_mention.char_end,
    outcome_mention.section,
    page_place.page,
    outcome_mention.extractor,
    outcome_mention.extractor_version,
    outcome_mention.rule_id,
    outcome_mention.confidence,
    outcome_mention.quality_flags,
from outcome_mention
{{ page_join('outcome_mention') }}
semi join revision
    on outcome_mention.document_id = revision.document_id
