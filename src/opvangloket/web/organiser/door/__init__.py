"""Families at the organiser's own door: referred to a desk, or handed in on the list of a period."""
