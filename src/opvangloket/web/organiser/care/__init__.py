"""From acceptance until the child leaves: placements, their changes and their end."""
