-- Grain: one row a code of the list unit.
{{ code_list(ref('codes_unit')) }}
