-- Grain: one row a code of the list change_type.
{{ code_list(ref('codes_change_type')) }}
