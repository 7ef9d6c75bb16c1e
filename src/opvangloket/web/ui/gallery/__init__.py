"""Every component with invented data, on pages that only a playground serves."""
