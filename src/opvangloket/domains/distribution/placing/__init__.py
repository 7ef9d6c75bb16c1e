"""A child gets a place: by an offer, brothers and sisters together, or at the door of a location."""
