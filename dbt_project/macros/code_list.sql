{# The rows of a code list, as every dim_<list> publishes them. codes: the seed that holds the list. #}
{% macro code_list(codes) -%}
select
    code,
    label_sv,
    label_en,
    definition_en,
    source_standard,
    sort_order,
from {{ codes }}
{%- endmacro %}
