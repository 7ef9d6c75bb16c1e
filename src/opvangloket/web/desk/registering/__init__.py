"""Taking a family's question on the phone, at the counter or from paper."""
