"""The time in which a click that cannot be undone may lead to one request, and to no second."""

from __future__ import annotations

from automation.run.elapsed import elapsed


class Once:
    """From such a click until the store's answer to it, or until nobody waits for one any more.

    Browsers repeat a request by themselves when a connection that was in use before, or was opened
    ahead, ends without an answer. So all connections are closed before the click; and when a host
    ends one without an answer all the same, it is told nothing more until this is over.
    """

    def __init__(self, within: float) -> None:
        self._latest = elapsed() + within
        self.answered = False
        self.silent: set[str] = set()  # hosts that ended a connection without an answer

    def lets_out(self, host: str) -> bool:
        """Whether anything may be sent to *host* now.

        Not the click itself, when it comes too late: a process that slept may wake up and go on.
        """
        return host not in self.silent and (self.answered or elapsed() <= self._latest)
