"""The little of SOCKS 5 that a browser speaks: it asks for a host and a port, and is told."""

from __future__ import annotations

import asyncio
import socket
import struct

Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]
OPEN, FORBIDDEN, UNREACHABLE, _NOT_UNDERSTOOD = 0, 2, 4, 7
_VERSION, _CONNECT, _NAMED = 5, 1, 3
_LITERAL = {1: (socket.AF_INET, 4), 4: (socket.AF_INET6, 16)}


class NotOpened(Exception):  # noqa: N818 (an answer, not an error)
    """The connection that was asked for is not made. *code* says why."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


async def asked_for(browser: Stream) -> tuple[str, int]:
    """The host and the port that the browser asks for; `NotOpened` if it is not understood."""
    reader, writer = browser
    _, methods = await reader.readexactly(2)
    await reader.readexactly(methods)
    writer.write(bytes((_VERSION, 0)))
    version, command, _, kind = await reader.readexactly(4)
    if (version, command) != (_VERSION, _CONNECT):
        raise NotOpened(_NOT_UNDERSTOOD)
    if kind == _NAMED:
        (length,) = await reader.readexactly(1)
        host = (await reader.readexactly(length)).decode("ascii", "replace")
    elif kind in _LITERAL:
        family, length = _LITERAL[kind]
        host = socket.inet_ntop(family, await reader.readexactly(length))
    else:
        raise NotOpened(_NOT_UNDERSTOOD)
    (port,) = struct.unpack("!H", await reader.readexactly(2))
    return host, port


def say(browser: Stream, code: int) -> None:
    """Tell the browser what became of its question."""
    browser[1].write(bytes((_VERSION, code, 0, 1)) + bytes(6))
