-- Grain: one row a link between a goal and an initiative that a document states.
select
    document_id,
    goal_no,
    initiative_no,
    relation,
    rule_id,
from {{ source('raw', 'goal_initiative_mention') }}
