-- Grain: one row a code of the list ambition.
{{ code_list(ref('codes_ambition')) }}
