"""A desk's public pages: front page, search, location page, procedure."""
