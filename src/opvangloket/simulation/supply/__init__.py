"""What a town has before anything happens: desks, organisers, locations, places."""
