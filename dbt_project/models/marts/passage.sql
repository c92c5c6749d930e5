-- Grain: one row a sentence, bullet, table cell or heading of a current contract version.
with sentence as (
    select * from {{ ref('int_sentence') }}
),

contract_version as (
    select * from {{ ref('int_contract_version') }}
)

select
    sentence.contract_version_id || '-p' || lpad(cast(sentence.sentence_no as varchar), 4, '0') as passage_id,
    sentence.contract_version_id,
    contract_version.municipality_id,
    sentence.sentence_no,
    sentence.section,
    sentence.page,
    sentence.char_start,
    sentence.char_end,
    sentence.quote,
    sentence.is_climate_bearing,
    sentence.has_fact,
from sentence
inner join contract_version
    on sentence.contract_version_id = contract_version.contract_version_id
