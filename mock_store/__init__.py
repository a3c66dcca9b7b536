"""A store with a brand of its own, in which any order may be placed and any bad day asked for."""
