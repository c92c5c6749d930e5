{# Every date is ISO 8601, as exact as the text states it: 2023, 2023-12 or 2023-12-08. NULL passes. #}
{% test partial_date(model, column_name) %}

select fact.{{ column_name }} as date_found
from {{ model }} as fact
where not regexp_full_match(fact.{{ column_name }}, '\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?')

{% endtest %}
