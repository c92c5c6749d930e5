-- Grain: one row a sentence, bullet, table cell or heading of a document.
select
    document_id,
    sentence_no,
    kind,
    section,
    page,
    char_start,
    char_end,
    text,
    is_climate_bearing,
from {{ source('raw', 'sentence') }}
