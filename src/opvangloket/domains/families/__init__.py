"""Children and the people who ask for them."""
