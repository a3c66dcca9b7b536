"""A test kit for a store's cancellation journeys: a pytest plugin, and cases in YAML."""
