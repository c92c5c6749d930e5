-- Grain: one row a span behind a fact of a current contract version; a span that is given twice counts once.
with goal as (
    select * from {{ ref('int_goal') }}
),

outcome as (
    select * from {{ ref('int_outcome') }}
),

initiative as (
    select * from {{ ref('int_initiative') }}
),

initiative_actor as (
    select * from {{ ref('int_initiative_actor') }}
),

actor_mention as (
    select * from {{ ref('int_actor_mention') }}
    where fact_kind = 'initiative'
),

evidence_mention as (
    select * from {{ ref('stg_evidence_mention') }}
),

fact as (
    select
        goal.goal_version_id as fact_id,
        'fct_goal' as fact_table,
        'goal' as fact_kind,
        goal.document_id,
        goal.fact_no,
        goal.contract_version_id,
        goal.char_start,
        goal.char_end,
        goal.quote,
    from goal

    union all

    select
        outcome.outcome_id as fact_id,
        'fct_outcome' as fact_table,
        'outcome' as fact_kind,
        outcome.document_id,
        outcome.fact_no,
        outcome.contract_version_id,
        outcome.char_start,
        outcome.char_end,
        outcome.quote,
    from outcome

    union all

    select
        initiative.initiative_version_id as fact_id,
        'fct_initiative' as fact_table,
        'initiative' as fact_kind,
        initiative.document_id,
        initiative.fact_no,
        initiative.contract_version_id,
        initiative.char_start,
        initiative.char_end,
        initiative.quote,
    from initiative
),

span as (
    select
        fact.fact_id,
        fact.fact_table,
        fact.document_id,
        fact.contract_version_id,
        fact.char_start,
        fact.char_end,
        fact.quote,
        true as is_primary,
    from fact

    union all

    select
        initiative_actor.initiative_actor_id as fact_id,
        'bridge_initiative_actor' as fact_table,
        initiative_actor.document_id,
        initiative_actor.contract_version_id,
        initiative_actor.char_start,
        initiative_actor.char_end,
        initiative_actor.quote,
        true as is_primary,
    from initiative_actor

    union all

    select
        fact.fact_id,
        fact.fact_table,
        fact.document_id,
        fact.contract_version_id,
        evidence_mention.char_start,
        evidence_mention.char_end,
        evidence_mention.quote,
        false as is_primary,
    from evidence_mention
    inner join fact
        on
            evidence_mention.document_id = fact.document_id
            and evidence_mention.fact_kind = fact.fact_kind
            and evidence_mention.fact_no = fact.fact_no

    union all

    select
        initiative_actor.initiative_actor_id as fact_id,
        'bridge_initiative_actor' as fact_table,
        actor_mention.document_id,
        actor_mention.contract_version_id,
        actor_mention.char_start,
        actor_mention.char_end,
        actor_mention.quote,
        false as is_primary,
    from actor_mention
    inner join initiative_actor
        on
            actor_mention.fact_id = initiative_actor.initiative_version_id
            and actor_mention.actor_id = initiative_actor.actor_id
            and actor_mention.role = initiative_actor.role
),

once as (
    select
        span.* exclude (is_primary),
        bool_or(span.is_primary) as is_primary,
    from span
    group by all
)

select
    once.*,
    page_place.page,
from once
{{ page_join('once') }}
