"""What families ask: who they are, for which child, which week, when."""
