-- Grain: one row an initiative version, actor and role.
with initiative_actor as (
    select * from {{ ref('int_initiative_actor') }}
)

select
    initiative_actor.initiative_actor_id,
    initiative_actor.initiative_version_id,
    initiative_actor.actor_id,
    initiative_actor.role,
    initiative_actor.initiative_id,
    initiative_actor.contract_version_id,
    initiative_actor.municipality_id,
    {{ evidence_columns('initiative_actor') }},
from initiative_actor
