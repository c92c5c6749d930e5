-- Grain: one row an entity and pair of consecutive versions of which at least one holds it, both sides in one row.
-- An absence is meant only where the new text is whole and has the section in which the entity stood; a novelty where
-- the old text has the section in which it stands. "other" is no section: nothing tells whether a text covers it. Where
-- the text that lacks the fact holds its words (is_echoed) the extraction may have missed it, and nothing is told of
-- it: for an absence half of the words are enough, since a removal that is none does more harm than a novelty that is
-- none.
with version_pair as (
    select * from {{ ref('int_version_pair') }}
),

entity_version as (
    select * from {{ ref('int_entity_version') }}
),

covered_section as (
    select distinct
        sentence.document_id,
        sentence.section,
    from {{ ref('stg_sentence') }} as sentence
    where sentence.kind <> 'heading' and sentence.section <> 'other'
),

echo as (
    select
        echo.*,
        older_place.page as page_in_older,
        newer_place.page as page_in_newer,
    from {{ ref('stg_change_echo') }} as echo
    {{ page_join('echo', 'from_document_id', name='older_place') | indent(4) }}
    {{ page_join('echo', 'to_document_id', name='newer_place') | indent(4) }}
),

declaration as (
    select * from {{ ref('stg_change_declaration') }}
),

said_gone as (
    select
        declaration.to_document_id,
        declaration.entity,
        declaration.entity_id,
        declaration.quote,
        page_place.page,
    from declaration
    {{ page_join('declaration', 'to_document_id') | indent(4) }}
    where declaration.cue in ('removed', 'replaced')
    qualify
        row_number() over (
            partition by declaration.to_document_id, declaration.entity, declaration.entity_id
            order by declaration.cue, declaration.char_start
        ) = 1
),

said_renamed as (
    select distinct
        declaration.to_document_id,
        declaration.entity,
        declaration.entity_id,
    from declaration
    where declaration.cue = 'renamed'
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
        newer.section as section_to,
        older.quote as own_quote_from,
        newer.quote as own_quote_to,
        older.page as own_page_from,
        newer.page as own_page_to,
        older.words as words_from,
        newer.words as words_to,
        coalesce(newer.basis = 'renamed', false) as is_paired_by_renaming,
        older.status as status_from,
        newer.status as status_to,
        older.phase_low as phase_low_from,
        newer.phase_low as phase_low_to,
        older.phase_high as phase_high_from,
        newer.phase_high as phase_high_to,
        older.stopped_rank as stopped_rank_from,
        newer.stopped_rank as stopped_rank_to,
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
        older.bound as bound_from,
        newer.bound as bound_to,
        newer.is_more_stronger,
        older.scope as scope_from,
        newer.scope as scope_to,
        older.scope_family as scope_family_from,
        newer.scope_family as scope_family_to,
        older.scope_rank as scope_rank_from,
        newer.scope_rank as scope_rank_to,
    from older
    full outer join newer
        on
            older.to_contract_version_id = newer.to_contract_version_id
            and older.entity = newer.entity
            and older.entity_id = newer.entity_id
)

select
    matched.*,
    version_pair.municipality_id,
    version_pair.from_contract_version_id,
    version_pair.from_document_id,
    version_pair.to_document_id,
    version_pair.is_to_whole and covered_in_newer.section is not null as is_absence_meant,
    covered_in_older.section is not null as is_novelty_meant,
    matched.is_in_older and matched.is_in_newer and not matched.is_superseded_to as is_in_both,
    said_gone.quote is not null and not matched.is_in_newer as is_said_gone,
    coalesce(echo.is_literal, false) as is_echo_literal,
    coalesce(echo.is_literal or echo.share >= if(matched.is_in_older, 0.5, 0.75), false) as is_echoed,
    coalesce(matched.own_quote_from, if(is_echoed, echo.quote, null)) as quote_from,
    coalesce(
        matched.own_quote_to,
        if(not matched.is_in_newer, said_gone.quote, null),
        if(is_echoed, echo.quote, null)
    ) as quote_to,
    if(
        matched.own_quote_from is not null,
        matched.own_page_from,
        if(is_echoed, echo.page_in_older, null)
    ) as page_from,
    case
        when matched.own_quote_to is not null then matched.own_page_to
        when not matched.is_in_newer and said_gone.quote is not null then said_gone.page
        when is_echoed then echo.page_in_newer
    end as page_to,
    list_sort(string_split(matched.words_from, ' '))
    = list_sort(string_split(matched.words_to, ' ')) as has_equal_words,
    contains(concat(' ', matched.words_from, ' '), concat(' ', matched.words_to, ' '))
    or contains(concat(' ', matched.words_to, ' '), concat(' ', matched.words_from, ' '))
    or has_equal_words as has_same_words,
    matched.is_paired_by_renaming
    or (said_renamed.entity_id is not null and matched.words_from <> matched.words_to) as is_renamed,
from matched
inner join version_pair
    on matched.to_contract_version_id = version_pair.to_contract_version_id
left join covered_section as covered_in_newer
    on
        version_pair.to_document_id = covered_in_newer.document_id
        and matched.section_from = covered_in_newer.section
left join covered_section as covered_in_older
    on
        version_pair.from_document_id = covered_in_older.document_id
        and matched.section_to = covered_in_older.section
left join echo
    on
        version_pair.to_document_id = echo.to_document_id
        and version_pair.from_document_id = echo.from_document_id
        and matched.entity = echo.entity
        and matched.entity_id = echo.entity_id
left join said_gone
    on
        version_pair.to_document_id = said_gone.to_document_id
        and matched.entity = said_gone.entity
        and matched.entity_id = said_gone.entity_id
left join said_renamed
    on
        version_pair.to_document_id = said_renamed.to_document_id
        and matched.entity = said_renamed.entity
        and matched.entity_id = said_renamed.entity_id
-- A goal that is first named when it is replaced, or was replaced before, is no change.
where not (matched.is_superseded_to and (not matched.is_in_older or matched.is_superseded_from))
