"""What the desk has to do today, and why it is on the list."""
