"""Cancels orders by following a store's documented click paths, and proves what happened."""
