{# Joins, as `page_place`, the page on which a span begins: its `page` is NULL where the format has no pages. #}
{% macro page_join(alias, document_id='document_id', char_start='char_start', name='page_place') -%}
asof left join {{ ref('int_page_place') }} as {{ name }}
    on
        {{ alias }}.{{ document_id }} = {{ name }}.document_id
        and {{ alias }}.{{ char_start }} >= {{ name }}.char_start
{%- endmacro %}
