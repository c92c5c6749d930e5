-- Grain: one row a document and stretch of time in which it stood for its contract version.
with revision as (
    select * from {{ ref('stg_revision') }}
),

document as (
    select * from {{ ref('stg_document') }}
)

select
    concat(revision.document_id, '@', strftime(revision.loaded_at, '%Y%m%dT%H%M%S.%f')) as contract_revision_id,
    revision.contract_version_id,
    revision.document_id,
    revision.revision,
    document.municipality_id,
    document.version_year,
    document.document_kind,
    document.is_truncated,
    revision.is_current,
    revision.loaded_at,
    revision.superseded_at,
    revision.withdrawn_at,
    least(revision.superseded_at, revision.withdrawn_at) as stood_until,
    revision.source_path,
    revision.source_line,
    revision.sha256,
from revision
inner join document
    on revision.document_id = document.document_id
