-- Grain: one row an event of a file below raw/.
select
    event_id,
    timezone('UTC', "at") as event_at,
    run_id,
    source_path,
    sha256,
    bytes,
    event,
from {{ source('raw', 'file_event') }}
