"""Opvangloket: the neutral local childcare desk, as software."""

__version__ = "0.1.0"
