{{ config(meta={'dagster': {'ref': {'name': 'fct_evidence'}}}) }}
{# A fact without a span, or a span without a fact, breaks the way back to the text. The fact's own quote is its primary
   span, word for word. #}
with fact as (
    select
        'fct_goal' as fact_table,
        goal.goal_version_id as fact_id,
        goal.quote,
    from {{ ref('fct_goal') }} as goal

    union all

    select
        'fct_outcome' as fact_table,
        outcome.outcome_id as fact_id,
        outcome.quote,
    from {{ ref('fct_outcome') }} as outcome

    union all

    select
        'fct_initiative' as fact_table,
        initiative.initiative_version_id as fact_id,
        initiative.quote,
    from {{ ref('fct_initiative') }} as initiative

    union all

    select
        'bridge_initiative_actor' as fact_table,
        initiative_actor.initiative_actor_id as fact_id,
        initiative_actor.quote,
    from {{ ref('bridge_initiative_actor') }} as initiative_actor
)

select
    coalesce(fact.fact_table, evidence.fact_table) as fact_table,
    coalesce(fact.fact_id, evidence.fact_id) as fact_id,
    fact.quote as quote_of_fact,
    evidence.quote as quote_of_evidence,
from fact
full outer join {{ ref('fct_evidence') }} as evidence
    on
        fact.fact_table = evidence.fact_table
        and fact.fact_id = evidence.fact_id
where
    fact.fact_id is null
    or evidence.fact_id is null
    or (evidence.is_primary and fact.quote <> evidence.quote)
