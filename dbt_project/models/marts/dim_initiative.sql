-- Grain: one row an initiative of a municipality, the same across contract versions.
-- Attributes are those of the last version in which the initiative stands.
with initiative as (
    select * from {{ ref('int_initiative') }}
),

last_version as (
    select
        initiative.initiative_id,
        initiative.municipality_id,
        initiative.name,
        initiative.initiative_type,
        initiative.is_governing_document,
        initiative.sector,
        initiative.initiative_version_id as last_initiative_version_id,
    from initiative
    qualify
        row_number() over (
            partition by initiative.initiative_id
            order by initiative.version_year desc nulls last, initiative.contract_version_id desc
        ) = 1
),

span_of_years as (
    select
        initiative.initiative_id,
        min(initiative.version_year) as first_version_year,
        max(initiative.version_year) as last_version_year,
        bool_or(initiative.is_latest) as is_in_latest,
    from initiative
    group by all
)

select
    last_version.initiative_id,
    last_version.name,
    last_version.initiative_type,
    last_version.is_governing_document,
    last_version.municipality_id,
    last_version.sector,
    span_of_years.first_version_year,
    span_of_years.last_version_year,
    span_of_years.is_in_latest,
    last_version.last_initiative_version_id,
from last_version
inner join span_of_years
    on last_version.initiative_id = span_of_years.initiative_id
