"""Cases: what is placed in a mock store, which flow is followed, and what must come of it."""
