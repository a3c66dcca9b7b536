"""How it grows: with orders, workers and runs."""
