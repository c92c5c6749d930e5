-- Grain: one row a contract text as read, by content.
select
    document_id,
    contract_version_id,
    municipality_id,
    version_year,
    signed_date,
    document_kind,
    is_truncated,
    raw_text,
    clean_text,
    from_json(json_extract(layout_hints, '$.pages'), '["INTEGER"]') as page_starts,
    characters,
    sentences,
    quality_flags,
    reader_version,
from {{ source('raw', 'document') }}
