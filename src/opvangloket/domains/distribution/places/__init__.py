"""Scarce places: taking them, giving them back, changing which a child has. The only lock on them is here."""
