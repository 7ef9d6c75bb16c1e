"""A location answers a question, also by a link from its mail; and what the family gets when all said no."""
