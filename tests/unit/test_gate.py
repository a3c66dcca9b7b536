"""The gate between the browser and the network, as plain sockets see it."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from waiting import until

from automation.run import once as once_module
from automation.run.gate import Gate

HOST = "127.0.0.1"
ANSWER = b"HTTP/1.1 200 OK\r\nX-Padding: " + b"." * 300 + b"\r\nContent-Length: 0\r\n\r\n"
HELLO = b"\x16\x03\x01" + b"h" * 500
CERTIFICATE = b"\x16\x03\x03" + b"c" * 2000
QUESTION = b"\x17\x03\x03" + b"q" * 500
ENCRYPTED_ANSWER = b"\x17\x03\x03" + b"a" * 500
GOODBYE = b"\x17\x03\x03\x00\x13" + b"g" * 19


class Listener:
    """Accepts connections, keeps what was said on each, and lets a test answer or end them."""

    def __init__(self, host: str = HOST) -> None:
        self._server = socket.create_server((host, 0))
        self.port = self._server.getsockname()[1]
        self.accepted: list[socket.socket] = []
        self._accepting = threading.Thread(target=self._accept, daemon=True)
        self._accepting.start()

    def _accept(self) -> None:
        while True:
            try:
                self.accepted.append(self._server.accept()[0])
            except OSError:
                return

    def newest(self, number: int) -> socket.socket:
        until(lambda: len(self.accepted) == number, seconds=10)
        self.accepted[-1].settimeout(10)
        return self.accepted[-1]

    def close(self) -> None:
        with suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)  # it waits in `accept`
        self._server.close()
        self._accepting.join()  # it may have one more
        for connection in self.accepted:
            connection.close()


@pytest.fixture
def store() -> Iterator[Listener]:
    listener = Listener()
    yield listener
    listener.close()


@pytest.fixture
def elsewhere() -> Iterator[Listener]:
    listener = Listener("127.0.0.2")
    yield listener
    listener.close()


@pytest.fixture
def gate() -> Iterator[Gate]:
    with Gate({HOST, "localhost"}) as opened:
        yield opened


@pytest.fixture
def ask(gate: Gate) -> Iterator[Callable[..., tuple[socket.socket, int]]]:
    """Ask the gate for a connection: the connection, and the code of its answer."""
    made: list[socket.socket] = []

    def ask(host: str, port: int) -> tuple[socket.socket, int]:
        browser, code = connected(gate, host, port)
        made.append(browser)
        return browser, code

    yield ask
    for browser in made:
        browser.close()


Ask = Callable[..., tuple[socket.socket, int]]


def connected(gate: Gate, host: str, port: int) -> tuple[socket.socket, int]:
    browser = socket.create_connection((HOST, int(gate.address.rpartition(":")[2])), timeout=10)
    browser.sendall(b"\x05\x01\x00\x05\x01\x00" + named(host) + struct.pack("!H", port))
    said = b""
    while len(said) < 12 and (more := browser.recv(12 - len(said))):
        said += more
    return browser, said[3]


def named(host: str) -> bytes:
    """A host as SOCKS 5 names it: by four bytes, by sixteen, or by name."""
    if host.count(".") == 3:
        return b"\x01" + socket.inet_pton(socket.AF_INET, host)
    if ":" in host:
        return b"\x04" + socket.inet_pton(socket.AF_INET6, host)
    return b"\x03" + bytes([len(host)]) + host.encode()


def is_over(connection: socket.socket) -> bool:
    """Whether the other side ended it."""
    try:
        return connection.recv(1) == b""
    except ConnectionError:
        return True


def test_opens_to_a_host_of_the_profile_and_carries_both_ways(store: Listener, ask: Ask) -> None:
    browser, code = ask(HOST, store.port)
    there = store.newest(1)

    browser.sendall(b"GET")
    there_heard = there.recv(10)
    there.sendall(b"200")

    assert (code, there_heard, browser.recv(10)) == (0, b"GET", b"200")


@pytest.mark.parametrize("host", ["127.0.0.2", "127.1", "shop.example", "localhost.", "0", "::1"])
def test_stays_shut_to_every_other_name_and_number(
    store: Listener, elsewhere: Listener, ask: Ask, host: str
) -> None:
    codes = {ask(host, port)[1] for port in (store.port, elsewhere.port)}

    assert codes == {2}
    assert not store.accepted
    assert not elsewhere.accepted


def test_a_store_that_does_not_listen_is_told_apart(store: Listener, ask: Ask) -> None:
    store.close()

    assert ask(HOST, store.port)[1] == 4


def test_what_is_not_understood_is_refused(gate: Gate) -> None:
    with socket.create_connection((HOST, int(gate.address.rpartition(":")[2]))) as browser:
        browser.settimeout(10)
        browser.sendall(b"\x05\x01\x00\x05\x02\x00\x01" + bytes(6))  # "bind", not "connect"
        said = b""
        while more := browser.recv(20):
            said += more

    assert said[3] == 7


def test_narrowing_ends_what_is_in_use(gate: Gate, store: Listener, ask: Ask) -> None:
    browser, _ = ask(HOST, store.port)
    there = store.newest(1)

    gate.narrow(10)

    assert is_over(browser)
    assert is_over(there)
    assert ask(HOST, store.port)[1] == 0


def test_a_store_that_is_silent_for_too_long_has_ended_it(store: Listener) -> None:
    with Gate({HOST}, silence=0.2) as gate, connected(gate, HOST, store.port)[0] as browser:
        there = store.newest(1)
        browser.sendall(b"GET /first")
        there.sendall(ANSWER)
        browser.recv(len(ANSWER), socket.MSG_WAITALL)
        threading.Event().wait(1)  # nothing was asked meanwhile, so nothing is owed
        browser.sendall(b"GET /second")

        assert is_over(browser)
        assert there.recv(30) == b"GET /firstGET /second"


def dropped(gate: Gate, store: Listener, ask: Ask, *said: tuple[bytes, bytes]) -> None:
    """Talk as told on a new connection; then the store ends it."""
    gate.narrow(10)
    browser, _ = ask(HOST, store.port)
    there = store.newest(len(store.accepted) or 1)
    for question, answer in said:
        browser.sendall(question)
        there.recv(len(question), socket.MSG_WAITALL)
        there.sendall(answer)
        if answer not in (b"", GOODBYE):
            browser.recv(len(answer), socket.MSG_WAITALL)
    there.close()
    assert is_over(browser)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ([(b"POST /cancel", b"")], 2),
        ([(b"GET /token", ANSWER), (b"POST /cancel", b"")], 2),
        ([(b"POST /cancel", b"HTT")], 2),
        ([(b"POST /cancel", ANSWER)], 0),
        ([(HELLO, CERTIFICATE), (QUESTION, b"")], 2),
        ([(HELLO, CERTIFICATE), (QUESTION, GOODBYE)], 2),
        ([(HELLO, CERTIFICATE), (QUESTION, ENCRYPTED_ANSWER), (QUESTION, GOODBYE)], 2),
        ([(HELLO, CERTIFICATE), (QUESTION, ENCRYPTED_ANSWER + GOODBYE)], 0),
        ([(HELLO, CERTIFICATE), (GOODBYE, b"")], 0),
        ([(HELLO, CERTIFICATE), (b"\x14\x03\x03\x00\x01\x01" + GOODBYE, b"")], 0),
    ],
    ids=["no answer", "no answer the second time", "less than an answer", "answered",
         "encrypted, no answer", "encrypted, good-bye", "encrypted, good-bye the second time",
         "encrypted, answered", "the browser said good-bye", "the browser refused the store"],
)  # fmt: skip
def test_a_question_without_an_answer_is_not_asked_again(
    gate: Gate, store: Listener, ask: Ask, said: list[tuple[bytes, bytes]], code: int
) -> None:
    dropped(gate, store, ask, *said)

    assert ask(HOST, store.port)[1] == code


def test_after_that_all_goes_on(gate: Gate, store: Listener, ask: Ask) -> None:
    dropped(gate, store, ask, (b"POST /cancel", b""))

    gate.widen()

    assert ask(HOST, store.port)[1] == 0


def test_without_a_click_a_dropped_connection_means_nothing(store: Listener, ask: Ask) -> None:
    browser, _ = ask(HOST, store.port)
    browser.sendall(b"GET /")
    store.newest(1).close()
    assert is_over(browser)

    assert ask(HOST, store.port)[1] == 0


def test_an_answer_that_is_waited_for_still_comes(gate: Gate, store: Listener, ask: Ask) -> None:
    """A script's own question is dropped while the click's is being answered."""
    gate.narrow(10)
    clicked, _ = ask(HOST, store.port)
    there = store.newest(1)
    clicked.sendall(b"POST /cancel")
    there.recv(20)
    idle, _ = ask(HOST, store.port)
    store.newest(2)
    beacon, _ = ask(HOST, store.port)
    beacon.sendall(b"POST /beacon")
    store.newest(3).close()
    assert is_over(beacon)
    assert is_over(idle)

    there.sendall(ANSWER)

    assert clicked.recv(len(ANSWER), socket.MSG_WAITALL) == ANSWER


def test_another_hosts_silence_is_its_own(gate: Gate, store: Listener, ask: Ask) -> None:
    dropped(gate, store, ask, (b"POST /beacon", b""))

    assert ask("localhost", store.port)[1] == 0


def test_a_click_that_comes_too_late_is_not_sent(
    gate: Gate, store: Listener, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process slept between the intent and the click, and then woke up."""
    gate.narrow(10)
    browser, _ = ask(HOST, store.port)
    there = store.newest(1)
    late = once_module.elapsed() + 11
    monkeypatch.setattr(once_module, "elapsed", lambda: late)

    browser.sendall(b"POST /cancel")

    assert is_over(browser)
    assert there.recv(20) == b""


def test_what_follows_an_answer_may_come_later(
    gate: Gate, store: Listener, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate.narrow(10)
    browser, _ = ask(HOST, store.port)
    there = store.newest(1)
    browser.sendall(b"POST /cancel")
    there.recv(20)
    there.sendall(ANSWER)
    browser.recv(len(ANSWER), socket.MSG_WAITALL)
    late = once_module.elapsed() + 11
    monkeypatch.setattr(once_module, "elapsed", lambda: late)

    browser.sendall(b"GET /summary")

    assert there.recv(20) == b"GET /summary"
