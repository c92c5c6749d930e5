-- Grain: one row a code of the list goal_type.
{{ code_list(ref('codes_goal_type')) }}
