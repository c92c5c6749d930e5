-- Grain: one row a code of the list actor_role.
{{ code_list(ref('codes_actor_role')) }}
