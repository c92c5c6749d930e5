-- Grain: one row a reported result and current contract version.
with outcome as (
    select * from {{ ref('int_outcome') }}
),

actor_mention as (
    select * from {{ ref('int_actor_mention') }}
    where fact_kind = 'outcome' and role in ('awarder', 'funder')
),

-- Who gave the prize; where nobody is named as giving it, who gave the money.
awarder as (
    select
        actor_mention.fact_id as outcome_id,
        actor_mention.actor_id,
    from actor_mention
    qualify
        row_number() over (
            partition by actor_mention.fact_id
            order by actor_mention.role, actor_mention.char_start, actor_mention.actor_id
        ) = 1
)

select
    outcome.outcome_id,
    outcome.contract_version_id,
    outcome.municipality_id,
    outcome.outcome_type,
    outcome.statement,
    outcome.value,
    outcome.value_max,
    outcome.unit,
    outcome.direction,
    outcome.bound,
    outcome.baseline_year,
    outcome.year,
    outcome.scope,
    outcome.sector,
    outcome.gas,
    awarder.actor_id as awarded_by_actor_id,
    {{ evidence_columns('outcome') }},
from outcome
left join awarder
    on outcome.outcome_id = awarder.outcome_id
