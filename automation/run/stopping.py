"""Signals: before the click they stop a run, after it they wait until the order was read again."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from automation.errors import Stopped
from automation.run.elapsed import elapsed

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_READING_BACK = 60.0  # seconds that a stopped run goes on reading back


class Stopping:
    """Remembers that a signal came. It is also the clock of the protocol, which it may shorten."""

    def __init__(self) -> None:
        self.signal: int | None = None
        self._latest = float("inf")

    def check(self) -> None:
        """`Stopped` if a signal came."""
        if self.signal is not None:
            raise Stopped(self.signal)

    def monotonic(self) -> float:
        return elapsed()

    def pause(self, seconds: float) -> None:
        threading.Event().wait(seconds)

    @property
    def out_of_time(self) -> bool:
        """Whether a signal came so long ago that reading back must end."""
        return elapsed() > self._latest

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Listen while the block runs. In a thread other than the main one there are no signals."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self._came) for number in _SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _came(self, number: int, _frame: FrameType | None) -> None:
        if self.signal is not None:
            os._exit(128 + number)  # asked twice: the next run settles what is open
        self.signal = number
        self._latest = elapsed() + _READING_BACK
