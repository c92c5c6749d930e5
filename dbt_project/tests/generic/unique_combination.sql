{# No two rows share the same values of the columns; NULL counts as a value, so that two rows without one collide. #}
{% test unique_combination(model, columns) %}

select
    {% for column in columns %}
    fact.{{ column }},
    {% endfor %}
    count(*) as copies,
from {{ model }} as fact
group by all
having count(*) > 1

{% endtest %}
