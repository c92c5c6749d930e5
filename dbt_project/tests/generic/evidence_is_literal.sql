{# Every row's quote is exactly what stands between its offsets in the contract's text: a fact whose words are not
   there, or whose span is empty, proves nothing. Gives the rows where it is not so, a missing text included. #}
{% test evidence_is_literal(model) %}

select
    fact.contract_version_id,
    fact.char_start,
    fact.char_end,
    fact.quote,
    substr(document.raw_text, fact.char_start + 1, fact.char_end - fact.char_start) as found,
from {{ model }} as fact
left join {{ ref('contract_text') }} as document
    on fact.contract_version_id = document.contract_version_id
where
    fact.char_start < 0
    or fact.char_start >= fact.char_end
    or substr(document.raw_text, fact.char_start + 1, fact.char_end - fact.char_start) is distinct from fact.quote

{% endtest %}
