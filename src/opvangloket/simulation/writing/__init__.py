"""A made town as rows of the database."""
