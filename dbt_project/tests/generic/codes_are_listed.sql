{# Every code stands in its list: one relationships test a code column, in one query and one dbt node, since a fact has
   up to a dozen of them. codes: {column: ref('dim_<list>')}. A code is never NULL: the unknown is not_specified. #}
{% test codes_are_listed(model, codes) %}

{% for column, code_list in codes.items() %}
select
    '{{ column }}' as code_column,
    cast(fact.{{ column }} as varchar) as code,
    count(*) as facts,
from {{ model }} as fact
left join {{ code_list }} as list
    on fact.{{ column }} = list.code
where list.code is null
group by all
{% if not loop.last %}union all{% endif %}
{% endfor %}

{% endtest %}
