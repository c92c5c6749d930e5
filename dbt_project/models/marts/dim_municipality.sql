-- Grain: one row a Swedish municipality, all 290.
with municipality as (
    select * from {{ ref('municipalities') }}
),

viable_cities_member as (
    select * from {{ ref('viable_cities_members') }}
)

select
    municipality.municipality_id,
    municipality.municipality_name,
    municipality.official_name,
    municipality.county_id,
    municipality.county_name,
    municipality.population,
    municipality.population_date,
    viable_cities_member.first_contract_year,
from municipality
left join viable_cities_member
    on municipality.municipality_id = viable_cities_member.municipality_id
