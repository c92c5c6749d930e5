{{ config(meta={'dagster': {'ref': {'name': 'quality_coverage'}}}) }}
{# The sentences that gave no fact carry offsets like every other quote, and their number is the one that is told. #}
with unread_sentence as (
    select
        coverage.contract_version_id,
        coverage.section,
        unnest(coverage.unread_sentences) as sentence,
    from {{ ref('quality_coverage') }} as coverage
)

select
    unread_sentence.contract_version_id,
    unread_sentence.section,
    unread_sentence.sentence.quote,
from unread_sentence
inner join {{ ref('contract_text') }} as document
    on unread_sentence.contract_version_id = document.contract_version_id
where
    substr(
        document.raw_text,
        unread_sentence.sentence.char_start + 1,
        unread_sentence.sentence.char_end - unread_sentence.sentence.char_start
    ) <> unread_sentence.sentence.quote

union all

select
    coverage.contract_version_id,
    coverage.section,
    null as quote,
from {{ ref('quality_coverage') }} as coverage
where len(coverage.unread_sentences) <> coverage.climate_bearing_sentences_without_fact
