{{ config(meta={'dagster': {'ref': {'name': 'code_crosswalk'}}}) }}
{# A crosswalk from a code that we don't have leads nowhere. #}
{% set code_lists = ['goal_type', 'target_form', 'goal_status', 'initiative_status', 'sector'] -%}

with listed as (
    {% for code_list in code_lists %}
    select
        '{{ code_list }}' as code_list,
        list.code,
    from {{ ref('dim_' ~ code_list) }} as list
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    crosswalk.code_list,
    crosswalk.code,
from {{ ref('code_crosswalk') }} as crosswalk
anti join listed
    on
        crosswalk.code_list = listed.code_list
        and crosswalk.code = listed.code
