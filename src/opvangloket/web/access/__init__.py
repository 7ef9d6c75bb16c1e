"""Coming in and going out: one door per audience, the same way through each."""
