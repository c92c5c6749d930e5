{# The change from one value to another in per cent, to one decimal; negative is a fall. NULL from nothing or from 0. #}
{% macro change_percent(value_from, value_to) -%}
round(100.0 * {{ value_to }} / nullif({{ value_from }}, 0) - 100, 1)
{%- endmacro %}
