"""The organiser's own office: its mirror, what the desk tells, complaints, and who works here."""
