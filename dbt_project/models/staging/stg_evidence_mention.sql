-- Grain: one row a further span behind a fact of a document.
select
    document_id,
    fact_kind,
    fact_no,
    evidence_no,
    quote,
    char_start,
    char_end,
from {{ source('raw', 'evidence_mention') }}
