"""Believable towns of any size, made from real births, key figures, place and street names; people are fictional."""
