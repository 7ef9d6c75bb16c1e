"""Lists in a file that people hand in, look over and approve: what their pages share, whoever hands them in."""
