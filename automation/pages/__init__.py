"""The shared page objects, a module an area."""
