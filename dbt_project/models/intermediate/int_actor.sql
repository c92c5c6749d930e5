-- Grain: one row an actor named in a current contract version.
-- Where texts name or sort one actor differently, the most common reading stands; of equally common ones the longest
-- name, then the first in alphabetical order.
with actor_mention as (
    select * from {{ ref('int_actor_mention') }}
),

reading as (
    select
        actor_mention.actor_id,
        actor_mention.actor_name,
        actor_mention.actor_type,
        actor_mention.actor_municipality_id,
        count(*) as mentions,
    from actor_mention
    group by all
),

commonest as (
    select
        reading.actor_id,
        reading.actor_name,
        reading.actor_type,
        reading.actor_municipality_id,
    from reading
    qualify
        row_number() over (
            partition by reading.actor_id
            order by
                reading.mentions desc,
                length(reading.actor_name) desc,
                reading.actor_name,
                reading.actor_type,
                reading.actor_municipality_id nulls last
        ) = 1
),

span_of_years as (
    select
        actor_mention.actor_id,
        min(actor_mention.version_year) as first_version_year,
        max(actor_mention.version_year) as last_version_year,
        bool_or(actor_mention.is_latest) as is_in_latest,
    from actor_mention
    group by all
)

select
    commonest.actor_id,
    commonest.actor_name,
    commonest.actor_type,
    commonest.actor_municipality_id as municipality_id,
    span_of_years.first_version_year,
    span_of_years.last_version_year,
    span_of_years.is_in_latest,
from commonest
inner join span_of_years
    on commonest.actor_id = span_of_years.actor_id
