-- Grain: one row a document that stands or ever stood for a contract version.
with document as (
    select * from {{ ref('stg_document') }}
),

revision as (
    select * from {{ ref('stg_revision') }}
)

select
    document.document_id,
    document.raw_text,
from document
semi join revision
    on document.document_id = revision.document_id
