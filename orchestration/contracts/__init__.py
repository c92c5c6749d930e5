"""From a file's bytes to a clean, divided, identified contract text. Knows nothing of Dagster or of the warehouse."""
