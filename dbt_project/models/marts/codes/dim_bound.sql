-- Grain: one row a code of the list bound.
{{ code_list(ref('codes_bound')) }}
