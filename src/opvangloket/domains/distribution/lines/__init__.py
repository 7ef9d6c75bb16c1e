"""A line lies between one request and one location: found and locked, read as values, told about, ended."""
