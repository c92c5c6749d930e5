-- Grain: one row a document and revision of a contract version.
select
    contract_version_id,
    document_id,
    revision,
    is_current,
    timezone('UTC', loaded_at) as loaded_at,
    timezone('UTC', superseded_at) as superseded_at,
    timezone('UTC', withdrawn_at) as withdrawn_at,
from {{ source('raw', 'revision') }}
