-- Grain: one row a code of the list load_outcome.
{{ code_list(ref('codes_load_outcome')) }}
