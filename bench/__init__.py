"""Benchmarks: run by hand, figures written down in docs/benchmarks.md."""
