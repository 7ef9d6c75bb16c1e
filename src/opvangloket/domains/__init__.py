"""What is stored and done: each domain has models, queries (what may be read), actions (what may happen), tasks."""
