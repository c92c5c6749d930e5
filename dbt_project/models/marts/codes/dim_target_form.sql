-- Grain: one row a code of the list target_form.
{{ code_list(ref('codes_target_form')) }}
