-- Grain: one row an initiative version and sector.
with initiative as (
    select * from {{ ref('int_initiative') }}
),

initiative_sector as (
    select
        initiative.initiative_version_id,
        initiative.initiative_id,
        initiative.contract_version_id,
        initiative.municipality_id,
        initiative.sector as primary_sector,
        unnest(if(len(initiative.sectors) > 0, list_distinct(initiative.sectors), [initiative.sector])) as sector,
    from initiative
)

select
    initiative_sector.initiative_version_id,
    initiative_sector.sector,
    initiative_sector.sector = initiative_sector.primary_sector as is_primary,
    initiative_sector.initiative_id,
    initiative_sector.contract_version_id,
    initiative_sector.municipality_id,
from initiative_sector
