"""What a store received, counted by method and path: how tests see what left the browser."""

from __future__ import annotations

import threading
from collections import Counter

_READ = frozenset({"GET", "HEAD", "OPTIONS"})
_NOT_COUNTED = ("/static", "/pictures", "/_control")
WEB_SOCKET = "WS"  # the method of a message that came by a WebSocket


class Received:
    """Counts requests, and messages by WebSocket."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()
        self._turn = threading.Lock()

    def note(self, method: str, path: str) -> None:
        if path.startswith(_NOT_COUNTED):
            return
        with self._turn:
            self._counts[method, path] += 1

    def count(self, method: str, path: str) -> int:
        with self._turn:
            return self._counts[method, path]

    def counts(self) -> dict[tuple[str, str], int]:
        """By method and path, in the order in which each came first."""
        with self._turn:
            return dict(self._counts)

    def changing(self) -> dict[tuple[str, str], int]:
        """The same, without what only reads by its method."""
        return {key: count for key, count in self.counts().items() if key[0] not in _READ}

    def clear(self) -> None:
        with self._turn:
            self._counts.clear()
