"""A change of a running care that one side asks and the other answers."""
