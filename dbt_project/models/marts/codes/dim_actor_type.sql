-- Grain: one row a code of the list actor_type.
{{ code_list(ref('codes_actor_type')) }}
