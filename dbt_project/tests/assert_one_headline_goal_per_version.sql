{{ config(meta={'dagster': {'ref': {'name': 'fct_goal'}}}) }}
{# A chart shows one climate-neutrality year a municipality: at most one headline goal a contract version. #}
select
    goal.contract_version_id,
    count(*) as headline_goals,
from {{ ref('fct_goal') }} as goal
where goal.is_headline
group by all
having count(*) > 1
