-- Grain: one row a code of the list sector.
{{ code_list(ref('codes_sector')) }}
