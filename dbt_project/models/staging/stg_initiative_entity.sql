-- Grain: one row an initiative of a document.
select
    municipality_id,
    document_id,
    fact_no,
    initiative_id,
    basis,
    score,
    words,
from {{ source('raw', 'initiative_entity') }}
