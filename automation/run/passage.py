"""One connection of the browser through the gate, and what can be told of it from outside.

What is said on it is encrypted as a rule. But who spoke last can be seen, and how much, and that is
enough to tell a question that was answered from one that was not.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress

from automation.run.once import Once
from automation.run.socks import Stream

_CHUNK = 64 * 1024
_LOOK_AGAIN = 0.5  # seconds
# Bytes that an answer has at least; one that is shorter is taken for none, which only costs time.
_AN_ANSWER = 256
_HANDSHAKE = 0x16  # what an encrypted connection begins with
# How the record begins with which either side of an encrypted connection says good-bye, and what
# it weighs: TLS 1.3, which hides its kind but not its length, and the ciphers of TLS 1.2.
_GOODBYES = ((b"\x17\x03\x03\x00\x13", 24), (b"\x15\x03\x03\x00\x1a", 31),
             (b"\x15\x03\x03\x00\x12", 23))  # fmt: skip


class Passage:
    """A connection of the browser, and the one to the store that belongs to it."""

    def __init__(
        self, host: str, browser: Stream, store: Stream, once: Once | None, *, silence: float
    ) -> None:
        self.host = host
        self.once = once
        self._browser = browser
        self._store = store
        self._silence = silence  # seconds that an answer may take to begin
        self._spoke = time.monotonic()  # when either side spoke last
        self._turns = 0  # how often the browser spoke after the store had
        self._got = 0  # bytes from the store since the browser spoke last
        self._encrypted = False

    @property
    def waits(self) -> bool:
        """Whether something was asked and not answered yet."""
        return self._turns > 0 and self._got < _AN_ANSWER

    async def carry(self) -> bool:
        """Carry bytes until one side ends it. Whether that was the store, without an answer.

        One that is silent for too long has ended it, too.
        """
        out, back = (asyncio.create_task(way()) for way in (self._to_store, self._to_browser))
        over = set[asyncio.Task[None]]()
        try:
            while not over and not self._is_silent:
                over, _ = await asyncio.wait(
                    {out, back}, timeout=_LOOK_AGAIN, return_when=asyncio.FIRST_COMPLETED
                )
            return (back.done() or not over) and self.waits
        finally:
            for task in (out, back):
                task.cancel()
            await asyncio.gather(out, back, return_exceptions=True)

    def close(self) -> None:
        for _, writer in (self._browser, self._store):
            with suppress(OSError, RuntimeError):
                writer.close()

    @property
    def _is_silent(self) -> bool:
        # While a page is being asked for, the browser answers no question about the one before.
        return self.waits and time.monotonic() > self._spoke + self._silence

    async def _to_store(self) -> None:
        while data := await self._browser[0].read(_CHUNK):
            self._spoke = time.monotonic()
            if self.once and not self.once.lets_out(self.host):
                return
            self._note_question(data)
            self._store[1].write(data)
            await self._store[1].drain()

    async def _to_browser(self) -> None:
        while data := await self._store[0].read(_CHUNK):
            self._spoke = time.monotonic()
            farewell = self._farewell(data)
            self._got += len(data) - farewell
            if farewell and self.waits:
                return  # told before the browser hears of it
            # The first turn of an encrypted connection is the handshake's.
            if self.once and not self.waits and self._turns > int(self._encrypted):
                self.once.answered = True
            self._browser[1].write(data)
            await self._browser[1].drain()

    def _note_question(self, data: bytes) -> None:
        if not self._turns:
            self._encrypted = data[0] == _HANDSHAKE
        if self._farewell(data):
            return
        if self._got or not self._turns:
            self._turns += 1
            self._got = 0

    def _farewell(self, data: bytes) -> int:
        """How many bytes at the end of *data* say good-bye."""
        if self._encrypted:
            for begins, weighs in _GOODBYES:
                if data[-weighs:].startswith(begins):
                    return weighs
        return 0
