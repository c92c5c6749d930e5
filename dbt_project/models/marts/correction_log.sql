-- Grain: one row a line of raw/corrections.csv as last loaded.
with correction as (
    select * from {{ ref('stg_correction') }}
),

correction_effect as (
    select * from {{ ref('stg_correction_effect') }}
),

contract_version as (
    select * from {{ ref('int_contract_version') }}
),

goal as (
    select * from {{ ref('int_goal') }}
),

outcome as (
    select * from {{ ref('int_outcome') }}
),

initiative as (
    select * from {{ ref('int_initiative') }}
)

select
    correction.line,
    correction.contract_version_id,
    correction.kind,
    correction.action,
    correction.quote,
    correction.changes,
    correction.decided_by,
    correction.decided_on,
    correction.why,
    case
        when correction.is_refused then 'refused'
        when correction_effect.outcome is null then 'no_such_version'
        else correction_effect.outcome
    end as outcome,
    case
        when correction.reason is not null then correction.reason
        when correction_effect.outcome is null
            then 'No text of ' || correction.contract_version_id || ' is loaded. Correct the line, or add the text.'
        else correction_effect.reason
    end as reason,
    coalesce(goal.goal_version_id, outcome.outcome_id, initiative.initiative_version_id) as fact_id,
    correction_effect.before,
from correction
left join contract_version
    on correction.contract_version_id = contract_version.contract_version_id
left join correction_effect
    on
        contract_version.document_id = correction_effect.document_id
        and correction.line = correction_effect.line
left join goal
    on
        correction_effect.kind = 'goal'
        and correction_effect.document_id = goal.document_id
        and correction_effect.fact_no = goal.fact_no
left join outcome
    on
        correction_effect.kind = 'outcome'
        and correction_effect.document_id = outcome.document_id
        and correction_effect.fact_no = outcome.fact_no
left join initiative
    on
        correction_effect.kind = 'initiative'
        and correction_effect.document_id = initiative.document_id
        and correction_effect.fact_no = initiative.fact_no
