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
),

placed as (
    select
        contract_version.contract_version_id,
        sentence.section,
        sentence.sentence_no,
        sentence.kind,
        sentence.page,
        sentence.char_start,
        sentence.char_end,
        sentence.is_climate_bearing,
        substr(contract_version.raw_text, sentence.char_start + 1, sentence.char_end - sentence.char_start) as quote,
    from sentence
    inner join contract_version
        on sentence.document_id = contract_version.document_id
),

touched as (
    select distinct
        placed.contract_version_id,
        placed.sentence_no,
    from placed
    inner join evidence
        on
            placed.contract_version_id = evidence.contract_version_id
            and placed.char_start < evidence.char_end
            and placed.char_end > evidence.char_start
)

select
    placed.*,
    touched.sentence_no is not null as has_fact,
from placed
left join touched
    on
        placed.contract_version_id = touched.contract_version_id
        and placed.sentence_no = touched.sentence_no
