"""Outcomes: rules, a linear model for the quantities that no rule knows. `find` is the way in."""
