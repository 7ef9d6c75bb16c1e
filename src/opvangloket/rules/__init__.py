"""The pure decisions: frozen facts in, a decision with its reasons out. No clock, no database, no network."""
