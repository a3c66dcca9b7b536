"""A proxy between a browser and a store that keeps connections alive and breaks what it is told to.

A development server closes each connection after its answer and so hides what browsers do when a
kept-alive one closes without any. This one speaks just enough HTTP/1.1 to know where a request and
an answer end. It counts what it sees, and writes down what it did.
"""

from __future__ import annotations

import re
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum

_HEAD_END = b"\r\n\r\n"


class Act(Enum):
    """What is done to a request or to its answer."""

    DROP = "drop"  # FIN instead of an answer
    RESET = "reset"  # RST instead of an answer
    DELAY = "delay"
    TRUNCATE = "truncate"  # half of the answer, then FIN
    DUPLICATE = "duplicate"  # the store receives it twice
    ERROR = "error"  # 503 before, 500 after


@dataclass
class Rule:
    """Break the *nth* request (and so many more) of this method whose path fits."""

    act: Act
    when: str  # "before" or "after" the store acted
    method: str = "POST"
    path: str = ".*"  # a regular expression for the whole of it
    nth: int = 1
    times: int = 1
    seconds: float = 2.0
    name: str = ""
    met: int = 0

    def strikes(self, method: str, path: str) -> bool:
        """Whether it strikes this request, which it then has counted."""
        if method != self.method or not re.fullmatch(self.path, path):
            return False
        self.met += 1
        return self.nth <= self.met < self.nth + self.times


@dataclass(frozen=True)
class Seen:
    """A request, and what became of it."""

    at: float
    method: str
    path: str
    body: bytes
    rule: str  # the rule that struck it; "" for none
    received: int  # how often the store was given it
    answered: bool  # whether the browser was given a whole answer


class Hangup(Exception):  # noqa: N818
    """The other side has closed."""


@dataclass
class Proxy:
    """Sits before one store."""

    store: tuple[str, int]
    rules: list[Rule] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    url: str = ""
    _turn: threading.Lock = field(default_factory=threading.Lock)
    _open: set[socket.socket] = field(default_factory=set)

    def counts(self) -> Counter[tuple[str, str]]:
        """How many requests of each method and path were seen."""
        return Counter((one.method, one.path.partition("?")[0]) for one in self.seen)

    def posts(self, path: str) -> list[Seen]:
        """Every POST whose path fits, oldest first."""
        return [one for one in self.seen if one.method == "POST" and re.fullmatch(path, one.path)]

    def serve(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(client,), daemon=True).start()

    def close(self) -> None:
        for one in list(self._open):
            with suppress(OSError):
                one.close()

    def _talk(self, client: socket.socket) -> None:
        upstream = socket.create_connection(self.store)
        self._open |= {client, upstream}
        try:
            from_client, from_store = _Reader(client), _Reader(upstream)
            while self._pass(client, upstream, from_client, from_store):
                pass
        except (OSError, Hangup):
            pass  # a browser that hangs up, or a store: both are ordinary
        finally:
            for one in (client, upstream):
                self._open.discard(one)
                one.close()

    def _pass(
        self, client: socket.socket, upstream: socket.socket, reads: _Reader, answers: _Reader
    ) -> bool:
        """Pass one request on, and its answer back; whether the connection stays open."""
        head, body = reads.message()
        method, path, _ = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ", 2)
        with self._turn:
            rule = next((one for one in self.rules if one.strikes(method, path)), None)
        before = rule if rule and rule.when == "before" else None
        after = rule if rule and rule.when == "after" else None
        received, answer = 0, b""
        if before and before.act is Act.DELAY:
            threading.Event().wait(before.seconds)
        if before is None or before.act in (Act.DELAY, Act.DUPLICATE):
            for _ in range(2 if rule and rule.act is Act.DUPLICATE else 1):
                upstream.sendall(head + body)
                received += 1
                self._note(method, path, body, rule, 1, answered=not _breaks(after))
                answer = b"".join(answers.message(of_a_head=method == "HEAD"))
        if not received:
            self._note(
                method, path, body, rule, 0, answered=before is not None and before.act is Act.ERROR
            )
        if after and after.act is Act.DELAY:
            threading.Event().wait(after.seconds)
        return self._answer(client, rule, answer)

    def _answer(self, client: socket.socket, rule: Rule | None, answer: bytes) -> bool:
        match rule.act if rule else None:
            case Act.DROP:
                client.shutdown(socket.SHUT_RDWR)
                return False
            case Act.RESET:
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return False
            case Act.TRUNCATE:
                client.sendall(answer[: len(answer) // 2])
                return False
            case Act.ERROR:
                status = b"503 Service Unavailable" if not answer else b"500 Internal Server Error"
                client.sendall(b"HTTP/1.1 " + status + b"\r\nContent-Length: 0\r\n\r\n")
            case _:
                client.sendall(answer)
        return True

    def _note(
        self, method: str, path: str, body: bytes, rule: Rule | None, received: int, *,
        answered: bool,
    ) -> None:  # fmt: skip
        name = (rule.name or f"{rule.act.value} {rule.when}") if rule else ""
        seen = Seen(time.time(), method, path, body, name, received, answered)
        with self._turn:
            self.seen.append(seen)


def _breaks(rule: Rule | None) -> bool:
    return rule is not None and rule.act in (Act.DROP, Act.RESET, Act.TRUNCATE)


class _Reader:
    """Reads whole messages from a connection."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._left = b""

    def message(self, *, of_a_head: bool = False) -> tuple[bytes, bytes]:
        """One head and its body. `Hangup` when the other side has closed before its end."""
        while _HEAD_END not in self._left:
            self._more()
        head, _, self._left = self._left.partition(_HEAD_END)
        head += _HEAD_END
        low = head.lower()
        if of_a_head or re.match(rb"http/1\.\d (1\d\d|204|304)", low):
            return head, b""
        if b"transfer-encoding: chunked" in low:
            return head, self._chunks()
        length = re.search(rb"\r\ncontent-length:\s*(\d+)", low)
        return head, self._take(int(length[1]) if length else 0)

    def _chunks(self) -> bytes:
        body = b""
        while True:
            while b"\r\n" not in self._left:
                self._more()
            size = int(self._left.partition(b"\r\n")[0].partition(b";")[0], 16)
            chunk = self._take(len(self._left.partition(b"\r\n")[0]) + 2 + size + 2)
            body += chunk
            if size == 0:
                return body

    def _take(self, count: int) -> bytes:
        while len(self._left) < count:
            self._more()
        taken, self._left = self._left[:count], self._left[count:]
        return taken

    def _more(self) -> None:
        got = self._connection.recv(65536)
        if not got:
            raise Hangup
        self._left += got


@contextmanager
def proxied(url: str) -> Iterator[Proxy]:
    """A proxy before the store at *url* while the block runs; `proxy.url` is where."""
    host, _, port = url.removeprefix("http://").partition(":")
    proxy = Proxy((host, int(port)))
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listener:
        proxy.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        thread = threading.Thread(target=proxy.serve, args=(listener,), daemon=True)
        thread.start()
        try:
            yield proxy
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            proxy.close()
    thread.join()
