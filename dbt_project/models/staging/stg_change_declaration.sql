-- Grain: one row an entity and cue in the newer of two consecutive versions.
select
    municipality_id,
    from_document_id,
    to_document_id,
    entity,
    entity_id,
    cue,
    quote,
    char_start,
    char_end,
from {{ source('raw', 'change_declaration') }}
