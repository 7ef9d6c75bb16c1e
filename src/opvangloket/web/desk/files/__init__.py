"""The file of a family: its facts, lines and timeline, its conversations, and whether two files are one child."""
