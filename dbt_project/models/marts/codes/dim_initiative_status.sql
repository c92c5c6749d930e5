-- Grain: one row a code of the list initiative_status.
{{ code_list(ref('codes_initiative_status')) }}
