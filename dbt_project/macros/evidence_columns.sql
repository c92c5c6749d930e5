{# The evidence columns that every fact carries, in the order of the public tables. #}
{% macro evidence_columns(alias) -%}
{{ alias }}.quote,
    {{ alias }}.char_start,
    {{ alias }}.char_end,
    {{ alias }}.section,
    {{ alias }}.page,
    {{ alias }}.extractor,
    {{ alias }}.extractor_version,
    {{ alias }}.rule_id,
    {{ alias }}.confidence,
    {{ alias }}.quality_flags
{%- endmacro %}
