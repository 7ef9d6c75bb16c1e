"""What ends or moves: a search, and a location with every family that waits there or is there."""
