-- Grain: one row a current contract version and section with text or facts.
with sentence as (
    select * from {{ ref('int_sentence') }}
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

sentence_count as (
    select
        sentence.contract_version_id,
        sentence.section,
        count(*) as sentences,
        count(*) filter (where sentence.has_fact) as sentences_with_fact,
        count(*) filter (where sentence.is_climate_bearing) as climate_bearing_sentences,
        count(*) filter (where sentence.is_climate_bearing and not sentence.has_fact)
            as climate_bearing_sentences_without_fact,
        list(
            struct_pack(
                char_start := sentence.char_start,
                char_end := sentence.char_end,
                quote := sentence.quote
            )
            order by sentence.char_start, sentence.char_end
        ) filter (where sentence.is_climate_bearing and not sentence.has_fact) as unread_sentences,
    from sentence
    group by all
),

fact as (
    select
        goal.contract_version_id,
        goal.section,
        'goal' as kind,
    from goal

    union all

    select
        outcome.contract_version_id,
        outcome.section,
        'outcome' as kind,
    from outcome

    union all

    select
        initiative.contract_version_id,
        initiative.section,
        'initiative' as kind,
    from initiative
),

fact_count as (
    select
        fact.contract_version_id,
        fact.section,
        count(*) filter (where fact.kind = 'goal') as goals,
        count(*) filter (where fact.kind = 'outcome') as outcomes,
        count(*) filter (where fact.kind = 'initiative') as initiatives,
    from fact
    group by all
)

select
    coalesce(sentence_count.contract_version_id, fact_count.contract_version_id) as contract_version_id,
    coalesce(sentence_count.section, fact_count.section) as section,
    coalesce(sentence_count.sentences, 0) as sentences,
    coalesce(fact_count.goals, 0) + coalesce(fact_count.outcomes, 0) + coalesce(fact_count.initiatives, 0) as facts,
    coalesce(fact_count.goals, 0) as goals,
    coalesce(fact_count.outcomes, 0) as outcomes,
    coalesce(fact_count.initiatives, 0) as initiatives,
    coalesce(sentence_count.sentences_with_fact, 0) as sentences_with_fact,
    coalesce(sentence_count.climate_bearing_sentences, 0) as climate_bearing_sentences,
    coalesce(sentence_count.climate_bearing_sentences_without_fact, 0) as climate_bearing_sentences_without_fact,
    coalesce(sentence_count.unread_sentences, []) as unread_sentences,
from sentence_count
full outer join fact_count
    on
        sentence_count.contract_version_id = fact_count.contract_version_id
        and sentence_count.section = fact_count.section
