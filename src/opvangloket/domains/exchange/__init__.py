"""Requests and outcomes in and out in one open format (EXCHANGE, version 1)."""
