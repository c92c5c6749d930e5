{{ config(meta={'dagster': {'ref': {'name': 'fct_goal_history'}}}) }}
{# A fact of a superseded or withdrawn text is proved by that text, not by the one that stands now. #}
with fact as (
    select document_id, goal_history_id as fact_id, quote, char_start, char_end from {{ ref('fct_goal_history') }}
    union all
    select document_id, outcome_history_id as fact_id, quote, char_start, char_end from {{ ref('fct_outcome_history') }}
    union all
    select document_id, initiative_history_id as fact_id, quote, char_start, char_end
    from {{ ref('fct_initiative_history') }}
)

select
    fact.fact_id,
    fact.quote,
from fact
left join {{ ref('contract_text_revision') }} as text_revision
    on fact.document_id = text_revision.document_id
where substr(text_revision.raw_text, fact.char_start + 1, fact.char_end - fact.char_start) is distinct from fact.quote
