"""Asking a question and following it."""
