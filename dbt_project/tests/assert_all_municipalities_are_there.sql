{{ config(meta={'dagster': {'ref': {'name': 'fct_territorial_emission'}}}) }}
{# Sweden has 290 municipalities, and each has a figure for each year of the latest edition: a cut seed file would else
   go unseen. #}
with year_listed as (
    select distinct emission.year
    from {{ ref('fct_territorial_emission') }} as emission
),

expected as (
    select
        municipality.municipality_id,
        year_listed.year,
        count(*) over (partition by year_listed.year) as municipalities,
    from {{ ref('dim_municipality') }} as municipality
    cross join year_listed
)

select
    expected.municipality_id,
    expected.year,
from expected
left join {{ ref('fct_territorial_emission') }} as emission
    on
        expected.municipality_id = emission.municipality_id
        and expected.year = emission.year
where
    emission.emissions_tco2e is null
    or expected.municipalities <> 290
