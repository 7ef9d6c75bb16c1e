"""Measurements; each module prints a table. Run from the root of the repository: `python -m benchmarks.<name>`."""
