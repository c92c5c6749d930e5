"""From sentences to goals, outcomes, initiatives and actors. Knows nothing of Dagster or of the warehouse."""
