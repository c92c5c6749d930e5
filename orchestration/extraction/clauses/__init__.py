"""Sentences divided into clauses, and the slots of a clause: quantities, years, metric, bound, owner, decision."""
