"""Sending a request out, the answers, the offers, the placements."""
