-- Grain: one row a document and stretch of time in which it stood for its contract version.
select
    contract_version_id,
    document_id,
    revision,
    is_current,
    timezone('UTC', loaded_at) as loaded_at,
    timezone('UTC', superseded_at) as superseded_at,
    timezone('UTC', withdrawn_at) as withdrawn_at,
    source_path,
    source_line,
    sha256,
    municipality_basis,
    version_year_basis,
    identity_flags,
    source_url,
    licence,
    retrieved_on,
from {{ source('raw', 'revision') }}
