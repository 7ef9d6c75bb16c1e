"""Desks, their territory and the settings in force; every query runs in one scope."""
