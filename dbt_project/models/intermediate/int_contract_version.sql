-- Grain: one row a contract version, withdrawn ones included.
-- Order among versions counts the current ones alone. A version whose year is not known has no place in the order: it
-- has no previous version, is nobody's previous version, and is the latest only where the municipality has no other.
with standing_revision as (
    select * from {{ ref('int_standing_revision') }}
),

document as (
    select * from {{ ref('stg_document') }}
),

extraction as (
    select
        stage_state.document_id,
        -- What follows the plus is a hash of the corrections that were applied.
        split_part(stage_state.version, '+', 1) as version,
    from {{ ref('stg_stage_state') }} as stage_state
    where stage_state.stage = 'mentions'
),

contract_version as (
    select
        standing_revision.contract_version_id,
        {{ municipality_slug('standing_revision.contract_version_id') }} as municipality_slug,
        document.municipality_id,
        document.version_year,
        standing_revision.version_year_basis,
        document.signed_date,
        document.document_kind,
        document.is_truncated,
        standing_revision.revision,
        standing_revision.is_current,
        document.characters,
        document.sentences,
        extraction.version as extractor_version,
        standing_revision.loaded_at,
        standing_revision.superseded_at,
        standing_revision.withdrawn_at,
        standing_revision.source_url,
        standing_revision.source_path,
        standing_revision.source_line,
        standing_revision.sha256,
        document.raw_text,
        document.clean_text,
        standing_revision.licence,
        standing_revision.retrieved_on,
        standing_revision.municipality_basis,
        nullif(concat_ws(' ', document.quality_flags, standing_revision.identity_flags), '') as quality_flags,
        document.document_id,
    from standing_revision
    inner join document
        on standing_revision.document_id = document.document_id
    left join extraction
        on standing_revision.document_id = extraction.document_id
),

dated_order as (
    select
        contract_version.contract_version_id,
        lag(contract_version.contract_version_id) over (
            partition by contract_version.municipality_id
            order by contract_version.version_year, contract_version.contract_version_id
        ) as previous_contract_version_id,
    from contract_version
    where contract_version.is_current and contract_version.version_year is not null
),

latest as (
    select contract_version.contract_version_id
    from contract_version
    where contract_version.is_current
    qualify
        row_number() over (
            partition by contract_version.municipality_id
            order by contract_version.version_year desc nulls last, contract_version.contract_version_id desc
        ) = 1
)

select
    contract_version.*,
    dated_order.previous_contract_version_id,
    latest.contract_version_id is not null as is_latest,
from contract_version
left join dated_order
    on contract_version.contract_version_id = dated_order.contract_version_id
left join latest
    on contract_version.contract_version_id = latest.contract_version_id
