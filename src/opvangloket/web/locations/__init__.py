"""The page of a location, shared by who reads it and who keeps it up: families, organisers and desks."""
