"""How good the extraction is, measured against annotated texts. Knows nothing of Dagster or of the warehouse."""
