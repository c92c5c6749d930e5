-- Grain: one row a code of the list section.
{{ code_list(ref('codes_section')) }}
