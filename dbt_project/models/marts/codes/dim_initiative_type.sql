-- Grain: one row a code of the list initiative_type.
{{ code_list(ref('codes_initiative_type')) }}
