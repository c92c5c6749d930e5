"""What people say of the facts: raw/corrections.csv read, applied between extraction and matching, and its next lines.

No import of Dagster, dbt or the warehouse: bytes and rows in, rows out.
"""
