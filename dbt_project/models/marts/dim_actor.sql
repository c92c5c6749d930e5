-- Grain: one row an actor, the same across municipalities and contract versions.
with actor as (
    select * from {{ ref('int_actor') }}
)

select
    actor.actor_id,
    actor.actor_name,
    actor.actor_type,
    actor.municipality_id,
    actor.first_version_year,
    actor.last_version_year,
    actor.is_in_latest,
from actor
