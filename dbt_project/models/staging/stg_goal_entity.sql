-- Grain: one row a goal of a document.
select
    municipality_id,
    document_id,
    fact_no,
    goal_id,
    basis,
    score,
    words,
from {{ source('raw', 'goal_entity') }}
