-- Grain: one row an entity that one of two consecutive versions lacks.
select
    municipality_id,
    from_document_id,
    to_document_id,
    entity,
    entity_id,
    is_literal,
    share,
    quote,
    char_start,
    char_end,
from {{ source('raw', 'change_echo') }}
