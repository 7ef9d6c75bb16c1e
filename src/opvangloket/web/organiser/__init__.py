"""The organiser's inbox, answers and locations, across desks."""
