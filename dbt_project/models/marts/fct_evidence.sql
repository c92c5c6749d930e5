-- Grain: one row a span of text behind a fact.
with evidence as (
    select * from {{ ref('int_evidence') }}
)

select
    evidence.fact_id,
    evidence.fact_table,
    evidence.contract_version_id,
    evidence.char_start,
    evidence.char_end,
    evidence.quote,
    evidence.page,
    evidence.is_primary,
from evidence
