-- Grain: one row an initiative version, actor and role; its evidence is the first place where the text says so.
with actor_mention as (
    select * from {{ ref('int_actor_mention') }}
    where fact_kind = 'initiative'
),

initiative as (
    select * from {{ ref('int_initiative') }}
)

select
    concat(actor_mention.fact_id, '-', actor_mention.role, '-', actor_mention.actor_id) as initiative_actor_id,
    actor_mention.fact_id as initiative_version_id,
    initiative.initiative_id,
    actor_mention.* exclude (fact_id),
from actor_mention
inner join initiative
    on actor_mention.fact_id = initiative.initiative_version_id
qualify
    row_number() over (
        partition by actor_mention.fact_id, actor_mention.actor_id, actor_mention.role
        order by actor_mention.char_start, actor_mention.char_end
    ) = 1
