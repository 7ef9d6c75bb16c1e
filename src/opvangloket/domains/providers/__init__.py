"""Organisers, locations and their places over time."""
