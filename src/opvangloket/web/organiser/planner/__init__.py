"""The planner: who is there when, what is free, and what if this child comes."""
