-- Grain: one row a contract version: the revision that stands for it.
-- The current revision where there is one. A withdrawn version keeps the revision that stood last: the one that no
-- other had replaced, the latest first.
with revision as (
    select * from {{ ref('stg_revision') }}
)

select revision.*,
from revision
qualify
    row_number() over (
        partition by revision.contract_version_id
        order by
            revision.is_current desc,
            revision.superseded_at is null desc,
            revision.withdrawn_at desc nulls last,
            revision.revision desc
    ) = 1
