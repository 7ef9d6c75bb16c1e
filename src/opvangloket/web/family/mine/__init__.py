"""Following one's own requests: what lies where, what comes next, and everything that a family may decide itself."""
