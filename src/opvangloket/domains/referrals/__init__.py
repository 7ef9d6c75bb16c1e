"""What organisers bring to the desk: families that they refer, and lists of those that they could not help."""
