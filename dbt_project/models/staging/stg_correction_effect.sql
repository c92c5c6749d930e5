-- Grain: one row a line of raw/corrections.csv and document of its contract version.
select
    document_id,
    line,
    kind,
    outcome,
    reason,
    fact_no,
    before,
from {{ source('raw', 'correction_effect') }}
