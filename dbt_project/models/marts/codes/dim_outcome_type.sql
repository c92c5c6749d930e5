-- Grain: one row a code of the list outcome_type.
{{ code_list(ref('codes_outcome_type')) }}
