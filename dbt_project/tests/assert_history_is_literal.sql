{{ config(meta={'dagster': {'ref': {'name': 'fct_goal_history'}}}) }}
{# A fact of a superseded or withdrawn text is proved by that text, not by the one that stands now. #}
with fact as (
    select
        goal.document_id,
        goal.goal_history_id as fact_id,
        goal.quote,
        goal.char_start,
        goal.char_end,
    from {{ ref('fct_goal_history') }} as goal

    union all

    select
        outcome.document_id,
        outcome.outcome_history_id as fact_id,
        outcome.quote,
        outcome.char_start,
        outcome.char_end,
    from {{ ref('fct_outcome_history') }} as outcome

    union all

    select
        initiative.document_id,
        initiative.initiative_history_id as fact_id,
        initiative.quote,
        initiative.char_start,
        initiative.char_end,
    from {{ ref('fct_initiative_history') }} as initiative
)

select
    fact.fact_id,
    fact.quote,
from fact
left join {{ ref('contract_text_revision') }} as text_revision
    on fact.document_id = text_revision.document_id
where substr(text_revision.raw_text, fact.char_start + 1, fact.char_end - fact.char_start) is distinct from fact.quote
