"""Care that was agreed: what is arranged before it, its start, its days as they change, its end."""
