-- Grain: one row a contract version, withdrawn ones included.
with contract_version as (
    select * from {{ ref('int_contract_version') }}
)

select
    contract_version.contract_version_id,
    contract_version.municipality_id,
    contract_version.version_year,
    contract_version.version_year_basis,
    contract_version.signed_date,
    contract_version.previous_contract_version_id,
    contract_version.is_latest,
    contract_version.document_kind,
    contract_version.is_truncated,
    contract_version.revision,
    contract_version.is_current,
    contract_version.characters,
    contract_version.sentences,
    contract_version.extractor_version,
    contract_version.loaded_at,
    contract_version.source_url,
    contract_version.superseded_at,
    contract_version.withdrawn_at,
    contract_version.municipality_basis,
    contract_version.licence,
    contract_version.retrieved_on,
    contract_version.quality_flags,
from contract_version
