-- Swedish full-text search in plain SQL: any client can use it, no extension needed.
-- The stemmer is Snowball's for Swedish (3.x), in three steps on the part of the word after its first syllable.

create schema search;

-- Length of the part that no step touches: up to the first consonant after a vowel, three letters at least.
create macro search.kept(word) as case
    when length(word) < 3 then length(word)
    when regexp_matches(word, '^[^aeiouyåäö]*[aeiouyåäö]+[^aeiouyåäö]')
        then greatest(3, length(regexp_extract(word, '^[^aeiouyåäö]*[aeiouyåäö]+[^aeiouyåäö]')))
    else length(word)
end;

create macro search.may_lose_et(before) as
regexp_matches(before, '.[aeiouyåäö][^aeiouyåäö]$')
and not regexp_matches(
    before,
    '(fab|h|pak|rak|stak|kom|iet|cit|dit|alit|ilit|mit|nit|pit|rit|sit|tit|uit|ivit|kvit|xit)$'
);

create macro search.main_suffix(word, kept) as regexp_extract(
    substr(word, kept + 1),
    '(heterna|hetens|anden|arnas|ernas|ornas|andes|heten|heter|arens|andet|arna|erna|orna|ande|arne|aste|aren|ades'
    || '|erns|ade|are|ern|ens|het|ast|ad|en|ar|er|or|as|es|at|et|a|e|s)$'
);

create macro search.without_main_suffix(word, kept) as case search.main_suffix(word, kept)
    when '' then word
    when 's' then case
        when word like '%ets' and search.may_lose_et(left(word, length(word) - 3)) then left(word, length(word) - 3)
        when regexp_matches(word, '[bcdfghjklmnoprtvy]s$') then left(word, length(word) - 1)
        else word
    end
    when 'et' then case
        when search.may_lose_et(left(word, length(word) - 2)) then left(word, length(word) - 2)
        else word
    end
    else left(word, length(word) - length(search.main_suffix(word, kept)))
end;

create macro search.without_pair(word, kept) as case
    when regexp_matches(substr(word, kept + 1), '(dd|gd|nn|dt|gt|kt|tt)$') then left(word, length(word) - 1)
    else word
end;

create macro search.without_other_suffix(word, kept) as case
    when regexp_matches(substr(word, kept + 1), 'fullt$') then left(word, length(word) - 1)
    when regexp_matches(substr(word, kept + 1), 'öst$') then case
        when regexp_matches(word, '[iklnprtuv]öst$') then left(word, length(word) - 1)
        else word
    end
    when regexp_matches(substr(word, kept + 1), '(lig|els)$') then left(word, length(word) - 3)
    when regexp_matches(substr(word, kept + 1), 'ig$') then left(word, length(word) - 2)
    else word
end;

-- The words of a text: lowercase, hyphenation at line ends joined.
create macro search.words(words) as regexp_extract_all(
    lower(regexp_replace(replace(nfc_normalize(words), chr(173), ''), '-[ \t]*\r?\n\s*', '', 'g')),
    '[0-9a-zà-öø-ÿ]+'
);

-- The stem of one word. Each step is a subquery of its own, so that it is written out once.
create macro search.stem(word) as (
    select search.without_other_suffix(three.stem, three.kept)
    from (
        select search.without_pair(two.stem, two.kept) as stem, two.kept
        from (
            select search.without_main_suffix(one.word, one.kept) as stem, one.kept
            from (select lower(word) as word, search.kept(lower(word)) as kept) as one
        ) as two
    ) as three
);
