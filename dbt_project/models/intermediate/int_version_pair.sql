-- Grain: one row a pair of consecutive current versions of one municipality.
-- A text is whole when it is the full contract and not cut: only a whole text can show that something is absent.
with contract_version as (
    select * from {{ ref('int_contract_version') }}
    where is_current
)

select
    newer.municipality_id,
    older.contract_version_id as from_contract_version_id,
    newer.contract_version_id as to_contract_version_id,
    older.document_id as from_document_id,
    newer.document_id as to_document_id,
    older.document_kind = 'full_contract' and not older.is_truncated as is_from_whole,
    newer.document_kind = 'full_contract' and not newer.is_truncated as is_to_whole,
from contract_version as newer
inner join contract_version as older
    on newer.previous_contract_version_id = older.contract_version_id
