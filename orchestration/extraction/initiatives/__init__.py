"""Initiatives: noun phrases weighed by a linear model, their status, years and sectors. `find` is the way in."""
