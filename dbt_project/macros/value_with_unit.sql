{# A value as text, its interval and unit included: "3.1 – 3.4 tCO2e_per_capita".
   suffix: of the columns, such as _from. #}
{% macro value_with_unit(alias, suffix) -%}
concat_ws(
            ' ',
            {{ alias }}.value{{ suffix }},
            '– ' || {{ alias }}.value_max{{ suffix }},
            nullif({{ alias }}.unit{{ suffix }}, 'not_specified')
        )
{%- endmacro %}
