-- Grain: one row an entity, attribute and pair of consecutive versions.
-- What moved gives one row an attribute; where nothing moved there is one row that says whether the words are the same.
-- The same words can't state another year, value or scope: such a difference is one of extraction.
with entity_pair as (
    select * from {{ ref('int_entity_pair') }}
),

change_cue as (
    select * from {{ ref('change_cues') }}
),

declaration as (
    select * from {{ ref('stg_change_declaration') }}
),

presence_change as (
    select
        entity_pair.to_contract_version_id,
        entity_pair.entity,
        entity_pair.entity_id,
        case
            when entity_pair.is_superseded_to or entity_pair.is_said_gone then 'removed'
            when entity_pair.is_echo_literal and entity_pair.entity = 'goal' then 'unchanged'
            when entity_pair.is_echoed then 'not_comparable'
            when not entity_pair.is_in_newer and entity_pair.is_absence_meant then 'removed'
            when not entity_pair.is_in_older and entity_pair.is_novelty_meant then 'added'
            else 'not_comparable'
        end as change_type,
        null as attribute,
        null as value_from,
        null as value_to,
    from entity_pair
    where not entity_pair.is_in_both
),

target_year_change as (
    select
        entity_pair.to_contract_version_id,
        entity_pair.entity,
        entity_pair.entity_id,
        if(
            entity_pair.target_year_to < entity_pair.target_year_from,
            'target_year_moved_earlier',
            'target_year_moved_later'
        ) as change_type,
        'target_year' as attribute,
        cast(entity_pair.target_year_from as varchar) as value_from,
        cast(entity_pair.target_year_to as varchar) as value_to,
    from entity_pair
    where
        entity_pair.is_in_both
        and not entity_pair.has_same_words
        and entity_pair.target_year_from <> entity_pair.target_year_to
),

value_change as (
    select
        entity_pair.to_contract_version_id,
        entity_pair.entity,
        entity_pair.entity_id,
        case
            when
                entity_pair.unit_from <> entity_pair.unit_to
                or entity_pair.is_more_stronger is null
                or entity_pair.value_from is null
                or entity_pair.value_to is null
                or entity_pair.value_from = entity_pair.value_to
                then 'not_comparable'
            when (entity_pair.value_to > entity_pair.value_from) = entity_pair.is_more_stronger
                then 'value_strengthened'
            else 'value_weakened'
        end as change_type,
        'value' as attribute,
        {{ value_with_unit('entity_pair', '_from') }} as value_from,
        {{ value_with_unit('entity_pair', '_to') }} as value_to,
    from entity_pair
    where
        entity_pair.is_in_both
        and not entity_pair.has_same_words
        and (
            entity_pair.value_from is distinct from entity_pair.value_to
            or entity_pair.value_max_from is distinct from entity_pair.value_max_to
        )
        -- "All" and "100 per cent" are one; so are a cut of 80 per cent and a rest of at most 20.
        and not (
            coalesce(entity_pair.value_from, 100) = 100 and coalesce(entity_pair.value_to, 100) = 100
        )
        and not (
            coalesce(entity_pair.unit_from = 'percent' and entity_pair.unit_to = 'percent', false)
            and coalesce(entity_pair.value_from + entity_pair.value_to = 100, false)
            and entity_pair.bound_from <> entity_pair.bound_to
        )
),

scope_change as (
    select
        entity_pair.to_contract_version_id,
        entity_pair.entity,
        entity_pair.entity_id,
        'scope_changed' as change_type,
        'scope' as attribute,
        entity_pair.scope_from as value_from,
        entity_pair.scope_to as value_to,
    from entity_pair
    where
        entity_pair.is_in_both
        -- Words more may name another scope ("not the district alone but the whole town"); the same words can't.
        and not entity_pair.has_equal_words
        and entity_pair.scope_from <> entity_pair.scope_to
),

status_change as (
    select
        entity_pair.to_contract_version_id,
        entity_pair.entity,
        entity_pair.entity_id,
        case
            when entity_pair.stopped_rank_to > entity_pair.stopped_rank_from then 'status_regressed'
            when entity_pair.stopped_rank_to < entity_pair.stopped_rank_from then 'status_advanced'
            when entity_pair.phase_low_to > entity_pair.phase_high_from then 'status_advanced'
            -- What is decided or done and goes on hasn't gone back; what is only planned again has.
            when entity_pair.phase_high_to < least(entity_pair.phase_low_from, 5) then 'status_regressed'
        end as change_type,
        'status' as attribute,
        entity_pair.status_from as value_from,
        entity_pair.status_to as value_to,
    from entity_pair
    where entity_pair.is_in_both
),

moved as (
    select * from presence_change
    union all
    select * from target_year_change
    union all
    select * from value_change
    union all
    select * from scope_change
    union all
    select * from status_change
    where status_change.change_type is not null
),

still as (
    select
        entity_pair.to_contract_version_id,
        entity_pair.entity,
        entity_pair.entity_id,
        case
            when entity_pair.entity = 'initiative' and entity_pair.is_renamed then 'rephrased'
            when entity_pair.entity = 'initiative' or entity_pair.has_same_words then 'unchanged'
            else 'rephrased'
        end as change_type,
        null as attribute,
        null as value_from,
        null as value_to,
    from entity_pair
    anti join moved
        on
            entity_pair.to_contract_version_id = moved.to_contract_version_id
            and entity_pair.entity = moved.entity
            and entity_pair.entity_id = moved.entity_id
),

change as (
    select * from moved
    union all
    select * from still
),

declared as (
    select distinct
        declaration.to_document_id,
        declaration.entity,
        declaration.entity_id,
        change_cue.change_type,
    from declaration
    inner join change_cue
        on declaration.cue = change_cue.cue
)

select
    concat(
        change.to_contract_version_id, '-change-',
        substr(change.entity_id, length(entity_pair.municipality_slug) + 2),
        '-' || change.attribute
    ) as change_id,
    entity_pair.municipality_id,
    entity_pair.from_contract_version_id,
    change.to_contract_version_id,
    change.entity,
    change.entity_id,
    change.change_type,
    change.attribute,
    nullif(change.value_from, '') as value_from,
    nullif(change.value_to, '') as value_to,
    case
        when change.change_type in ('unchanged', 'rephrased') or entity_pair.status_to = 'achieved' then 'unchanged'
        when change.change_type in ('target_year_moved_earlier', 'value_strengthened', 'status_advanced')
            then 'strengthened'
        when change.change_type in ('target_year_moved_later', 'value_weakened', 'status_regressed') then 'weakened'
        when change.change_type = 'scope_changed' and entity_pair.scope_family_from = entity_pair.scope_family_to
            then if(entity_pair.scope_rank_to > entity_pair.scope_rank_from, 'strengthened', 'weakened')
        when change.entity = 'goal' and change.change_type = 'added' then 'strengthened'
        when
            change.entity = 'goal' and change.change_type = 'removed'
            and not (entity_pair.is_superseded_to or entity_pair.is_said_gone)
            then 'weakened'
        else 'not_comparable'
    end as ambition,
    entity_pair.is_superseded_to
    or entity_pair.is_said_gone
    or exists (
        select 1
        from declared
        where
            declared.to_document_id = entity_pair.to_document_id
            and declared.entity = change.entity
            and coalesce(declared.entity_id, change.entity_id) = change.entity_id
            and declared.change_type = change.change_type
    ) as is_declared,
    entity_pair.quote_from,
    entity_pair.quote_to,
    entity_pair.page_from,
    entity_pair.page_to,
from change
inner join entity_pair
    on
        change.to_contract_version_id = entity_pair.to_contract_version_id
        and change.entity = entity_pair.entity
        and change.entity_id = entity_pair.entity_id
