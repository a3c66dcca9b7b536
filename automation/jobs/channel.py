"""Messages between the process that decides and one that works for an account: lines of JSON."""

from __future__ import annotations

import json
import socket
from collections.abc import Mapping
from typing import Any

Message = Mapping[str, Any]


class Channel:
    """One end. What is sent is read at the other end, whole and in order, or not at all."""

    def __init__(self, end: socket.socket) -> None:
        self._socket = end
        self._lines = end.makefile("rb")

    def send(self, message: Message) -> None:
        """Send; nothing happens when the other end is gone: who receives will notice."""
        try:
            self._socket.sendall(json.dumps(message, ensure_ascii=False).encode() + b"\n")
        except OSError:
            return

    def receive(self) -> dict[str, Any] | None:
        """The next message; `None` when the other end is gone."""
        try:
            line = self._lines.readline()
        except OSError:
            return None
        if not line.endswith(b"\n"):
            return None
        message: dict[str, Any] = json.loads(line)
        return message

    def close(self) -> None:
        self._lines.close()
        self._socket.close()
