-- Grain: one row a gold set, kind, attribute and metric.
with quality_extraction as (
    select * from {{ ref('stg_quality_extraction') }}
)

select
    quality_extraction.gold_set,
    quality_extraction.is_unseen,
    quality_extraction.kind,
    quality_extraction.attribute,
    quality_extraction.metric,
    quality_extraction.value,
    quality_extraction.low_95,
    quality_extraction.high_95,
    quality_extraction.correct,
    quality_extraction.total,
    quality_extraction.extractor_version,
from quality_extraction
