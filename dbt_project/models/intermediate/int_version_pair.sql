-- Grain: one row a pair of consecutive current versions of one municipality.
-- A text is whole when it is the full contract and not cut: only a whole text can show that something is absent. With
-- the variable excerpts_show_absence an excerpt that isn't cut counts as whole for the sections that it has.
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
    not newer.is_truncated
    and (newer.document_kind = 'full_contract' or {{ var('excerpts_show_absence') }}) as is_to_whole,
from contract_version as newer
inner join contract_version as older
    on newer.previous_contract_version_id = older.contract_version_id
