-- Grain: one row a file (or line of a clause collection) and event.
with load_event as (
    select * from {{ ref('stg_load_event') }}
)

select
    load_event.source_path,
    load_event.source_line,
    load_event.sha256,
    load_event.bytes,
    load_event.outcome,
    load_event.reason,
    load_event.event_at as "at",
    load_event.run_id,
    load_event.contract_version_id,
    row_number() over (
        partition by load_event.source_path, load_event.source_line
        order by load_event.event_at desc, load_event.run_id desc, load_event.outcome desc
    ) = 1 as is_latest,
from load_event
