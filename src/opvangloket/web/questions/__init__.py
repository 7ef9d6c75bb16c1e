"""A question in words, shared by who answers it and who hands it out on paper: organisers and desks."""
