-- Grain: one row a line of raw/corrections.csv as last archived.
select
    line,
    contract_version_id,
    kind,
    quote,
    nr,
    action,
    decided_by,
    decided_on,
    why,
    changes,
    is_refused,
    reason,
    file_sha256,
    timezone('UTC', arrived_at) as arrived_at,
from {{ source('raw', 'correction') }}
