"""Facts of all versions of one municipality become entities, and the new text's own words on what changed.

No import of Dagster, dbt or the warehouse: values in, values out, no state.
"""
