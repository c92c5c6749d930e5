-- Grain: one row a contract version, withdrawn ones included: the text of the revision that stands for it.
with contract_version as (
    select * from {{ ref('int_contract_version') }}
)

select
    contract_version.contract_version_id,
    contract_version.raw_text,
    contract_version.clean_text,
    contract_version.source_path,
    contract_version.source_line,
    contract_version.sha256 as source_sha256,
from contract_version
