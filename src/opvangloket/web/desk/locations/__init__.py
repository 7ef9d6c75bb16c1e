"""The locations of the desk: their list and page, opening, closing, and the official register beside them."""
