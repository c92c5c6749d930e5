-- Grain: one row a code of the list goal_status.
{{ code_list(ref('codes_goal_status')) }}
