"""What every list shares: its cells and columns, what is wrong in it, approving only what was shown."""
