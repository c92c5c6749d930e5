-- Grain: one row a code of the list goal_initiative_relation.
{{ code_list(ref('codes_goal_initiative_relation')) }}
