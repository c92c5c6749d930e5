-- Grain: one row a document and stage.
select
    document_id,
    stage,
    version,
from {{ source('raw', 'stage_state') }}
