"""Waiting for something that happens in another process."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable


def until(true: Callable[[], object], *, seconds: float = 60.0) -> None:
    """Return as soon as *true* says so; an AssertionError when it never does."""
    latest = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < latest, "it did not happen"
        threading.Event().wait(0.01)
