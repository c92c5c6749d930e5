-- Grain: one row an actor named, with a role, at one place in a fact of a current contract version.
with actor_mention as (
    select * from {{ ref('stg_actor_mention') }}
),

contract_version as (
    select * from {{ ref('int_contract_version') }}
    where is_current
),

goal as (
    select * from {{ ref('int_goal') }}
),

outcome as (
    select * from {{ ref('int_outcome') }}
),

initiative as (
    select * from {{ ref('int_initiative') }}
),

fact as (
    select
        'goal' as fact_kind,
        goal.document_id,
        goal.fact_no,
        goal.goal_version_id as fact_id,
    from goal

    union all

    select
        'outcome' as fact_kind,
        outcome.document_id,
        outcome.fact_no,
        outcome.outcome_id as fact_id,
    from outcome

    union all

    select
        'initiative' as fact_kind,
        initiative.document_id,
        initiative.fact_no,
        initiative.initiative_version_id as fact_id,
    from initiative
)

select
    fact.fact_id,
    contract_version.contract_version_id,
    contract_version.version_year,
    contract_version.is_latest,
    actor_mention.* exclude (municipality_id),
    contract_version.municipality_id,
    actor_mention.municipality_id as actor_municipality_id,
    page_place.page,
from actor_mention
inner join contract_version
    on actor_mention.document_id = contract_version.document_id
inner join fact
    on
        actor_mention.document_id = fact.document_id
        and actor_mention.fact_kind = fact.fact_kind
        and actor_mention.fact_no = fact.fact_no
{{ page_join('actor_mention') }}
