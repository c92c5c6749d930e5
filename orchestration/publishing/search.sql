-- The search of full texts, as a table macro over the tables of schema search.

-- The texts in which the most of the words stand, in any inflection or as part of a compound, the rarest words first.
create macro search(words) as table
with one as (
    select asked_word as word, search.kept(asked_word) as kept
    from (select unnest(search.words(words)) as asked_word)
),

two as (
    select kept, search.without_main_suffix(word, kept) as stem from one
),

three as (
    select kept, search.without_pair(stem, kept) as stem from two
),

asked as (
    select distinct search.without_other_suffix(stem, kept) as stem from three
),

term as (
    select
        known.stem_id,
        asked.stem as asked,
        case when known.stem = asked.stem then 1.0 else 0.5 end
        * ln(1 + (select count(*) from search.searchable) / known.texts) as weight
    from search.known_stem as known
    inner join asked
        on known.stem = asked.stem or (length(asked.stem) >= 4 and contains(known.stem, asked.stem))
),

hit as (
    select posting.search_id, term.asked, max(term.weight) as weight
    from search.posting as posting
    inner join term on posting.stem_id = term.stem_id
    group by posting.search_id, term.asked
),

ranked as (
    select search_id, count(*) as words_found, round(sum(weight), 3) as score
    from hit
    group by search_id
)

select
    ranked.words_found, ranked.score, searchable.kind, searchable.row_id, searchable.contract_version_id,
    searchable.municipality_id, searchable.section, searchable.char_start, searchable.char_end, searchable.quote
from ranked
inner join search.searchable as searchable on ranked.search_id = searchable.search_id
order by ranked.words_found desc, ranked.score desc, searchable.search_id;
