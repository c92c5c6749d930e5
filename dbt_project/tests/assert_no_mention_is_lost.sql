{{ config(meta={'dagster': {'ref': {'name': 'fct_goal'}}}) }}
{# Every goal, outcome and initiative that Python found in a current document becomes one fact: a join that drops or
   doubles rows would do so in silence. #}
with current_document as (
    select revision.document_id
    from {{ ref('stg_revision') }} as revision
    where revision.is_current
),

mention as (
    select
        'goal' as kind,
        count(*) as mentions,
    from {{ ref('stg_goal_mention') }} as goal_mention
    semi join current_document
        on goal_mention.document_id = current_document.document_id

    union all

    select
        'outcome' as kind,
        count(*) as mentions,
    from {{ ref('stg_outcome_mention') }} as outcome_mention
    semi join current_document
        on outcome_mention.document_id = current_document.document_id

    union all

    select
        'initiative' as kind,
        count(*) as mentions,
    from {{ ref('stg_initiative_mention') }} as initiative_mention
    semi join current_document
        on initiative_mention.document_id = current_document.document_id
),

fact as (
    select
        'goal' as kind,
        count(*) as facts,
    from {{ ref('fct_goal') }}

    union all

    select
        'outcome' as kind,
        count(*) as facts,
    from {{ ref('fct_outcome') }}

    union all

    select
        'initiative' as kind,
        count(*) as facts,
    from {{ ref('fct_initiative') }}
)

select
    mention.kind,
    mention.mentions,
    fact.facts,
from mention
inner join fact
    on mention.kind = fact.kind
where mention.mentions <> fact.facts
