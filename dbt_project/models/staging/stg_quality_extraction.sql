-- Grain: one row a gold set, kind, attribute and metric.
select
    gold_set,
    is_unseen,
    kind,
    attribute,
    metric,
    value,
    low_95,
    high_95,
    correct,
    total,
    extractor_version,
from {{ source('raw', 'quality_extraction') }}
