"""A store with one counter for each order, served over HTTP with kept-alive connections.

It keeps the record that the checker reads, on the machine's own clock, and breaks its answers at
the socket. It is the simulated shop (`faults.shop`) with real time.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from faults.shop import Shop


class RealTime:
    """Time as a shop wants it, passing by itself."""

    @property
    def now(self) -> float:
        return time.time()

    def at(self, moment: float, go: Callable[[], object]) -> None:
        timer = threading.Timer(max(0.0, moment - time.time()), go)
        timer.daemon = True
        timer.start()


@dataclass
class Counter:
    """The orders that this store has, each in a shop of its own, whose requests take turns."""

    shops: dict[str, Shop] = field(default_factory=dict)
    turn: threading.RLock = field(default_factory=threading.RLock)

    def shop(self, order: str) -> Shop:
        return self.shops[order]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    counter: Counter

    def do_GET(self) -> None:
        _, order, what = self.path.split("/")
        with self.counter.turn:
            shop = self.counter.shop(order)
            told: dict[str, Any] = {"items": [asdict(one) for one in shop.things[order]],
                                    "total": shop.total}  # fmt: skip
            if what == "form":
                told["form"] = shop.new_form()
        self._answer(told)

    def do_POST(self) -> None:
        _, order, _ = self.path.split("/")
        told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.counter.turn:
            reply = self.counter.shop(order).receive_one(
                order, tuple(told["items"]), told["form"], told["click"], told["run"], "robin"
            )
        if reply.delay:
            threading.Event().wait(reply.delay)
        match reply.words:
            case "drop":
                self.connection.shutdown(socket.SHUT_RDWR)
                self.close_connection = True
            case "silence":
                self._answer({}, status=500)
            case words:
                self._answer({"said": words})

    def _answer(self, told: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its name there)
        """Nobody reads it."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """Who hangs up is no news here."""


@contextmanager
def serving(counter: Counter) -> Iterator[int]:
    """The port on the loopback interface while the block runs."""
    handler = type("Handler", (_Handler,), {"counter": counter})
    server = _Server(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
