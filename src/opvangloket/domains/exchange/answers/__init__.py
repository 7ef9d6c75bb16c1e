"""Answers that an organiser wrote in the list of its open questions (SPEC §5)."""
