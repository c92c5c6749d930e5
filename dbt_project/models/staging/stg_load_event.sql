-- Grain: one row a file (or line of a clause collection) and event.
select
    source_path,
    source_line,
    sha256,
    bytes,
    outcome,
    reason,
    contract_version_id,
    timezone('UTC', "at") as event_at,
    run_id,
from {{ source('raw', 'load_event') }}
