"""Klimatlager."""
