"""Files that people hand in: looked at, made anew, and kept in the database (ADR 14)."""
