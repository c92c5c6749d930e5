-- Grain: one row a code of the list scope.
{{ code_list(ref('codes_scope')) }}
