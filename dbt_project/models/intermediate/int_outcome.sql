-- Grain: one row a reported result and current contract version.
-- The key holds the result's place in the text and not its running number: the text of a revision never changes, while
-- a running number moves when the extractor finds one more result before it.
with outcome_mention as (
    select * from {{ ref('stg_outcome_mention') }}
),

contract_version as (
    select * from {{ ref('int_contract_version') }}
    where is_current
),

outcome as (
    select
        contract_version.contract_version_id,
        contract_version.municipality_id,
        outcome_mention.* replace (
            coalesce(outcome_mention.unit, 'not_specified') as unit,
            coalesce(outcome_mention.direction, 'not_specified') as direction,
            coalesce(outcome_mention.bound, 'not_specified') as bound,
            coalesce(outcome_mention.gas, 'not_specified') as gas
        ),
        row_number() over (
            partition by
                contract_version.contract_version_id,
                outcome_mention.outcome_type,
                outcome_mention.char_start
            order by
                outcome_mention.char_end,
                outcome_mention.year nulls last,
                outcome_mention.unit nulls last,
                outcome_mention.value nulls last,
                outcome_mention.fact_no
        ) as number_in_key,
    from outcome_mention
    inner join contract_version
        on outcome_mention.document_id = contract_version.document_id
)

select
    outcome.* exclude (number_in_key),
    concat(
        outcome.contract_version_id, '-outcome-', outcome.outcome_type, '-', outcome.char_start,
        case when outcome.number_in_key > 1 then '-' || outcome.number_in_key end
    ) as outcome_id,
    page_place.page,
from outcome
{{ page_join('outcome') }}
