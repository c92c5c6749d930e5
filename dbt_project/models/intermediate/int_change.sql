-- Grain: one row an entity, attribute and pair of consecutive versions.
-- Entities are paired by their keys alone. What moved gives one row an attribute; where nothing moved there is one row
-- that says whether the words are the same. An absence counts only where the text is whole and has the section.
with version_pair as (
    select * from {{ ref('int_version_pair') }}
),

entity_version as (
    select * from {{ ref('int_entity_version') }}
),

sentence as (
    select * from {{ ref('stg_sentence') }}
),

standing_revision as (
    select * from {{ ref('int_standing_revision') }}
    where is_current
),

covered_section as (
    select distinct
        standing_revision.contract_version_id,
        sentence.section,
    from sentence
    inner join standing_revision
        on sentence.document_id = standing_revision.document_id
),

older as (
    select
        version_pair.to_contract_version_id,
        entity_version.*,
    from version_pair
    inner join entity_version
        on version_pair.from_contract_version_id = entity_version.contract_version_id
),

newer as (
    select
        version_pair.to_contract_version_id,
        entity_version.*,
    from version_pair
    inner join entity_version
        on version_pair.to_contract_version_id = entity_version.contract_version_id
),

matched as (
    select
        coalesce(older.to_contract_version_id, newer.to_contract_version_id) as to_contract_version_id,
        coalesce(older.entity, newer.entity) as entity,
        coalesce(older.entity_id, newer.entity_id) as entity_id,
        coalesce(older.municipality_slug, newer.municipality_slug) as municipality_slug,
        older.entity_id is not null as is_in_older,
        newer.entity_id is not null as is_in_newer,
        older.section as section_from,
        older.quote as quote_from,
        newer.quote as quote_to,
        older.status as status_from,
        newer.status as status_to,
        older.status_rank as status_rank_from,
        newer.status_rank as status_rank_to,
        coalesce(older.is_superseded, false) as is_superseded_from,
        coalesce(newer.is_superseded, false) as is_superseded_to,
        older.target_year as target_year_from,
        newer.target_year as target_year_to,
        older.value as value_from,
        newer.value as value_to,
        older.value_max as value_max_from,
        newer.value_max as value_max_to,
        older.unit as unit_from,
        newer.unit as unit_to,
        newer.is_more_stronger,
    from older
    full outer join newer
        on
            older.to_contract_version_id = newer.to_contract_version_id
            and older.entity = newer.entity
            and older.entity_id = newer.entity_id
),

compared as (
    select
        matched.*,
        version_pair.municipality_id,
        version_pair.from_contract_version_id,
        version_pair.is_from_whole,
        version_pair.is_to_whole and covered_section.section is not null as is_absence_meant,
        matched.is_in_older and matched.is_in_newer and not matched.is_superseded_to as is_in_both,
    from matched
    inner join version_pair
        on matched.to_contract_version_id = version_pair.to_contract_version_id
    left join covered_section
        on
            matched.to_contract_version_id = covered_section.contract_version_id
            and matched.section_from = covered_section.section
    -- A goal that is first named when it is replaced, or was replaced before, is no change.
    where not (matched.is_superseded_to and (not matched.is_in_older or matched.is_superseded_from))
),

presence_change as (
    select
        compared.to_contract_version_id,
        compared.entity,
        compared.entity_id,
        case
            when compared.is_superseded_to then 'removed'
            when not compared.is_in_newer and compared.is_absence_meant then 'removed'
            when not compared.is_in_older and compared.is_from_whole then 'added'
            else 'not_comparable'
        end as change_type,
        null as attribute,
        null as value_from,
        null as value_to,
        if(compared.is_superseded_to, true, null) as is_declared,
    from compared
    where not compared.is_in_both
),

target_year_change as (
    select
        compared.to_contract_version_id,
        compared.entity,
        compared.entity_id,
        case
            when compared.target_year_to < compared.target_year_from then 'target_year_moved_earlier'
            when compared.target_year_to > compared.target_year_from then 'target_year_moved_later'
            else 'not_comparable'
        end as change_type,
        'target_year' as attribute,
        cast(compared.target_year_from as varchar) as value_from,
        cast(compared.target_year_to as varchar) as value_to,
        null as is_declared,
    from compared
    where compared.is_in_both and compared.target_year_from is distinct from compared.target_year_to
),

value_change as (
    select
        compared.to_contract_version_id,
        compared.entity,
        compared.entity_id,
        case
            when
                compared.unit_from <> compared.unit_to
                or compared.is_more_stronger is null
                or compared.value_from is null
                or compared.value_to is null
                or compared.value_from = compared.value_to
                then 'not_comparable'
            when (compared.value_to > compared.value_from) = compared.is_more_stronger then 'value_strengthened'
            else 'value_weakened'
        end as change_type,
        'value' as attribute,
        {{ value_with_unit('compared', '_from') }} as value_from,
        {{ value_with_unit('compared', '_to') }} as value_to,
        null as is_declared,
    from compared
    where
        compared.is_in_both
        and (
            compared.value_from is distinct from compared.value_to
            or compared.value_max_from is distinct from compared.value_max_to
            or compared.unit_from <> compared.unit_to
        )
),

status_change as (
    select
        compared.to_contract_version_id,
        compared.entity,
        compared.entity_id,
        if(compared.status_rank_to > compared.status_rank_from, 'status_advanced', 'status_regressed') as change_type,
        'status' as attribute,
        compared.status_from as value_from,
        compared.status_to as value_to,
        null as is_declared,
    from compared
    where compared.is_in_both and compared.status_rank_from <> compared.status_rank_to
),

moved as (
    select * from presence_change
    union all
    select * from target_year_change
    union all
    select * from value_change
    union all
    select * from status_change
),

still as (
    select
        compared.to_contract_version_id,
        compared.entity,
        compared.entity_id,
        if(
            regexp_replace(compared.quote_from, '\s+', ' ', 'g') = regexp_replace(compared.quote_to, '\s+', ' ', 'g'),
            'unchanged',
            'rephrased'
        ) as change_type,
        null as attribute,
        null as value_from,
        null as value_to,
        null as is_declared,
    from compared
    anti join moved
        on
            compared.to_contract_version_id = moved.to_contract_version_id
            and compared.entity = moved.entity
            and compared.entity_id = moved.entity_id
),

change as (
    select * from moved
    union all
    select * from still
)

select
    concat(
        change.to_contract_version_id, '-change-',
        substr(change.entity_id, length(compared.municipality_slug) + 2),
        '-' || change.attribute
    ) as change_id,
    compared.municipality_id,
    compared.from_contract_version_id,
    change.to_contract_version_id,
    change.entity,
    change.entity_id,
    change.change_type,
    change.attribute,
    nullif(change.value_from, '') as value_from,
    nullif(change.value_to, '') as value_to,
    case
        when change.change_type in ('unchanged', 'rephrased') then 'unchanged'
        when change.change_type in ('target_year_moved_earlier', 'value_strengthened', 'status_advanced')
            then 'strengthened'
        when change.change_type in ('target_year_moved_later', 'value_weakened', 'status_regressed') then 'weakened'
        when change.entity = 'goal' and change.change_type = 'added' then 'strengthened'
        when change.entity = 'goal' and change.change_type = 'removed' and change.is_declared is null then 'weakened'
        else 'not_comparable'
    end as ambition,
    change.is_declared,
    compared.quote_from,
    compared.quote_to,
from change
inner join compared
    on
        change.to_contract_version_id = compared.to_contract_version_id
        and change.entity = compared.entity
        and change.entity_id = compared.entity_id
