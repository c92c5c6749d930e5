-- Grain: one row a code of the list direction.
{{ code_list(ref('codes_direction')) }}
