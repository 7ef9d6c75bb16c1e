"""The pages: one package per audience, above shared guards, sessions and looks."""
