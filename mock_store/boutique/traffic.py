"""What receives what the boutique's pages send by themselves. Nothing of it changes an order."""

from __future__ import annotations

import base64
import hashlib
import socket
from typing import Any

from flask import Blueprint, Response, jsonify, request

from mock_store.received import WEB_SOCKET
from mock_store.visitors import the_store

traffic = Blueprint("traffic", __name__)
_MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455, section 1.3
_CLOSE, _TEXT = 0x8, 0x1
_LOOKS_UP = 0.2  # seconds after which it sees that the store was closed


@traffic.post("/statistics")
@traffic.post("/consent")
@traffic.post("/left")
def taken() -> Any:
    return "", 204


@traffic.post("/cart/fragments")
def fragments() -> Any:
    return jsonify(cart="Basket (0)")


@traffic.route("/live", websocket=True)
def live() -> Any:
    """A WebSocket. Each message is counted, and none is answered."""
    key = request.headers.get("Sec-WebSocket-Key", "")
    connection: socket.socket = request.environ["mock_store.socket"]
    accept = base64.b64encode(hashlib.sha1((key + _MAGIC).encode()).digest())  # noqa: S324
    connection.sendall(
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Accept: " + accept + b"\r\n\r\n"
    )
    _listen(connection, request.path)
    return Response(status=204)  # reaches nobody: the connection is closed


def _listen(connection: socket.socket, path: str) -> None:
    store = the_store()
    connection.settimeout(_LOOKS_UP)
    held = b""
    while not store.closing.is_set():
        try:
            came = connection.recv(4096)
        except TimeoutError:
            continue
        except OSError:
            break
        held += came
        kinds, held = _frames(held)
        for kind in kinds:
            if kind == _TEXT:
                store.received.note(WEB_SOCKET, path)
        if not came or _CLOSE in kinds:
            break
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # the browser was quicker


def _frames(data: bytes) -> tuple[list[int], bytes]:
    """The kinds of the whole frames of *data*, and what follows them. Messages here are short."""
    kinds, mask = [], 4
    while len(data) >= 2:  # noqa: PLR2004 (a frame's header)
        whole = 2 + mask + (data[1] & 0x7F)
        if len(data) < whole:
            break
        kinds.append(data[0] & 0x0F)
        data = data[whole:]
    return kinds, data
