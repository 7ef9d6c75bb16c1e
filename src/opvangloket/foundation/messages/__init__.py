"""The outbox: planned with its cause, handed over once, visible."""
