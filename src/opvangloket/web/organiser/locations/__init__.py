"""The organiser's locations: their page, places, order, list on paper, closing, and many at once."""
