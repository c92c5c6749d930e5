{# Every value of the columns lies between the lowest and the highest, both included; NULL passes. #}
{% test values_in_range(model, columns, lowest, highest) %}

{% for column in columns %}
select
    '{{ column }}' as range_column,
    fact.{{ column }} as value_found,
    count(*) as facts,
from {{ model }} as fact
where fact.{{ column }} < {{ lowest }} or fact.{{ column }} > {{ highest }}
group by all
{% if not loop.last %}union all{% endif %}
{% endfor %}

{% endtest %}
