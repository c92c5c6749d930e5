-- Grain: one row an initiative and current contract version.
with initiative as (
    select * from {{ ref('int_initiative') }}
)

select
    initiative.initiative_version_id,
    initiative.initiative_id,
    initiative.contract_version_id,
    initiative.municipality_id,
    initiative.name,
    initiative.initiative_type,
    initiative.status,
    initiative.status_max,
    initiative.start_year,
    initiative.end_year,
    initiative.decision_body,
    initiative.decision_date,
    initiative.sector,
    {{ evidence_columns('initiative') }},
    initiative.is_governing_document,
from initiative
