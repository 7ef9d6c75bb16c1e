"""What organisers bring to the desk: families that they refer."""
