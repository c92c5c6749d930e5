-- Grain: one row a code of the list gas.
{{ code_list(ref('codes_gas')) }}
