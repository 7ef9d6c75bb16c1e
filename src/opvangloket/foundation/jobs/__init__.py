"""The jobs themselves: what happens to a job whose worker died."""
