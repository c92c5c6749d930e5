-- Grain: one row a code of the list ownership.
{{ code_list(ref('codes_ownership')) }}
