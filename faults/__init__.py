"""Bad days on purpose: what the safety of a click is tried against."""
