"""Time that goes on while the machine sleeps, so that what was looked at before is too old then."""

from __future__ import annotations

import sys
import time


def elapsed() -> float:
    """Seconds since some moment in the past. The wall clock may be set meanwhile; this is not."""
    if sys.platform == "linux":  # elsewhere the monotonic clock goes on by itself
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()
