"""The folder of the exchange format: a desk's requests and outcomes, written, read, checked and taken in."""
