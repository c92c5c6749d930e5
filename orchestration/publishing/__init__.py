"""What readers open: the published DuckDB file, Parquet and datapackage.json. Knows nothing of Dagster."""
