"""A guided start: a person points at things in a browser, and a profile is written from it."""
