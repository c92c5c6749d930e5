-- Grain: one row a document and character from which on its text stands on another page; none where it has no pages.
-- Footnotes are read behind the paragraph that they hang on, which may go on over the page: they keep their own page.
with page_start as (
    select
        document.document_id,
        unnest(document.page_starts) as char_start,
        cast(generate_subscripts(document.page_starts, 1) as integer) as page,
    from {{ ref('stg_document') }} as document
),

footnote as (
    select
        sentence.document_id,
        sentence.char_start,
        sentence.char_end,
        sentence.page,
    from {{ ref('stg_sentence') }} as sentence
    where sentence.kind = 'footnote' and sentence.page is not null
),

behind_footnote as (
    select
        footnote.document_id,
        footnote.char_end as char_start,
        max(page_start.page) as page,
    from footnote
    inner join page_start
        on
            footnote.document_id = page_start.document_id
            and (footnote.char_end >= page_start.char_start or page_start.page = 1)
    group by all
),

place as (
    select
        page_start.document_id,
        if(page_start.page = 1, 0, page_start.char_start) as char_start,
        page_start.page,
        2 as precedence,
    from page_start

    union all

    select
        footnote.document_id,
        footnote.char_start,
        footnote.page,
        1 as precedence,
    from footnote

    union all

    select
        behind_footnote.*,
        3 as precedence,
    from behind_footnote
)

select
    place.document_id,
    place.char_start,
    place.page,
from place
-- Pages without words begin where the next one does: the last of them has the words.
qualify
    row_number() over (
        partition by place.document_id, place.char_start
        order by place.precedence, place.page desc
    ) = 1
