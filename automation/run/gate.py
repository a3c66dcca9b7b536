"""The only way from the browser to the network: a gate that opens to one storefront's hosts.

It is a SOCKS 5 proxy on the loopback interface. It passes bytes on as they are, so TLS and all that
a store sees stay the browser's own; what it decides is which connections there are.

Why a click goes out on a connection of its own: docs/adr/0030-one-click-one-request.md.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterable
from typing import Any, Self, TypeVar

from automation.run import socks
from automation.run.once import Once
from automation.run.passage import Passage
from automation.run.socks import Stream

_HOST = "127.0.0.1"
_PATIENCE = 20.0  # seconds for a host to accept a connection
_SILENCE = 60.0
_EARLY = 0.25  # seconds after which a second address of a host is tried beside the first
T = TypeVar("T")


class Gate:
    """Listens for the browser, in a thread of its own. `with Gate(hosts) as gate: …`.

    A question that has no answer after a *silence* of so many seconds is ended.
    """

    def __init__(self, hosts: Iterable[str], *, silence: float = _SILENCE) -> None:
        self.hosts = frozenset(host.lower() for host in hosts)
        self._silence = silence
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._passages: set[Passage] = set()
        self._once: Once | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        self._server = self._ask(asyncio.start_server(self._let_in, _HOST, 0))
        return self

    def __exit__(self, *_: object) -> None:
        self._ask(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def address(self) -> str:
        """Where the browser finds it."""
        return f"socks5://{_HOST}:{self._server.sockets[0].getsockname()[1]}"

    def narrow(self, within: float) -> Once:
        """Close every connection: what is sent next goes out on a new one, and once."""
        once = Once(within)
        self._ask(self._turn(once))
        return once

    def widen(self) -> None:
        """Let connections through as before."""
        self._ask(self._turn(None))

    def _ask(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(_PATIENCE)

    async def _turn(self, once: Once | None) -> None:
        self._once = once
        if once:
            self._close(lambda _: True)

    async def _stop(self) -> None:
        self._server.close()
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)

    def _close(self, which: Callable[[Passage], bool]) -> None:
        for passage in filter(which, list(self._passages)):
            passage.close()

    async def _let_in(self, *browser: Any) -> None:
        passage = None
        try:
            host, port = await socks.asked_for(browser)
            store = await self._opened(host.lower(), port)
            passage = Passage(host.lower(), browser, store, self._once, silence=self._silence)
            self._passages.add(passage)
            socks.say(browser, socks.OPEN)
            if await passage.carry():
                self._ended_without_an_answer(passage)
        except socks.NotOpened as no:
            socks.say(browser, no.code)
        except (OSError, asyncio.IncompleteReadError):
            pass  # the browser has gone
        finally:
            if passage:
                self._passages.discard(passage)
                passage.close()
            browser[1].close()

    async def _opened(self, host: str, port: int) -> Stream:
        if host not in self.hosts or (self._once and not self._once.lets_out(host)):
            raise socks.NotOpened(socks.FORBIDDEN)
        try:
            return await asyncio.wait_for(
                asyncio.open_connection(host, port, happy_eyeballs_delay=_EARLY), _PATIENCE
            )
        except (OSError, TimeoutError):
            raise socks.NotOpened(socks.UNREACHABLE) from None

    def _ended_without_an_answer(self, passage: Passage) -> None:
        if passage.once is None or passage.once is not self._once:
            return
        passage.once.silent.add(passage.host)
        # One that waits is left: its answer is of worth. It carries no other question.
        self._close(lambda other: other.host == passage.host and not other.waits)
