-- Grain: one row a code of ours and a term of another standard.
{% set code_lists = ['goal_type', 'target_form', 'goal_status', 'initiative_status', 'sector'] -%}

with crosswalk as (
    {% for code_list in code_lists %}
    select
        '{{ code_list }}' as code_list,
        *,
    from {{ ref('crosswalk_' ~ code_list) }}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}
)

select
    crosswalk.code_list,
    crosswalk.code,
    crosswalk.standard,
    crosswalk.standard_code,
    crosswalk.standard_term,
    crosswalk.match,
from crosswalk
