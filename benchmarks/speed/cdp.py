"""A small client of the browser's own protocol, over a pipe: no package is needed for it."""

from __future__ import annotations

import fcntl
import itertools
import json
import os
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

Message = dict[str, Any]
_READS, _WRITES = 3, 4  # the descriptors that the browser reads and writes, by its own definition
_OUT_OF_THE_WAY = 10


class Pipe:
    """A browser, and the messages that go to it and come from it."""

    def __init__(self, executable: str, arguments: Sequence[str], profile: Path) -> None:
        its_input, self._to = os.pipe()
        self._from, its_output = os.pipe()
        theirs = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, _OUT_OF_THE_WAY)
                  for end in (its_input, its_output)]  # fmt: skip
        quiet = os.open(os.devnull, os.O_WRONLY)
        self._browser = os.posix_spawn(
            executable,
            [executable, "--headless", "--remote-debugging-pipe", f"--user-data-dir={profile}",
             "--no-first-run", *arguments],
            os.environ,
            file_actions=[
                (os.POSIX_SPAWN_DUP2, theirs[0], _READS),
                (os.POSIX_SPAWN_DUP2, theirs[1], _WRITES),
                (os.POSIX_SPAWN_DUP2, quiet, 2),
            ],
        )  # fmt: skip
        for end in (its_input, its_output, *theirs, quiet):
            os.close(end)
        self._numbers = itertools.count(1)
        self._half = b""
        self._waiting: deque[Message] = deque()

    def ask(self, method: str, session: str | None = None, **parameters: Any) -> Message:
        """What the browser answers. What it tells meanwhile is kept."""
        number = next(self._numbers)
        message: Message = {"id": number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        left = memoryview(json.dumps(message).encode() + b"\0")
        while left:
            left = left[os.write(self._to, left) :]
        while True:
            came = self._next()
            if came.get("id") != number:
                self._waiting.append(came)
            elif "error" in came:
                raise RuntimeError(f"{method}: {came['error']['message']}")
            else:
                result: Message = came["result"]
                return result

    def wait_for(self, wanted: Callable[[Message], bool]) -> Message:
        """The first message that is *wanted*; others are dropped."""
        while self._waiting:
            came = self._waiting.popleft()
            if wanted(came):
                return came
        while True:
            came = self._next()
            if wanted(came):
                return came

    def forget(self) -> None:
        """Drop what was told so far."""
        self._waiting.clear()

    def close(self) -> None:
        self.ask("Browser.close")
        os.waitpid(self._browser, 0)

    def _next(self) -> Message:
        while b"\0" not in self._half:
            more = os.read(self._from, 1 << 16)
            if not more:
                raise EOFError("the browser has ended")
            self._half += more
        text, _, self._half = self._half.partition(b"\0")
        message: Message = json.loads(text)
        return message
