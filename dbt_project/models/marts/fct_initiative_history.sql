-- Grain: one row an initiative and document that stands or ever stood for a contract version.
-- The inner join keeps documents that ever stood: matching gives an entity to the facts of those alone.
with initiative_mention as (
    select * from {{ ref('stg_initiative_mention') }}
),

initiative_entity as (
    select * from {{ ref('stg_initiative_entity') }}
)

select
    concat(initiative_mention.document_id, '-initiative-', initiative_mention.fact_no) as initiative_history_id,
    initiative_mention.document_id,
    initiative_entity.initiative_id,
    initiative_mention.name,
    initiative_mention.initiative_type,
    initiative_mention.is_governing_document,
    initiative_mention.status,
    initiative_mention.status_max,
    initiative_mention.start_year,
    initiative_mention.end_year,
    initiative_mention.decision_body,
    initiative_mention.decision_date,
    initiative_mention.sectors,
    initiative_mention.quote,
    initiative_mention.char_start,
    initiative_mention.char_end,
    initiative_mention.section,
    page_place.page,
    initiative_mention.extractor,
    initiative_mention.extractor_version,
    initiative_mention.rule_id,
    initiative_mention.confidence,
    initiative_mention.quality_flags,
from initiative_mention
inner join initiative_entity
    on
        initiative_mention.document_id = initiative_entity.document_id
        and initiative_mention.fact_no = initiative_entity.fact_no
{{ page_join('initiative_mention') }}
