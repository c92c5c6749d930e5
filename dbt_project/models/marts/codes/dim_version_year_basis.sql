-- Grain: one row a code of the list version_year_basis.
{{ code_list(ref('codes_version_year_basis')) }}
