-- Grain: one row a sentence of a current contract version, and whether a fact's evidence touches it.
with sentence as (
    select * from {{ ref('stg_sentence') }}
),

contract_version as (
    select * from {{ ref('int_contract_version') }}
    where is_current
),

evidence as (
    select * from {{ ref('int_evidence') }}
)

select
    contract_version.contract_version_id,
    sentence.section,
    sentence.sentence_no,
    sentence.kind,
    sentence.char_start,
    sentence.char_end,
    sentence.is_climate_bearing,
    substr(contract_version.raw_text, sentence.char_start + 1, sentence.char_end - sentence.char_start) as quote,
    exists (
        select 1
        from evidence
        where
            evidence.contract_version_id = contract_version.contract_version_id
            and evidence.char_start < sentence.char_end
            and evidence.char_end > sentence.char_start
    ) as has_fact,
from sentence
inner join contract_version
    on sentence.document_id = contract_version.document_id
