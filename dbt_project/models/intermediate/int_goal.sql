-- Grain: one row a goal and current contract version.
-- The key says what the goal is: municipality, type, scope, form. Year and value are left out, for they are what moves
-- from one version to the next. Goals of one version that share a key are numbered from the second on, by sector, year
-- and value before place in the text, so that a reordered text keeps its keys.
with goal_mention as (
    select * from {{ ref('stg_goal_mention') }}
),

contract_version as (
    select * from {{ ref('int_contract_version') }}
    where is_current
),

goal as (
    select
        contract_version.contract_version_id,
        contract_version.municipality_id,
        contract_version.municipality_slug,
        contract_version.version_year,
        contract_version.is_latest,
        goal_mention.* replace (
            coalesce(goal_mention.unit, 'not_specified') as unit,
            coalesce(goal_mention.direction, 'not_specified') as direction,
            coalesce(goal_mention.bound, 'not_specified') as bound,
            coalesce(goal_mention.gas, 'not_specified') as gas
        ),
    from goal_mention
    inner join contract_version
        on goal_mention.document_id = contract_version.document_id
),

numbered as (
    select
        goal.*,
        row_number() over (
            partition by goal.contract_version_id, goal.goal_type, goal.scope, goal.target_form
            order by
                goal.sector,
                goal.target_year nulls last,
                goal.value nulls last,
                goal.char_start,
                goal.fact_no
        ) as number_in_key,
    from goal
),

keyed as (
    select
        numbered.* exclude (number_in_key),
        concat(
            'goal-', numbered.goal_type, '-', numbered.scope, '-', numbered.target_form,
            case when numbered.number_in_key > 1 then '-' || numbered.number_in_key end
        ) as key_tail,
    from numbered
)

select
    keyed.* exclude (key_tail),
    keyed.contract_version_id || '-' || keyed.key_tail as goal_version_id,
    keyed.municipality_slug || '-' || keyed.key_tail as goal_id,
from keyed
