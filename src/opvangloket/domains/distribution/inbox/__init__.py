"""What an organiser may see of the questions at its locations, in which order, on screen and on paper."""
