"""A store of one page that counts what it is sent, and ends connections instead of answering.

It speaks HTTP/1.1, the same over TLS, and HTTP/2, since a browser repeats itself on each.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import socket
import ssl
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import StrEnum
from typing import Any

import trustme
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.errors import ErrorCodes
from h2.events import DataReceived, RequestReceived, StreamEnded
from h2.exceptions import ProtocolError

HOST = "127.0.0.1"
# Three ways to press: a form, a script, and a script that asks for something else first.
_PAGE = b"""<!doctype html><title>form</title><img src=/a><img src=/b>
<form method=post action=/cancel><input name=item value=lamp><button id=form>form</button></form>
<button id=script>script</button><button id=asking>script that asks first</button>
<script>
const body = new URLSearchParams({item: "lamp"})
const send = () => fetch("/cancel", {method: "POST", body})
const ask = () => fetch("/token").then(answer => answer.text())
const say = word => document.title = word
const press = (id, act) => document.querySelector(id).onclick =
  () => act().then(() => say("answered"), () => say("silence"))
press("#script", send)
press("#asking", () => ask().then(send))
</script>"""
PRESSES = ("form", "script", "asking")


class Over(StrEnum):
    """What is spoken."""

    HTTP = "HTTP/1.1"
    TLS = "HTTP/1.1 over TLS"
    H2 = "HTTP/2"


class Drop(StrEnum):
    """What is done with a cancellation instead of answering it."""

    NOT = "answers"
    FIN_ONCE = "closes (FIN), once"
    FIN = "closes (FIN), each time"
    RST_ONCE = "resets (RST), once"
    RST = "resets (RST), each time"
    UNPROCESSED = "says that it was not processed, once"  # HTTP/2 has words for it


class DroppingStore:
    """Listens on the loopback interface while it is open. `sent` is how often it was told."""

    def __init__(self) -> None:
        self.drop = Drop.NOT
        self.sent = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._servers: list[asyncio.Server] = []
        certificate = trustme.CA().issue_cert(HOST)
        self._leaf = certificate.cert_chain_pems[0].bytes()
        self._ports = {
            Over.HTTP: self._listen(self._speak_http, None),
            Over.TLS: self._listen(self._speak_http, _tls(certificate, "http/1.1")),
            Over.H2: self._listen(self._speak_h2, _tls(certificate, "h2")),
        }

    def url(self, over: Over) -> str:
        scheme = "http" if over is Over.HTTP else "https"
        return f"{scheme}://{HOST}:{self._ports[over]}"

    @property
    def trusted_by(self) -> str:
        """The browser's argument with which it takes the certificate for a good one."""
        key = x509.load_pem_x509_certificate(self._leaf).public_key()
        told = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        digest = base64.b64encode(hashlib.sha256(told).digest()).decode()
        return f"--ignore-certificate-errors-spki-list={digest}"

    def begin(self, drop: Drop) -> None:
        self.drop, self.sent = drop, 0

    def close(self) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _stop(self) -> None:
        for server in self._servers:
            server.close()
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)

    def _listen(self, speak: Any, tls: ssl.SSLContext | None) -> int:
        server = asyncio.run_coroutine_threadsafe(
            asyncio.start_server(speak, HOST, 0, ssl=tls), self._loop
        ).result()
        self._servers.append(server)
        port: int = server.sockets[0].getsockname()[1]
        return port

    def _received(self) -> Drop:
        """Count one cancellation, and tell what to do with it."""
        self.sent += 1
        once = self.drop in (Drop.FIN_ONCE, Drop.RST_ONCE, Drop.UNPROCESSED)
        return Drop.NOT if once and self.sent > 1 else self.drop

    async def _speak_http(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, OSError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                length = [line.split(":")[1] for line in head.lower().splitlines()
                          if line.startswith("content-length:")]  # fmt: skip
                await reader.readexactly(int(length[0]) if length else 0)
                if head.startswith("POST /cancel"):
                    drop = self._received()
                    if drop is not Drop.NOT:
                        _end(writer, drop)
                        return
                body = _PAGE if head.startswith("GET /form") else b"<title>answered</title>"
                writer.write(
                    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nCache-Control: no-store\r\n"
                    b"X-Padding: %s\r\nContent-Length: %d\r\n\r\n%s" % (b"." * 200, len(body), body)
                )
        writer.close()

    async def _speak_h2(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talk = H2Connection(H2Configuration(client_side=False))
        talk.initiate_connection()
        asked: dict[int, str] = {}
        writer.write(talk.data_to_send())
        with suppress(OSError, ProtocolError):  # Node speaks HTTP/1.1 whatever it is offered
            while data := await reader.read(65536):
                for event in talk.receive_data(data):
                    if isinstance(event, RequestReceived):
                        asked[event.stream_id] = dict(event.headers)[b":path"].decode()
                    elif isinstance(event, DataReceived):
                        talk.acknowledge_received_data(
                            event.flow_controlled_length, event.stream_id
                        )
                    elif isinstance(event, StreamEnded):
                        drop = self._answer(talk, event.stream_id, asked[event.stream_id])
                        if drop is not Drop.NOT:
                            _end(writer, drop)
                            return
                writer.write(talk.data_to_send())
        writer.close()

    def _answer(self, talk: H2Connection, stream: int, path: str) -> Drop:
        drop = self._received() if path == "/cancel" else Drop.NOT
        if drop is Drop.UNPROCESSED:
            talk.reset_stream(stream, ErrorCodes.REFUSED_STREAM)
            return Drop.NOT
        if drop is Drop.NOT:
            body = _PAGE if path == "/form" else b"<title>answered</title>"
            talk.send_headers(stream, [(":status", "200"), ("content-type", "text/html"),
                                       ("x-padding", "." * 300)])  # fmt: skip
            talk.send_data(stream, body, end_stream=True)
        return drop


def _end(writer: asyncio.StreamWriter, drop: Drop) -> None:
    if drop in (Drop.FIN, Drop.FIN_ONCE):
        writer.close()
        return
    own: socket.socket = writer.get_extra_info("socket")
    own.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


def _tls(certificate: trustme.LeafCert, spoken: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    context.set_alpn_protocols([spoken])
    return context


@contextmanager
def dropping() -> Iterator[DroppingStore]:
    """Such a store, while the block runs."""
    store = DroppingStore()
    try:
        yield store
    finally:
        store.close()
