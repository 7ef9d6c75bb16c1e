"""A family's question goes out: to which locations, when, in which round, with proof that all got the same."""
