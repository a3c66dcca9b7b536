"""`python -m mock_store`: the store alone."""

from mock_store.cli import store

store()
