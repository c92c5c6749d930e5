-- Grain: one row a municipality, year and edition of SMHI's Nationella emissionsdatabasen.
with territorial_emission as (
    select * from {{ ref('territorial_emissions') }}
)

select
    territorial_emission.municipality_id,
    territorial_emission.year,
    cast('{{ var("territorial_emissions_edition") }}' as date) as edition,
    territorial_emission.emissions_tco2e,
    'SMHI, Nationella emissionsdatabasen' as source,
from territorial_emission
