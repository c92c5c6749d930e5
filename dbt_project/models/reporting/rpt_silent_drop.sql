-- Grain: one row a goal or initiative that a contract version dropped without a word.
-- It stood in the version before, the new text is whole and has the section, holds nothing of its words, and says
-- nothing of its end.
with change as (
    select * from {{ ref('rpt_change') }}
    where change_type = 'removed' and not is_declared
)

select
    change.change_id,
    change.municipality_id,
    change.municipality_name,
    change.county_name,
    change.from_contract_version_id,
    change.to_contract_version_id,
    change.from_version_year,
    change.to_version_year,
    change.is_latest,
    change.entity,
    change.entity_sv,
    change.entity_en,
    change.entity_id,
    change.entity_name,
    change.quote_from,
    change.page_from,
from change
