"""Profiles with mistakes that people make, followed on a store that knows what became of it."""
