{# Schema names as they stand in dbt_project.yml: the published tables lie in main, not in main_main. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
{{ (custom_schema_name or target.schema) | trim }}
{%- endmacro %}
