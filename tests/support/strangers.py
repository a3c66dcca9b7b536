"""A server that is none of the store's: it counts who reaches it, by any way that there is."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

OWN, STRANGE = "127.0.0.1", "127.0.0.2"


class Stranger:
    """Listens for connections and for datagrams on a host that no profile names."""

    def __init__(self) -> None:
        self._streams = socket.create_server((STRANGE, 0))
        self.port: int = self._streams.getsockname()[1]
        self._datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._datagrams.bind((STRANGE, self.port))
        self.reached: list[str] = []
        for listen in (self._accept, self._receive):
            threading.Thread(target=listen, daemon=True).start()

    @property
    def host(self) -> str:
        return f"{STRANGE}:{self.port}"

    def close(self) -> None:
        for own in (self._streams, self._datagrams):
            with suppress(OSError):
                own.shutdown(socket.SHUT_RDWR)
            own.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._streams.accept()
            except OSError:
                return
            self.reached.append("a connection")
            with connection, suppress(OSError):
                connection.settimeout(5)
                connection.recv(1000)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")

    def _receive(self) -> None:
        while True:
            try:
                told = self._datagrams.recv(1000)
            except OSError:
                return
            if not told:
                return
            self.reached.append("a datagram")


@contextmanager
def stranger() -> Iterator[Stranger]:
    opened = Stranger()
    try:
        yield opened
    finally:
        opened.close()


class _Page(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path.startswith("/redirect?"):
            self.send_response(302)
            self.send_header("Location", self.path.partition("?")[2])
            self.end_headers()
            return
        self.send_response(200)
        kind = "text/javascript" if self.path.endswith(".js") else "text/html"
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(self.server.body if self.path == "/" else b"0")  # type: ignore[attr-defined]

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its base's signature)
        """Say nothing."""


@contextmanager
def page_with(body: str) -> Iterator[str]:
    """The address of a page of a host that the profile names, while the block runs."""
    server = ThreadingHTTPServer((OWN, 0), _Page)
    server.body = f"<!doctype html><title>page</title>{body}".encode()  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://{OWN}:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
